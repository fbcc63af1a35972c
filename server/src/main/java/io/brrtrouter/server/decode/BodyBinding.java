package io.brrtrouter.server.decode;

import io.brrtrouter.schema.codec.Fingerprint;
import io.brrtrouter.schema.codec.JsonDecoder;
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
   */
  record Value<T extends @Nullable Object>(
      String mediaType, JsonDecoder<T> decoder, boolean fused, Optional<Fingerprint> schema)
      implements BodyBinding<T> {

    @Override
    public Value<T> unfused() {
      return new Value<>(mediaType, decoder, false, schema);
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
