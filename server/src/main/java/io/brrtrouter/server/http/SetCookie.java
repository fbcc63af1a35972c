package io.brrtrouter.server.http;

import java.time.Duration;
import java.util.Optional;

/**
 * A cookie a server sets: the value of a {@code Set-Cookie} field (RFC 6265bis section 4.1, with
 * {@code Partitioned} of CHIPS). Immutable; each {@code with} method gives a new value.
 *
 * <p>{@link #of} starts safe: {@code Path=/; Secure; HttpOnly; SameSite=Lax}.
 *
 * @param name a token; {@code __Secure-}, {@code __Host-}, {@code __Http-} and {@code __Host-Http-}
 *     are held to their rules
 * @param value cookie octets: printable ASCII without white space, quotes, comma, semicolon and
 *     backslash
 * @param path the path, beginning with {@code /}
 * @param domain the domain, or nothing for the host alone
 * @param maxAge how long it lives, in whole seconds up to {@link #LONGEST}, or nothing for the
 *     session
 * @param secure whether it is sent over encrypted connections only
 * @param httpOnly whether scripts cannot read it
 * @param sameSite whether it is sent with requests from other sites
 * @param partitioned whether a page that is embedded in others has a cookie of its own in each
 */
public record SetCookie(
    String name,
    String value,
    String path,
    Optional<String> domain,
    Optional<Duration> maxAge,
    boolean secure,
    boolean httpOnly,
    SameSite sameSite,
    boolean partitioned) {

  /** No browser keeps a cookie for longer (RFC 6265bis section 5.5). */
  public static final Duration LONGEST = Duration.ofDays(400);

  /** Octets of name and value together; browsers drop the cookie beyond (section 5.7). */
  private static final int MAX_PAIR = 4_096;

  /** Octets of an attribute's value; browsers pass over the attribute beyond (section 5.6). */
  private static final int MAX_ATTRIBUTE = 1_024;

  /** Whether a cookie goes with requests from other sites (RFC 6265bis section 4.1.2.7). */
  public enum SameSite {
    /** With requests from the same site only. */
    STRICT("Strict"),
    /** Also when a user follows a link from another site. */
    LAX("Lax"),
    /** With every request; only for a secure cookie. */
    NONE("None");

    private final String word;

    SameSite(String word) {
      this.word = word;
    }
  }

  /** Refuses what a browser would misread or drop. */
  public SetCookie {
    if (!Tokens.isToken(name)) {
      throw new IllegalArgumentException("the name of a cookie is a token, not \"" + name + "\"");
    }
    requireOctets(name, value);
    if (name.length() + value.length() > MAX_PAIR) {
      throw new IllegalArgumentException(
          "cookie "
              + name
              + " has "
              + (name.length() + value.length())
              + " octets of name and value; browsers keep at most "
              + MAX_PAIR);
    }
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "the path of cookie " + name + " begins with \"/\", not \"" + path + "\"");
    }
    requireAttribute(name, "path", path);
    domain.ifPresent(text -> requireDomain(name, text));
    maxAge.ifPresent(age -> requireAge(name, age));
    if (!secure) {
      requireNothingSecure(name, sameSite, partitioned);
    }
    requirePrefix(name, !domain.isPresent() && path.equals("/"), httpOnly);
  }

  private static void requireOctets(String name, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c >= 127 || "\",;\\".indexOf(c) >= 0) {
        // The value may be a secret: it is not repeated.
        throw new IllegalArgumentException(
            "the value of cookie "
                + name
                + " has a character at index "
                + i
                + " that no cookie can have; encode it, as base64url for example");
      }
    }
  }

  private static void requireAttribute(String name, String attribute, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 127 || c == ';') {
        throw new IllegalArgumentException(
            "the "
                + attribute
                + " of cookie "
                + name
                + " has a control character, a semicolon or"
                + " a character beyond ASCII at index "
                + i);
      }
    }
    if (text.length() > MAX_ATTRIBUTE) {
      throw new IllegalArgumentException(
          "the %s of cookie %s has %d octets; browsers pass over one of more than %d"
              .formatted(attribute, name, text.length(), MAX_ATTRIBUTE));
    }
  }

  /** Labels of letters, digits and hyphens; browsers take away a point before them. */
  private static void requireDomain(String name, String domain) {
    requireAttribute(name, "domain", domain);
    boolean labelled = false;
    for (int i = 0; i <= domain.length(); i++) {
      char c = i < domain.length() ? domain.charAt(i) : '.';
      if (c == '.' ? !labelled : c != '-' && !Character.isLetterOrDigit(c)) {
        throw new IllegalArgumentException(
            "the domain of cookie "
                + name
                + " is a host such as example.com, not \""
                + domain
                + "\"");
      }
      labelled = c != '.';
    }
  }

  private static void requireAge(String name, Duration age) {
    if (age.isNegative()) {
      throw new IllegalArgumentException("the age of cookie " + name + " is not negative");
    }
    if (age.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "cookie "
              + name
              + " lives for "
              + age.toSeconds()
              + " s; browsers keep none for more than "
              + LONGEST.toSeconds());
    }
  }

  private static void requireNothingSecure(String name, SameSite sameSite, boolean partitioned) {
    if (sameSite == SameSite.NONE) {
      throw new IllegalArgumentException("cookie " + name + " with SameSite=None must be Secure");
    }
    if (partitioned) {
      throw new IllegalArgumentException("cookie " + name + " with Partitioned must be Secure");
    }
    if (prefixed(name, "__Secure-") || prefixed(name, "__Host-") || prefixed(name, "__Http-")) {
      throw new IllegalArgumentException("cookie " + name + " must be Secure by its name");
    }
  }

  /** Names with a prefix count in any case (RFC 6265bis section 4.1.3). */
  private static void requirePrefix(String name, boolean hostOnly, boolean httpOnly) {
    if (prefixed(name, "__Host-") && !hostOnly) {
      throw new IllegalArgumentException(
          "cookie " + name + " must have the path \"/\" and no domain by its name");
    }
    if ((prefixed(name, "__Http-") || prefixed(name, "__Host-Http-")) && !httpOnly) {
      throw new IllegalArgumentException("cookie " + name + " must be HttpOnly by its name");
    }
  }

  private static boolean prefixed(String name, String prefix) {
    return name.regionMatches(true, 0, prefix, 0, prefix.length());
  }

  /**
   * {@return a cookie for the session of the browser: {@code Path=/; Secure; HttpOnly;
   * SameSite=Lax}}
   *
   * @param name a token
   * @param value cookie octets
   * @throws IllegalArgumentException if the name or the value cannot be in a cookie
   */
  public static SetCookie of(String name, String value) {
    return new SetCookie(
        name, value, "/", Optional.empty(), Optional.empty(), true, true, SameSite.LAX, false);
  }

  /** {@return this cookie, empty and expired, so that the browser forgets it} */
  public SetCookie expired() {
    return new SetCookie(
        name,
        "",
        path,
        domain,
        Optional.of(Duration.ZERO),
        secure,
        httpOnly,
        sameSite,
        partitioned);
  }

  /**
   * {@return this cookie with another path}
   *
   * @param newPath the path, beginning with {@code /}
   */
  public SetCookie withPath(String newPath) {
    return new SetCookie(
        name, value, newPath, domain, maxAge, secure, httpOnly, sameSite, partitioned);
  }

  /**
   * {@return this cookie for a domain and all below it}
   *
   * @param newDomain the domain
   */
  public SetCookie withDomain(String newDomain) {
    return new SetCookie(
        name, value, path, Optional.of(newDomain), maxAge, secure, httpOnly, sameSite, partitioned);
  }

  /**
   * {@return this cookie with a life time}
   *
   * @param newMaxAge how long it lives, cut to whole seconds
   */
  public SetCookie withMaxAge(Duration newMaxAge) {
    return new SetCookie(
        name, value, path, domain, Optional.of(newMaxAge), secure, httpOnly, sameSite, partitioned);
  }

  /**
   * {@return this cookie, secure or not}
   *
   * @param newSecure whether it is sent over encrypted connections only
   */
  public SetCookie withSecure(boolean newSecure) {
    return new SetCookie(
        name, value, path, domain, maxAge, newSecure, httpOnly, sameSite, partitioned);
  }

  /**
   * {@return this cookie, readable for scripts or not}
   *
   * @param newHttpOnly whether scripts cannot read it
   */
  public SetCookie withHttpOnly(boolean newHttpOnly) {
    return new SetCookie(
        name, value, path, domain, maxAge, secure, newHttpOnly, sameSite, partitioned);
  }

  /**
   * {@return this cookie with another rule for other sites}
   *
   * @param newSameSite the rule
   */
  public SetCookie withSameSite(SameSite newSameSite) {
    return new SetCookie(
        name, value, path, domain, maxAge, secure, httpOnly, newSameSite, partitioned);
  }

  /**
   * {@return this cookie, one for each page that its page is embedded in or not}
   *
   * @param newPartitioned whether it is
   */
  public SetCookie withPartitioned(boolean newPartitioned) {
    return new SetCookie(
        name, value, path, domain, maxAge, secure, httpOnly, sameSite, newPartitioned);
  }

  /** {@return the value of the {@code Set-Cookie} field} */
  public String render() {
    StringBuilder text = new StringBuilder(name).append('=').append(value);
    text.append("; Path=").append(path);
    domain.ifPresent(d -> text.append("; Domain=").append(d));
    maxAge.ifPresent(age -> text.append("; Max-Age=").append(age.toSeconds()));
    if (secure) {
      text.append("; Secure");
    }
    if (httpOnly) {
      text.append("; HttpOnly");
    }
    text.append("; SameSite=").append(sameSite.word);
    return partitioned ? text.append("; Partitioned").toString() : text.toString();
  }

  /** {@return the name and the attributes, without the value, which may be a secret} */
  @Override
  public String toString() {
    return render().replaceFirst("=[^;]*", "=...");
  }
}
