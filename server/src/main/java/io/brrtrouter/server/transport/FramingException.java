package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.TransportFailure;

/** Octets that are no request. Has no stack trace: it is an answer, not a surprise. */
final class FramingException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient TransportFailure failure;

  FramingException(TransportFailure.Kind kind, String detail) {
    this(new TransportFailure(kind, detail));
  }

  FramingException(TransportFailure failure) {
    super(failure.detail(), null, false, false);
    this.failure = failure;
  }

  static FramingException malformed(String detail) {
    return new FramingException(TransportFailure.Kind.MALFORMED, detail);
  }

  /** Names an octet where it cannot be. */
  static FramingException octet(byte octet, String where) {
    return malformed("octet 0x%02x is not allowed in %s".formatted(octet & 0xFF, where));
  }

  static FramingException headersTooLarge(TransportLimits limits) {
    return new FramingException(
        TransportFailure.Kind.HEADERS_TOO_LARGE,
        "the header fields are more than %d or larger than %d octets"
            .formatted(limits.headerFields(), limits.headerBytes()));
  }

  TransportFailure failure() {
    return failure;
  }
}
