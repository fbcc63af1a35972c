package io.brrtrouter.outbound;

/** How a request is signed. */
public enum SignatureKind {
  /**
   * By Standard Webhooks 1.0.0: {@code webhook-id}, {@code webhook-timestamp} and {@code
   * webhook-signature}. It covers the time, so that a request cannot be replayed later.
   */
  STANDARD,

  /**
   * By {@code X-Hub-Signature-256}, as WebSub and GitHub do: HMAC-SHA256 of the body alone, in
   * hexadecimal digits.
   */
  HUB
}
