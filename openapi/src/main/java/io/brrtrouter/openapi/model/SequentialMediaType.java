package io.brrtrouter.openapi.model;

import java.util.Locale;
import java.util.Optional;

/**
 * The kinds of sequential media types (OpenAPI 3.2 section 4.14.2): content that is items, one
 * behind the other, each of which {@code itemSchema} describes. In documents of 3.0 and 3.1 the
 * extension {@value #FIELD} of a Media Type Object says the same.
 */
public enum SequentialMediaType {
  /** JSON texts on lines: {@code application/jsonl} and {@code application/x-ndjson}. */
  JSON_LINES,

  /**
   * JSON texts behind RS (RFC 7464): {@code application/json-seq}, and {@code +json-seq} (RFC
   * 8091).
   */
  JSON_SEQUENCE,

  /** Server-sent events (HTML standard section 9.2): {@code text/event-stream}. */
  EVENTS,

  /** Parts without names (RFC 2046 section 5.1): {@code multipart} but for {@code form-data}. */
  PARTS;

  /** The extension that has the schema of items where {@code itemSchema} is none. */
  public static final String FIELD = "x-brrtrouter-item-schema";

  /**
   * {@return the kind of a media type, empty if it has no items}
   *
   * @param mediaType a media type, perhaps with parameters
   */
  public static Optional<SequentialMediaType> of(String mediaType) {
    String essence = essence(mediaType);
    return switch (essence) {
      case "application/jsonl", "application/x-ndjson" -> Optional.of(JSON_LINES);
      case "application/json-seq" -> Optional.of(JSON_SEQUENCE);
      case EventStreamExtension.MEDIA_TYPE -> Optional.of(EVENTS);
      case "multipart/form-data" -> Optional.empty();
      default -> {
        if (essence.startsWith("multipart/")) {
          yield Optional.of(PARTS);
        }
        yield essence.endsWith("+json-seq") ? Optional.of(JSON_SEQUENCE) : Optional.empty();
      }
    };
  }

  /**
   * {@return whether a name stands for one, or for several of which some are}
   *
   * @param mediaType a media type or range, perhaps with parameters
   */
  public static boolean covers(String mediaType) {
    return switch (essence(mediaType)) {
      case "*/*", "application/*", "text/*" -> true;
      default -> of(mediaType).isPresent();
    };
  }

  private static String essence(String mediaType) {
    int end = mediaType.indexOf(';');
    String essence = end < 0 ? mediaType : mediaType.substring(0, end);
    return essence.strip().toLowerCase(Locale.ROOT);
  }
}
