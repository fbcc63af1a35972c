package io.brrtrouter.openapi.model;

import java.util.Locale;
import java.util.Set;

/**
 * Header fields of requests that a service sends by itself, of webhooks and callbacks, which no
 * header parameter decides: who sends a request does. Names count in letters of any size (RFC 9110
 * section 5.1).
 */
public final class ReservedHeaders {
  private static final Set<String> OF_CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final Set<String> OF_SENDER =
      Set.of(
          "idempotency-key",
          "webhook-id",
          "webhook-signature",
          "webhook-timestamp",
          "x-hub-signature-256");

  private ReservedHeaders() {}

  /**
   * {@return whether a field belongs to the connection and its framing (RFC 9110 section 7.6.1, RFC
   * 9112)} No message has it.
   *
   * @param name the name of the field
   */
  public static boolean isOfConnection(String name) {
    return OF_CONNECTION.contains(name.toLowerCase(Locale.ROOT));
  }

  /**
   * {@return whether a field says how a request is known and signed} A document may declare it.
   *
   * @param name the name of the field
   */
  public static boolean isOfSender(String name) {
    return OF_SENDER.contains(name.toLowerCase(Locale.ROOT));
  }
}
