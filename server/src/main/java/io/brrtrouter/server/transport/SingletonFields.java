package io.brrtrouter.server.transport;

import static io.brrtrouter.server.transport.FramingException.malformed;

/**
 * The fields that a request has once at most because somebody decides by them and no rule says
 * which of two counts (RFC 9110 section 5.3); a second one is refused. {@code Host} and {@code
 * Content-Length} are of this kind too and read by {@link FramingFields}. {@code User-Agent} and
 * the like may come twice: nothing hangs on them.
 */
final class SingletonFields {
  private static final String[] NAMES = {
    "Access-Control-Request-Method",
    "Authorization",
    "Content-Range",
    "Content-Type",
    "If-Modified-Since",
    "If-Range",
    "If-Unmodified-Since",
    "Max-Forwards",
    "Origin",
    "Proxy-Authorization",
    "Range"
  };

  private static final int LONGEST = 29;

  /** Indexes of the names of each length, as bits. */
  private static final int[] BY_LENGTH = new int[LONGEST + 1];

  static {
    for (int i = 0; i < NAMES.length; i++) {
      BY_LENGTH[NAMES[i].length()] |= 1 << i;
    }
  }

  /** Indexes of the names that have come, as bits. */
  private int seen;

  /** Takes note of a field. */
  void add(String name) throws FramingException {
    int candidates = name.length() <= LONGEST ? BY_LENGTH[name.length()] : 0;
    while (candidates != 0) {
      int bit = Integer.lowestOneBit(candidates);
      String known = NAMES[Integer.numberOfTrailingZeros(bit)];
      if (name.equalsIgnoreCase(known)) {
        requireFirst(bit, known);
        return;
      }
      candidates -= bit;
    }
  }

  private void requireFirst(int bit, String name) throws FramingException {
    if ((seen & bit) != 0) {
      throw malformed("a request has at most one " + name + " field");
    }
    seen |= bit;
  }
}
