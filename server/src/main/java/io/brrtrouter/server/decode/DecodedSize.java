package io.brrtrouter.server.decode;

/**
 * How much memory the value of a body takes, estimated from its octets without reading them as what
 * they are: what many small values cost is the objects that they are, not their text.
 */
final class DecodedSize {
  /** About what an empty object takes in a tree, with its place in what it is in. */
  private static final int BYTES_PER_VALUE = 100;

  /** Octets that stand before a value, or in place of one in a form. */
  private static final boolean[] VALUES = new boolean[256];

  static {
    for (char before : new char[] {',', ':', '{', '['}) {
      VALUES[before] = true;
    }
  }

  private DecodedSize() {}

  /** {@return for JSON, and for what may have some in it} */
  static long of(byte[] body) {
    int values = 1;
    for (byte octet : body) {
      if (VALUES[octet & 0xFF]) {
        values++;
      }
    }
    return 2L * body.length + (long) BYTES_PER_VALUE * values;
  }

  /** {@return for a line of header fields, which becomes a name and a value} */
  static int ofField(int octets) {
    return 2 * octets + BYTES_PER_VALUE;
  }

  /** {@return for a form, in which such octets may be escaped} */
  static long ofForm(byte[] body) {
    int escapes = 0;
    for (byte octet : body) {
      if (octet == '%') {
        escapes++;
      }
    }
    return of(body) + (long) BYTES_PER_VALUE * escapes;
  }
}
