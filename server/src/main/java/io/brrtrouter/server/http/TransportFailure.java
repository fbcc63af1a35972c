package io.brrtrouter.server.http;

/**
 * Why bytes on a connection are not, or never become, a complete request.
 *
 * @param kind the kind, which decides the status
 * @param detail one sentence for the client
 */
public record TransportFailure(Kind kind, String detail) {

  /** The kinds, each with its status (RFC 9110 section 15). */
  public enum Kind {
    /** Broken framing, a bad version, no or several {@code Host} fields: 400. */
    MALFORMED(400),
    /** The head or the body did not arrive in time: 408. */
    TIMEOUT(408),
    /** The request target is too long: 414. */
    TARGET_TOO_LONG(414),
    /** An {@code https} URI asked for on a connection that is not encrypted: 421. */
    MISDIRECTED(421),
    /** The header fields are too large or too many: 431. */
    HEADERS_TOO_LARGE(431),
    /** An {@code Expect} other than {@code 100-continue}: 417. */
    EXPECTATION_FAILED(417),
    /** A method or transfer coding the server does not implement: 501. */
    NOT_IMPLEMENTED(501),
    /** Too much is buffered or in flight: 503 with {@code Retry-After}. */
    OVERLOADED(503),
    /** An HTTP version other than 1.0 and 1.1: 505. */
    VERSION_NOT_SUPPORTED(505);

    private final int status;

    Kind(int status) {
      this.status = status;
    }

    /** {@return the status code} */
    public int status() {
      return status;
    }
  }
}
