package io.brrtrouter.security.spiffe;

import org.jspecify.annotations.Nullable;

/**
 * The name of a workload (SPIFFE-ID section 2), {@code spiffe://example.org/shop/web} for example.
 *
 * @param trustDomain its trust domain, {@code example.org}
 * @param path its path, {@code /shop/web}; never empty
 */
public record SpiffeId(String trustDomain, String path) {
  private static final String SCHEME = "spiffe://";

  /** Section 2.3. */
  private static final int MOST_OCTETS = 2048;

  private static final int LONGEST_TRUST_DOMAIN = 255;

  /**
   * {@return the name that a text is, null if it is none of a workload}
   *
   * @param text the text
   */
  public static @Nullable SpiffeId parse(String text) {
    int slash = text.startsWith(SCHEME) ? text.indexOf('/', SCHEME.length()) : -1;
    if (slash < 0 || text.length() > MOST_OCTETS) {
      return null;
    }
    String trustDomain = text.substring(SCHEME.length(), slash);
    String path = text.substring(slash);
    return isTrustDomain(trustDomain) && isPath(path) ? new SpiffeId(trustDomain, path) : null;
  }

  /**
   * {@return whether a text is the name of a trust domain (section 2.1)}
   *
   * @param text the text
   */
  public static boolean isTrustDomain(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_TRUST_DOMAIN
        && text.chars().allMatch(c -> isPlain(c) && !(c >= 'A' && c <= 'Z'));
  }

  /** Section 2.2: segments of letters, digits, dots, dashes and underscores, none of dots only. */
  private static boolean isPath(String path) {
    int start = 1;
    while (start <= path.length()) {
      int slash = path.indexOf('/', start);
      int end = slash < 0 ? path.length() : slash;
      String segment = path.substring(start, end);
      if (segment.isEmpty()
          || segment.equals(".")
          || segment.equals("..")
          || !segment.chars().allMatch(SpiffeId::isPlain)) {
        return false;
      }
      start = end + 1;
    }
    return !path.endsWith("/");
  }

  private static boolean isPlain(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '.'
        || c == '-'
        || c == '_';
  }

  /** {@return the text it is} */
  @Override
  public String toString() {
    return SCHEME + trustDomain + path;
  }
}
