package io.brrtrouter.outbound;

import io.brrtrouter.outbound.client.Outgoing;
import io.brrtrouter.server.http.Headers;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request that was recorded in place of being sent, as its receiver would get it at the first
 * attempt. Immutable, and equal to one with the same content.
 *
 * @param id what it is known by, and the value of its {@code Idempotency-Key}
 * @param operation the name of the operation of the webhook or callback
 * @param method the method
 * @param url where it goes, with all of its query
 * @param secret the name of the receiver's secret, empty where all share one
 * @param headers its header fields but those of the connection, those of the signature included
 * @param body its body; empty without one
 */
@SuppressWarnings("ArrayRecordComponent") // copied in and out, and compared by content
public record RecordedDelivery(
    UUID id,
    String operation,
    String method,
    URI url,
    Optional<String> secret,
    Headers headers,
    byte[] body) {

  /** Copies the body. */
  public RecordedDelivery {
    body = body.clone();
  }

  static RecordedDelivery of(Claimed claimed, Outgoing outgoing) {
    Headers.Builder headers = Headers.builder();
    outgoing.headers().forEach(field -> headers.add(field.getKey(), field.getValue()));
    Delivery delivery = claimed.delivery();
    return new RecordedDelivery(
        delivery.id(),
        delivery.operation(),
        outgoing.method(),
        outgoing.url(),
        delivery.secret(),
        headers.build(),
        outgoing.body());
  }

  /** {@return a copy of the body} */
  @Override
  public byte[] body() {
    return body.clone();
  }

  /** {@return the body as UTF-8} */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RecordedDelivery recorded
        && id.equals(recorded.id)
        && operation.equals(recorded.operation)
        && method.equals(recorded.method)
        && url.equals(recorded.url)
        && secret.equals(recorded.secret)
        && headers.equals(recorded.headers)
        && Arrays.equals(body, recorded.body);
  }

  @Override
  public int hashCode() {
    return Objects.hash(id, operation, method, url, secret, headers, Arrays.hashCode(body));
  }

  /** {@return its operation, method and URL: what a failed assertion shows} */
  @Override
  public String toString() {
    return operation + ": " + method + " " + url;
  }
}
