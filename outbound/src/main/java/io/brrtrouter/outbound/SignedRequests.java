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

  private final DeliveryOptions.Signatures signatures;
  private final boolean unsigned;

  /**
   * Requests.
   *
   * @param signatures how they are signed
   * @param unsigned whether a request is sent without a signature where there is no shared secret
   */
  SignedRequests(DeliveryOptions.Signatures signatures, boolean unsigned) {
    this.signatures = signatures;
    this.unsigned = unsigned;
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
    Set<SignatureKind> kinds = signatures.kinds();
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
      List<String> secrets = signatures.shared().find();
      if (secrets.isEmpty() && !unsigned) {
        throw new UnknownSecretException("there is no secret that receivers share");
      }
      return secrets;
    }
    String name = delivery.secret().get();
    List<String> secrets =
        signatures.named().isEmpty() ? List.of() : signatures.named().get().find(name);
    if (secrets.isEmpty()) {
      throw new UnknownSecretException("there is no secret \"" + name + "\"");
    }
    return secrets;
  }

  /** There is nothing to sign with. */
  static final class UnknownSecretException extends Exception {
    private static final long serialVersionUID = 1L;

    UnknownSecretException(String message) {
      super(message);
    }
  }
}
