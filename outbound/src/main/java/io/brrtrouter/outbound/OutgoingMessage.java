package io.brrtrouter.outbound;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A request to send. Immutable, and equal to one with the same content.
 *
 * @param operation the name of the webhook's or callback's operation, for logs and the list of
 *     deliveries; 1 to 200 characters
 * @param method the method, but for {@code CONNECT} and {@code TRACE}
 * @param query what is added to the query of the receiver's URL, encoded and without {@code ?}; may
 *     be empty
 * @param headers header fields, without those of the body, of the connection and of the signature;
 *     with {@code contentType} 16 KiB at most
 * @param contentType the media type of the body; empty without one
 * @param body the body, of 1 MiB at most; empty without one
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, and compared by content
public record OutgoingMessage(
    String operation,
    String method,
    String query,
    List<Map.Entry<String, String>> headers,
    Optional<String> contentType,
    byte[] body) {

  /**
   * Copies the header fields and the body.
   *
   * @throws IllegalArgumentException if no receiver can be sent that
   */
  public OutgoingMessage {
    Objects.requireNonNull(query, "query");
    headers = List.copyOf(headers);
    body = body.clone();
    MessageRules.check(operation, method, headers, contentType, body.length);
  }

  /** {@return a copy of the body} */
  @Override
  public byte[] body() {
    return body.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof OutgoingMessage message
        && operation.equals(message.operation)
        && method.equals(message.method)
        && query.equals(message.query)
        && headers.equals(message.headers)
        && contentType.equals(message.contentType)
        && Arrays.equals(body, message.body);
  }

  @Override
  public int hashCode() {
    return Objects.hash(operation, method, query, headers, contentType, Arrays.hashCode(body));
  }

  /** {@return its operation and method: header fields, query and body may have secrets} */
  @Override
  public String toString() {
    return "OutgoingMessage[" + operation + ", " + method + "]";
  }
}
