package io.brrtrouter.openapi.model;

import io.brrtrouter.schema.SourceLocation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the {@code x-websocket} of a GET says: requests to it begin a WebSocket (RFC 6455), and
 * these are the messages. A message has no {@code Content-Type}; text messages are of the JSON or
 * {@code text/*} media types that are declared for a direction, binary messages of the others.
 *
 * @param location where the value is written
 * @param subprotocols names of subprotocols in the order the server prefers (RFC 6455 section 1.9);
 *     none when clients cannot choose
 * @param fromClient what clients send; anything when empty
 * @param fromServer what the server sends; anything when empty
 */
public record WebSocketExtension(
    SourceLocation location,
    List<String> subprotocols,
    Optional<Messages> fromClient,
    Optional<Messages> fromServer) {
  /** The name of the extension. */
  public static final String FIELD = "x-websocket";

  /** Copies the list. */
  public WebSocketExtension {
    subprotocols = List.copyOf(subprotocols);
  }

  /** {@return whether anything is said of the messages} */
  public boolean isDescribed() {
    return fromClient.isPresent() || fromServer.isPresent();
  }

  /**
   * The messages of one direction.
   *
   * @param location where the object is written
   * @param content Media Type Objects by media type, in document order; there are no messages when
   *     it is empty, and one JSON media type at most
   */
  public record Messages(SourceLocation location, Map<String, MediaType> content) {

    /** Copies the map, keeping document order. */
    public Messages {
      content = Ordered.copyOf(content);
    }

    /** {@return the media types that text messages may have, in document order} */
    public Map<String, MediaType> text() {
      return those(Messages::isText);
    }

    /** {@return the media types that binary messages may have, in document order} */
    public Map<String, MediaType> binary() {
      return those(type -> !isText(type));
    }

    /** {@return what text messages of JSON are; empty when they are not declared} */
    public Optional<MediaType> json() {
      return content.entrySet().stream()
          .filter(entry -> isJson(entry.getKey()))
          .map(Map.Entry::getValue)
          .findFirst();
    }

    private Map<String, MediaType> those(Predicate<String> rule) {
      Map<String, MediaType> those = new LinkedHashMap<>();
      content.forEach((type, media) -> {
        if (rule.test(type)) {
          those.put(type, media);
        }
      });
      return Ordered.copyOf(those);
    }

    /**
     * {@return whether messages of a media type are text messages}
     *
     * @param mediaType a media type or range, perhaps with parameters
     */
    public static boolean isText(String mediaType) {
      return isJson(mediaType) || essence(mediaType).startsWith("text/");
    }

    /**
     * {@return whether a media type is JSON (RFC 6839 section 3.1 included)}
     *
     * @param mediaType a media type or range, perhaps with parameters
     */
    public static boolean isJson(String mediaType) {
      String essence = essence(mediaType);
      return essence.equals("application/json") || essence.endsWith("+json");
    }

    private static String essence(String mediaType) {
      int end = mediaType.indexOf(';');
      String essence = end < 0 ? mediaType : mediaType.substring(0, end);
      return essence.strip().toLowerCase(Locale.ROOT);
    }
  }
}
