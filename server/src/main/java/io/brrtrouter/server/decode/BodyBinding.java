package io.brrtrouter.server.decode;

import io.brrtrouter.schema.codec.FilePart;
import io.brrtrouter.schema.codec.Fingerprint;
import io.brrtrouter.schema.codec.JsonDecoder;
import io.brrtrouter.server.http.ContentSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How generated code takes a request's body in one media type: what {@code Request.body} makes of
 * it. Immutable.
 *
 * @param <T> the Java type of the body
 */
public sealed interface BodyBinding<T extends @Nullable Object> {

  /** {@return the media type or range, as the document writes it} */
  String mediaType();

  /** {@return the same binding, which leaves it to the schema program to judge} */
  BodyBinding<T> unfused();

  /**
   * A body that is a JSON value: JSON, text, or the fields or parts of a form.
   *
   * @param <T> the Java type of the body
   * @param mediaType the media type or range, as the document writes it
   * @param decoder makes the Java value
   * @param fused whether the decoder judges everything the schema demands
   * @param schema the schema the decoder was generated from; empty where the document has none
   * @param files the parts that the decoder reads as {@link FilePart}
   */
  record Value<T extends @Nullable Object>(
      String mediaType,
      JsonDecoder<T> decoder,
      boolean fused,
      Optional<Fingerprint> schema,
      List<File> files)
      implements BodyBinding<T> {

    /** Copies the list. */
    public Value {
      files = List.copyOf(files);
    }

    /**
     * Makes a binding without files.
     *
     * @param mediaType the media type or range, as the document writes it
     * @param decoder makes the Java value
     * @param fused whether the decoder judges everything the schema demands
     * @param schema the schema the decoder was generated from; empty where the document has none
     */
    public Value(
        String mediaType, JsonDecoder<T> decoder, boolean fused, Optional<Fingerprint> schema) {
      this(mediaType, decoder, fused, schema, List.of());
    }

    @Override
    public Value<T> unfused() {
      return new Value<>(mediaType, decoder, false, schema, files);
    }
  }

  /**
   * A property of a multipart body whose parts are files.
   *
   * @param property the name of the parts
   * @param several whether the property is a list of them
   */
  record File(String property, boolean several) {}

  /**
   * A body that is read while it comes, of an operation with {@code x-brrtrouter-stream-body}.
   *
   * @param mediaType the media type or range, as the document writes it
   */
  record Streamed(String mediaType) implements BodyBinding<ContentSource> {

    @Override
    public Streamed unfused() {
      return this;
    }
  }

  /**
   * Items that are read while they come, of an operation with {@code x-brrtrouter-stream-body}.
   *
   * @param <T> the Java type of an item
   * @param mediaType the media type, as the document writes it
   * @param decoder makes the Java value of an item
   * @param schema the schema of an item that the decoder was generated from; empty where the
   *     document has none
   */
  record Items<T>(String mediaType, JsonDecoder<T> decoder, Optional<Fingerprint> schema)
      implements BodyBinding<ContentSource> {

    @Override
    public Items<T> unfused() {
      return this;
    }
  }

  /**
   * Items that are collected.
   *
   * @param <T> the Java type of an item
   * @param mediaType the media type, as the document writes it
   * @param decoder makes the Java value of an item
   * @param schema the schema of an item that the decoder was generated from; empty where the
   *     document has none
   */
  record ItemList<T>(String mediaType, JsonDecoder<T> decoder, Optional<Fingerprint> schema)
      implements BodyBinding<List<T>> {

    @Override
    public ItemList<T> unfused() {
      return this;
    }
  }

  /**
   * A body that is its octets.
   *
   * @param mediaType the media type or range, as the document writes it
   */
  record Octets(String mediaType) implements BodyBinding<byte[]> {

    @Override
    public Octets unfused() {
      return this;
    }
  }
}
