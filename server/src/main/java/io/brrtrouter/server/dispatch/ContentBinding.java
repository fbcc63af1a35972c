package io.brrtrouter.server.dispatch;

import io.brrtrouter.schema.codec.Fingerprint;
import io.brrtrouter.schema.codec.JsonEncoder;
import io.brrtrouter.server.http.Body;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How generated code writes a response's content in one media type. Immutable.
 *
 * @param <T> the Java type of the content
 */
public sealed interface ContentBinding<T extends @Nullable Object> {

  /**
   * {@return the status the document has the content for: {@code 200}, {@code 2XX}, {@code
   * default}}
   */
  String status();

  /** {@return the media type or range, as the document writes it} */
  String mediaType();

  /** {@return the {@code Content-Type} of what is written} */
  String contentType();

  /**
   * JSON.
   *
   * @param <T> the Java type of the content
   * @param status the status the document has it for
   * @param mediaType the media type, as the document writes it
   * @param encoder writes it
   * @param fused whether the encoder judges everything the schema demands
   * @param schema the schema the encoder was generated from; empty where the document has none
   * @param contentType the {@code Content-Type} of what is written
   */
  record JsonContent<T extends @Nullable Object>(
      String status,
      String mediaType,
      JsonEncoder<T> encoder,
      boolean fused,
      Optional<Fingerprint> schema,
      String contentType)
      implements ContentBinding<T> {

    /**
     * Takes the content type from the media type; what is written for a range is JSON.
     *
     * @param status the status the document has it for
     * @param mediaType the media type, as the document writes it
     * @param encoder writes it
     * @param fused whether the encoder judges everything the schema demands
     * @param schema the schema the encoder was generated from; empty where the document has none
     */
    public JsonContent(
        String status,
        String mediaType,
        JsonEncoder<T> encoder,
        boolean fused,
        Optional<Fingerprint> schema) {
      this(status, mediaType, encoder, fused, schema, concrete(mediaType, "application/json"));
    }
  }

  /**
   * Text, written in the charset that its media type says, UTF-8 where it says none.
   *
   * @param <T> the Java type of the content
   * @param status the status the document has it for
   * @param mediaType the media type, as the document writes it
   * @param encoder writes the text as a JSON string, number or boolean
   * @param schema the schema the code was generated from; empty where the document has none
   * @param contentType the {@code Content-Type} of what is written
   * @param charset the charset of what is written
   */
  record Text<T>(
      String status,
      String mediaType,
      JsonEncoder<T> encoder,
      Optional<Fingerprint> schema,
      String contentType,
      Charset charset)
      implements ContentBinding<T> {

    /**
     * Takes content type and charset from the media type; what is written for a range is plain
     * text.
     *
     * @param status the status the document has it for
     * @param mediaType the media type, as the document writes it
     * @param encoder writes the text as a JSON string, number or boolean
     * @param schema the schema the code was generated from; empty where the document has none
     * @throws IllegalArgumentException if nobody can write the charset of the media type
     */
    public Text(
        String status, String mediaType, JsonEncoder<T> encoder, Optional<Fingerprint> schema) {
      this(status, mediaType, encoder, schema, mediaType, named(mediaType));
    }

    /**
     * Says the charset where the media type does not.
     *
     * @throws IllegalArgumentException if nothing can be written in the charset, or the content
     *     type says another
     */
    public Text {
      contentType = concrete(contentType, "text/plain");
      Optional<String> said = WrittenText.charset(contentType);
      if (said.isEmpty()) {
        contentType += "; charset=" + charset.name().toLowerCase(Locale.ROOT);
      } else if (!named(contentType).equals(charset)) {
        throw new IllegalArgumentException(
            "\"%s\" says another charset than %s, in which the text is to be written; say that one"
                .formatted(contentType, charset.name()));
      }
      if (!charset.canEncode()) {
        throw new IllegalArgumentException(unknown(contentType));
      }
    }

    private static Charset named(String mediaType) {
      return WrittenText.named(WrittenText.charset(mediaType).orElse("utf-8"))
          .orElseThrow(() -> new IllegalArgumentException(unknown(mediaType)));
    }

    private static String unknown(String mediaType) {
      return "\"" + mediaType + "\" has a charset that nobody can write; utf-8 can be written";
    }

    byte[] octets(T value) {
      String text = value instanceof String string ? string : text(value);
      byte[] octets = WrittenText.octets(text, charset);
      if (octets == null) {
        throw UnwritableException.ofBody(
            "cannot have a character that the charset " + charset.name() + " does not have");
      }
      return octets;
    }

    private String text(T value) {
      try {
        return SimpleStyle.scalar(encoder, value);
      } catch (IllegalArgumentException cannot) {
        throw UnwritableException.ofBody(String.valueOf(cannot.getMessage()));
      }
    }
  }

  /**
   * Octets as they are.
   *
   * @param status the status the document has it for
   * @param mediaType the media type, as the document writes it
   * @param contentType the {@code Content-Type} of what is written
   */
  record Octets(String status, String mediaType, String contentType)
      implements ContentBinding<byte[]> {

    /**
     * Takes the content type from the media type; what is written for a range is octets.
     *
     * @param status the status the document has it for
     * @param mediaType the media type, as the document writes it
     */
    public Octets(String status, String mediaType) {
      this(status, mediaType, concrete(mediaType, "application/octet-stream"));
    }
  }

  /**
   * Items that are sent one by one (OpenAPI 3.2 section 4.14.2); to the server the content is what
   * writes them.
   *
   * @param <T> the Java type of an item
   * @param status the status the document has them for
   * @param mediaType the media type, as the document writes it
   * @param encoder writes an item as JSON, an event as the object of its fields
   * @param schema the schema of an item that the encoder was generated from; empty where the
   *     document has none
   * @param contentType the {@code Content-Type} of what is written
   */
  record Items<T>(
      String status,
      String mediaType,
      JsonEncoder<T> encoder,
      Optional<Fingerprint> schema,
      String contentType)
      implements ContentBinding<Body.Streamed> {

    /**
     * Takes the content type from the media type, which is no range.
     *
     * @param status the status the document has them for
     * @param mediaType the media type, as the document writes it
     * @param encoder writes an item as JSON, an event as the object of its fields
     * @param schema the schema of an item that the encoder was generated from; empty where the
     *     document has none
     */
    public Items(
        String status, String mediaType, JsonEncoder<T> encoder, Optional<Fingerprint> schema) {
      this(status, mediaType, encoder, schema, mediaType);
    }
  }

  private static String concrete(String mediaType, String ofRange) {
    return mediaType.indexOf('*') >= 0 ? ofRange : mediaType;
  }
}
