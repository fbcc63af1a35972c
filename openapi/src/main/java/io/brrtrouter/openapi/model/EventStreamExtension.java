package io.brrtrouter.openapi.model;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * What {@code x-sse: true} says about an operation: its response 200 is a stream of server-sent
 * events (HTML standard section 9.2), whether it declares content or not.
 */
public final class EventStreamExtension {
  /** The name of the extension. */
  public static final String FIELD = "x-sse";

  /** The media type of a stream of events. */
  public static final String MEDIA_TYPE = "text/event-stream";

  /** Responses that can be the stream; the first of them that an operation declares is it. */
  public static final List<String> STATUSES = List.of("200", "2XX");

  private EventStreamExtension() {}

  /**
   * {@return whether an operation says that its response is a stream of events}
   *
   * @param operation the operation
   */
  public static boolean of(Operation operation) {
    return OperationExtension.EVENT_STREAM.of(operation).filter(JsonNode::booleanValue).isPresent();
  }

  /**
   * {@return whether a stream of events has this media type, or is in this range}
   *
   * @param mediaType a media type or range, perhaps with parameters
   */
  public static boolean covers(String mediaType) {
    return switch (essence(mediaType)) {
      case MEDIA_TYPE, "text/*", "*/*" -> true;
      default -> false;
    };
  }

  /**
   * {@return whether a media type is that of a stream of events}
   *
   * @param mediaType a media type or range, perhaps with parameters
   */
  public static boolean isEventStream(String mediaType) {
    return essence(mediaType).equals(MEDIA_TYPE);
  }

  private static String essence(String mediaType) {
    int end = mediaType.indexOf(';');
    String essence = end < 0 ? mediaType : mediaType.substring(0, end);
    return essence.strip().toLowerCase(Locale.ROOT);
  }
}
