package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.Headers;
import java.time.Duration;

/**
 * Fields that tell browsers what a response is never used for, on every response that has none of
 * the same name of its own. Of these an empty one is not sent. Immutable.
 *
 * @param frameOptions value of {@code X-Frame-Options}
 * @param referrerPolicy value of {@code Referrer-Policy}
 * @param contentSecurityPolicy value of {@code Content-Security-Policy}
 * @param hstsMaxAge how long browsers use nothing but TLS after a response over TLS (RFC 6797);
 *     zero for nothing said
 * @param hstsIncludeSubdomains whether that is so for every host below this one too
 */
public record SecurityHeaders(
    String frameOptions,
    String referrerPolicy,
    String contentSecurityPolicy,
    Duration hstsMaxAge,
    boolean hstsIncludeSubdomains) {

  /** What an API can say: its answers are data, and never pages, frames or scripts. */
  public static final SecurityHeaders DEFAULT =
      new SecurityHeaders(
          "DENY",
          "no-referrer",
          "default-src 'none'; frame-ancestors 'none'",
          Duration.ofDays(365),
          false);

  /** Nothing but {@code X-Content-Type-Options}. */
  public static final SecurityHeaders OFF = new SecurityHeaders("", "", "", Duration.ZERO, false);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if a value cannot be that of a header field, or the age is
   *     negative
   */
  public SecurityHeaders {
    require("X-Frame-Options", frameOptions);
    require("Referrer-Policy", referrerPolicy);
    require("Content-Security-Policy", contentSecurityPolicy);
    if (hstsMaxAge.isNegative()) {
      throw new IllegalArgumentException("the age of Strict-Transport-Security is not negative");
    }
  }

  private static void require(String name, String value) {
    if (!Headers.isValue(value)) {
      throw new IllegalArgumentException(
          name + " cannot be a text with a control character or one beyond Latin-1");
    }
  }

  /**
   * {@return these without {@code Strict-Transport-Security}} Browsers would hold it against every
   * server that a developer runs on the same machine.
   */
  public SecurityHeaders withoutHsts() {
    return new SecurityHeaders(
        frameOptions, referrerPolicy, contentSecurityPolicy, Duration.ZERO, false);
  }

  /**
   * {@return the fields of a response, to be rendered once}
   *
   * @param strict whether browsers are told to use nothing but TLS
   */
  Headers render(boolean strict) {
    // Keeps browsers from guessing that a response is a page or a script.
    Headers.Builder headers = Headers.builder().add("X-Content-Type-Options", "nosniff");
    add("X-Frame-Options", frameOptions, headers);
    add("Referrer-Policy", referrerPolicy, headers);
    add("Content-Security-Policy", contentSecurityPolicy, headers);
    if (strict && !hstsMaxAge.isZero()) {
      String age = "max-age=" + hstsMaxAge.toSeconds();
      headers.add(
          "Strict-Transport-Security", hstsIncludeSubdomains ? age + "; includeSubDomains" : age);
    }
    return headers.build();
  }

  private static void add(String name, String value, Headers.Builder headers) {
    if (!value.isEmpty()) {
      headers.add(name, value);
    }
  }
}
