package io.brrtrouter.outbound;

import io.brrtrouter.outbound.client.Outgoing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Requests as they are sent: with their key of idempotency, and signed. */
final class SignedRequests {
  static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private final Set<SignatureKind> kinds;
  private final SharedSecrets shared;
  private final Secrets named;

  SignedRequests(Set<SignatureKind> kinds, SharedSecrets shared, Secrets named) {
    this.kinds = Set.copyOf(kinds);
    this.shared = shared;
    this.named = named;
  }

  /** What all receivers share that have no secret of their own. */
  @FunctionalInterface
  interface SharedSecrets {
    /** {@return them, the newest first; none where requests to such receivers are not signed} */
    List<String> find() throws Exception;
  }

  /**
   * {@return a request}
   *
   * @throws Exception if it cannot be signed now
   */
  Outgoing of(Claimed claimed, Instant time) throws Exception {
    Delivery delivery = claimed.delivery();
    String id = delivery.id().toString();
    List<Map.Entry<String, String>> headers = new ArrayList<>(claimed.headers());
    headers.add(Map.entry(IDEMPOTENCY_KEY, id));
    headers.add(Map.entry(WebhookSignature.ID, id));
    headers.add(Map.entry(WebhookSignature.TIMESTAMP, String.valueOf(time.getEpochSecond())));
    List<String> secrets = kinds.isEmpty() ? List.of() : secrets(delivery);
    if (!secrets.isEmpty() && kinds.contains(SignatureKind.STANDARD)) {
      headers.add(
          Map.entry(
              WebhookSignature.SIGNATURE,
              WebhookSignature.sign(id, time, claimed.body(), secrets)));
    }
    if (!secrets.isEmpty() && kinds.contains(SignatureKind.HUB)) {
      headers.add(
          Map.entry(
              WebhookSignature.HUB, WebhookSignature.signHub(claimed.body(), secrets.getFirst())));
    }
    return new Outgoing(delivery.method(), delivery.url(), headers, claimed.body());
  }

  /** What should be signed and cannot be is not sent. */
  private List<String> secrets(Delivery delivery) throws Exception {
    if (delivery.secret().isEmpty()) {
      return shared.find();
    }
    List<String> secrets = named.find(delivery.secret().get());
    if (secrets.isEmpty()) {
      throw new UnknownSecretException(delivery.secret().get());
    }
    return secrets;
  }

  /** Nobody knows a secret of that name. */
  static final class UnknownSecretException extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownSecretException(String name) {
      super("there is no secret \"" + name + "\"");
    }
  }
}
