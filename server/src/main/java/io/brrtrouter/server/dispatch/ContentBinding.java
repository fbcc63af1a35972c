package io.brrtrouter.server.dispatch;

import io.brrtrouter.schema.codec.Fingerprint;
import io.brrtrouter.schema.codec.JsonEncoder;
import java.nio.charset.StandardCharsets;
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
   * Text, written in UTF-8.
   *
   * @param <T> the Java type of the content
   * @param status the status the document has it for
   * @param mediaType the media type, as the document writes it
   * @param encoder writes the text as a JSON string, number or boolean
   * @param schema the schema the code was generated from; empty where the document has none
   * @param contentType the {@code Content-Type} of what is written
   */
  record Text<T>(
      String status,
      String mediaType,
      JsonEncoder<T> encoder,
      Optional<Fingerprint> schema,
      String contentType)
      implements ContentBinding<T> {

    /**
     * Takes the content type from the media type; what is written for a range is plain text.
     *
     * @param status the status the document has it for
     * @param mediaType the media type, as the document writes it
     * @param encoder writes the text as a JSON string, number or boolean
     * @param schema the schema the code was generated from; empty where the document has none
     */
    public Text(
        String status, String mediaType, JsonEncoder<T> encoder, Optional<Fingerprint> schema) {
      this(status, mediaType, encoder, schema, withCharset(concrete(mediaType, "text/plain")));
    }

    private static String withCharset(String mediaType) {
      return mediaType.contains("charset=") ? mediaType : mediaType + "; charset=utf-8";
    }

    byte[] octets(T value) {
      String text =
          value instanceof String string ? string : SimpleStyle.text(encoder, value, false);
      return text.getBytes(StandardCharsets.UTF_8);
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

  private static String concrete(String mediaType, String ofRange) {
    return mediaType.indexOf('*') >= 0 ? ofRange : mediaType;
  }
}
