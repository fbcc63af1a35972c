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
   */
  record JsonContent<T extends @Nullable Object>(
      String status,
      String mediaType,
      JsonEncoder<T> encoder,
      boolean fused,
      Optional<Fingerprint> schema)
      implements ContentBinding<T> {

    @Override
    public String contentType() {
      return isRange(mediaType) ? "application/json" : mediaType;
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
   */
  record Text<T>(
      String status, String mediaType, JsonEncoder<T> encoder, Optional<Fingerprint> schema)
      implements ContentBinding<T> {

    @Override
    public String contentType() {
      if (isRange(mediaType)) {
        return "text/plain; charset=utf-8";
      }
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
   */
  record Octets(String status, String mediaType) implements ContentBinding<byte[]> {

    @Override
    public String contentType() {
      return isRange(mediaType) ? "application/octet-stream" : mediaType;
    }
  }

  private static boolean isRange(String mediaType) {
    return mediaType.indexOf('*') >= 0;
  }
}
