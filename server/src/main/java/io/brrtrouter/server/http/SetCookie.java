package io.brrtrouter.server.http;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * A cookie a server sets: the value of a {@code Set-Cookie} field (RFC 6265 section 4.1, {@code
 * SameSite} and name prefixes of RFC 6265bis). Immutable; each {@code with} method gives a new
 * value.
 *
 * <p>{@link #of} starts safe: {@code Path=/; Secure; HttpOnly; SameSite=Lax}.
 *
 * @param name a token; {@code __Host-} and {@code __Secure-} are held to their rules
 * @param value cookie octets: printable ASCII without white space, quotes, comma, semicolon and
 *     backslash
 * @param path the path, beginning with {@code /}
 * @param domain the domain, or nothing for the host alone
 * @param maxAge how long it lives, in whole seconds, or nothing for the session
 * @param secure whether it is sent over encrypted connections only
 * @param httpOnly whether scripts cannot read it
 * @param sameSite whether it is sent with requests from other sites
 */
public record SetCookie(
    String name,
    String value,
    String path,
    Optional<String> domain,
    Optional<Duration> maxAge,
    boolean secure,
    boolean httpOnly,
    SameSite sameSite) {

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
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c <= ' ' || c >= 127 || "\",;\\".indexOf(c) >= 0) {
        // The value may be a secret: it is not repeated.
        throw new IllegalArgumentException(
            "the value of cookie "
                + name
                + " has a character at index "
                + i
                + " that no cookie"
                + " can have; encode it, as base64url for example");
      }
    }
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException(
          "the path of cookie " + name + " begins with \"/\", not \"" + path + "\"");
    }
    requireAttribute(name, "path", path);
    domain.ifPresent(text -> requireAttribute(name, "domain", text));
    if (maxAge.isPresent() && maxAge.get().isNegative()) {
      throw new IllegalArgumentException("the age of cookie " + name + " is not negative");
    }
    if (sameSite == SameSite.NONE && !secure) {
      throw new IllegalArgumentException("cookie " + name + " with SameSite=None must be Secure");
    }
    String lower = name.toLowerCase(Locale.ROOT);
    boolean host = lower.startsWith("__host-");
    if ((host || lower.startsWith("__secure-")) && !secure) {
      throw new IllegalArgumentException("cookie " + name + " must be Secure by its name");
    }
    if (host && (domain.isPresent() || !path.equals("/"))) {
      throw new IllegalArgumentException(
          "cookie " + name + " must have the path \"/\" and no domain by its name");
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
        name, value, "/", Optional.empty(), Optional.empty(), true, true, SameSite.LAX);
  }

  /** {@return this cookie, empty and expired, so that the browser forgets it} */
  public SetCookie expired() {
    return new SetCookie(
        name, "", path, domain, Optional.of(Duration.ZERO), secure, httpOnly, sameSite);
  }

  /**
   * {@return this cookie with another path}
   *
   * @param newPath the path, beginning with {@code /}
   */
  public SetCookie withPath(String newPath) {
    return new SetCookie(name, value, newPath, domain, maxAge, secure, httpOnly, sameSite);
  }

  /**
   * {@return this cookie for a domain and all below it}
   *
   * @param newDomain the domain
   */
  public SetCookie withDomain(String newDomain) {
    return new SetCookie(
        name, value, path, Optional.of(newDomain), maxAge, secure, httpOnly, sameSite);
  }

  /**
   * {@return this cookie with a life time}
   *
   * @param newMaxAge how long it lives, cut to whole seconds
   */
  public SetCookie withMaxAge(Duration newMaxAge) {
    return new SetCookie(
        name, value, path, domain, Optional.of(newMaxAge), secure, httpOnly, sameSite);
  }

  /**
   * {@return this cookie, secure or not}
   *
   * @param newSecure whether it is sent over encrypted connections only
   */
  public SetCookie withSecure(boolean newSecure) {
    return new SetCookie(name, value, path, domain, maxAge, newSecure, httpOnly, sameSite);
  }

  /**
   * {@return this cookie, readable for scripts or not}
   *
   * @param newHttpOnly whether scripts cannot read it
   */
  public SetCookie withHttpOnly(boolean newHttpOnly) {
    return new SetCookie(name, value, path, domain, maxAge, secure, newHttpOnly, sameSite);
  }

  /**
   * {@return this cookie with another rule for other sites}
   *
   * @param newSameSite the rule
   */
  public SetCookie withSameSite(SameSite newSameSite) {
    return new SetCookie(name, value, path, domain, maxAge, secure, httpOnly, newSameSite);
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
    return text.append("; SameSite=").append(sameSite.word).toString();
  }

  /** {@return the name and the attributes, without the value, which may be a secret} */
  @Override
  public String toString() {
    return render().replaceFirst("=[^;]*", "=...");
  }
}
