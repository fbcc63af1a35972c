package io.brrtrouter.server.tls;

/** Whether clients are asked for a certificate (RFC 8446 section 4.3.2). */
public enum ClientAuth {
  /** They are not. */
  NONE,
  /** They are, and may have none; one that is not trusted ends the handshake. */
  WANT,
  /** They are, and without a trusted one the handshake fails. */
  NEED
}
