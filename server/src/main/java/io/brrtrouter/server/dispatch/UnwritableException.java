package io.brrtrouter.server.dispatch;

/**
 * A value of a typed response cannot be written in the style or charset that the document gives it:
 * whatever was sent instead would arrive as another value. A breach of the contract.
 */
final class UnwritableException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String header;

  private UnwritableException(String header, String message) {
    super(message);
    this.header = header;
  }

  /** {@return that a header field cannot have its value} */
  static UnwritableException ofHeader(String name, String message) {
    return new UnwritableException(name, message);
  }

  /** {@return that the content cannot have its value} */
  static UnwritableException ofBody(String message) {
    return new UnwritableException("", message);
  }

  /** {@return the name of the header field; empty where it is the content} */
  String header() {
    return header;
  }
}
