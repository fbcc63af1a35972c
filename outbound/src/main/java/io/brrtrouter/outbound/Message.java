package io.brrtrouter.outbound;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to send.
 *
 * @param operation the name of the webhook's or callback's operation, for logs and the list of
 *     deliveries
 * @param method the method
 * @param query what is added to the query of the receiver's URL, encoded and without {@code ?}; may
 *     be empty
 * @param headers header fields, without those of the body and of the connection
 * @param contentType the media type of the body; empty without one
 * @param body the body, which nobody changes any more; empty without one
 */
@SuppressWarnings("ArrayRecordComponent") // identity of the body is never asked for
public record Message(
    String operation,
    String method,
    String query,
    List<Map.Entry<String, String>> headers,
    Optional<String> contentType,
    byte[] body) {

  /** Copies the header fields. */
  public Message {
    headers = List.copyOf(headers);
  }
}
