package io.brrtrouter.server.websocket;

import java.nio.charset.StandardCharsets;

/**
 * Why a WebSocket is closed (RFC 6455 section 7.4).
 *
 * @param code the status code: 1000 to 1015 by their meanings, 3000 to 4999 for applications
 * @param reason in words, of at most 123 octets in UTF-8; empty when the code says it all
 */
public record CloseStatus(int code, String reason) {
  /** All that was to be said has been. */
  public static final int NORMAL = 1000;

  /** The server ends, or a page is left. */
  public static final int GOING_AWAY = 1001;

  /** What came is no WebSocket. */
  public static final int PROTOCOL_ERROR = 1002;

  /** A message is of a kind that is not taken. */
  public static final int UNSUPPORTED = 1003;

  /** The peer did not say why. Never sent. */
  public static final int NONE = 1005;

  /** The connection ended without a word. Never sent. */
  public static final int ABNORMAL = 1006;

  /** A message is not what its kind says: text that is no UTF-8. */
  public static final int INVALID = 1007;

  /** A message is not what the API description asks for. */
  public static final int POLICY = 1008;

  /** A message is too large. */
  public static final int TOO_LARGE = 1009;

  /** The server failed. */
  public static final int INTERNAL_ERROR = 1011;

  /** The server serves another document: connect again. */
  public static final int SERVICE_RESTART = 1012;

  /** The server has too much to do. */
  public static final int TRY_AGAIN = 1013;

  /** Octets of a reason: a control frame has at most 125, and two are the code. */
  static final int LONGEST_REASON = 123;

  /**
   * Refuses what cannot be sent or said.
   *
   * @throws IllegalArgumentException if the code is none, or the reason is too long
   */
  public CloseStatus {
    if (!isSendable(code) && code != NONE && code != ABNORMAL) {
      throw new IllegalArgumentException(
          "a WebSocket is closed with 1000 to 1014 or 3000 to 4999, not with " + code);
    }
    if (reason.getBytes(StandardCharsets.UTF_8).length > LONGEST_REASON) {
      throw new IllegalArgumentException(
          "the reason for closing has at most " + LONGEST_REASON + " octets in UTF-8");
    }
  }

  /**
   * {@return a status with a reason that is cut where it is too long}
   *
   * @param code the status code
   * @param reason in words
   */
  static CloseStatus cut(int code, String reason) {
    String fits = reason;
    while (fits.getBytes(StandardCharsets.UTF_8).length > LONGEST_REASON) {
      int end = fits.offsetByCodePoints(fits.length(), -1);
      fits = fits.substring(0, end);
    }
    return new CloseStatus(code, fits);
  }

  /** {@return whether a close frame may have a code (RFC 6455 section 7.4.1, IANA)} */
  static boolean isSendable(int code) {
    return (code >= 1000 && code <= 1003)
        || (code >= 1007 && code <= 1014)
        || (code >= 3000 && code <= 4999);
  }

  @Override
  public String toString() {
    return reason.isEmpty() ? Integer.toString(code) : code + " " + reason;
  }
}
