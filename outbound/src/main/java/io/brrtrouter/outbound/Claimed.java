package io.brrtrouter.outbound;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A delivery that this instance may send, until its lease ends.
 *
 * @param delivery the delivery
 * @param receiver the host and port it goes to
 * @param lease proves that it is this instance's
 * @param headers its header fields, {@code Content-Type} included
 * @param body its body
 * @param round how many attempts were begun since it was taken, or replayed, with this one
 * @param roundBegan when that was
 */
@SuppressWarnings("ArrayRecordComponent") // identity of the body is never asked for
record Claimed(
    Delivery delivery,
    String receiver,
    UUID lease,
    List<Map.Entry<String, String>> headers,
    byte[] body,
    int round,
    Instant roundBegan) {

  /** When what is only recorded is due: a time that databases can keep. */
  static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");
}
