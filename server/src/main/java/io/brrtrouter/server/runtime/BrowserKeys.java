package io.brrtrouter.server.runtime;

import static io.brrtrouter.server.config.ConfigType.bool;
import static io.brrtrouter.server.config.ConfigType.list;
import static io.brrtrouter.server.config.ConfigType.seconds;
import static io.brrtrouter.server.config.ConfigType.text;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigType;
import io.brrtrouter.server.config.ConfigValues;
import io.brrtrouter.server.config.Masked;
import io.brrtrouter.server.cors.CorsMistake;
import io.brrtrouter.server.cors.CorsPolicy;
import io.brrtrouter.server.cors.CsrfPolicy;
import io.brrtrouter.server.dispatch.SecurityHeaders;
import io.brrtrouter.server.http.Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Settings about browsers: pages of other origins, forged requests, fields of every response. */
final class BrowserKeys {
  private static final String CORS = "cors.";
  private static final String CSRF = "security.csrf.";
  private static final String HEADERS = "security_headers.";
  private static final Duration DAY = Duration.ofDays(1);

  /** RFC 6797 knows no bound; two years is what preload lists ask for at most. */
  private static final Duration TEN_YEARS = Duration.ofDays(3_650);

  static final ConfigKey<List<String>> ORIGINS =
      new ConfigKey<>(
          CORS + "origins",
          texts("origins such as `https://app.example.com`, or `*`"),
          List.of(),
          "Origins whose pages may use the API: scheme, host and, unless the default, port, without"
              + " a slash at the end; `null` for pages without one, `*` for all. Without an origin"
              + " here or below, nothing is said about other origins and nothing is refused.");
  static final ConfigKey<List<String>> ORIGIN_PATTERNS =
      new ConfigKey<>(
          CORS + "origin_patterns",
          texts("patterns such as `https://*.example.com`"),
          List.of(),
          "Patterns of further origins: `*` as the first label of the host is one or more labels,"
              + " `:*` at the end any port.");
  static final ConfigKey<List<String>> ALLOWED_HEADERS =
      new ConfigKey<>(
          CORS + "allowed_headers",
          texts("names of header fields, or `*`"),
          List.of("Content-Type", "Authorization"),
          "Request header fields that pages of those origins may send; `*` is all but"
              + " `Authorization`.");
  static final ConfigKey<List<String>> ALLOWED_METHODS =
      new ConfigKey<>(
          CORS + "allowed_methods",
          texts("methods, or `*`"),
          List.of("*"),
          "Methods that they may use, of those that the path declares.");
  static final ConfigKey<Boolean> ALLOW_CREDENTIALS =
      new ConfigKey<>(
          CORS + "allow_credentials",
          bool(),
          false,
          "Whether browsers send cookies and the like along; not with `*` or `null`.");
  static final ConfigKey<List<String>> EXPOSE_HEADERS =
      new ConfigKey<>(
          CORS + "expose_headers",
          texts("names of header fields, or `*`"),
          List.of(),
          "Response header fields that scripts may read, beside the few they always may.");
  static final ConfigKey<Duration> MAX_AGE =
      new ConfigKey<>(
          CORS + "max_age",
          seconds(Duration.ZERO, DAY),
          Duration.ofSeconds(5),
          "How long browsers keep the answer to a preflight; a bare number counts seconds.");
  static final ConfigKey<Boolean> ALLOW_PRIVATE_NETWORK =
      new ConfigKey<>(
          CORS + "allow_private_network",
          bool(),
          false,
          "Whether pages of public addresses may use the server at a private one.");
  static final ConfigKey<Boolean> REFUSE_UNLISTED =
      new ConfigKey<>(
          CORS + "refuse_unlisted",
          bool(),
          true,
          "Whether requests from pages of other origins get a 403; when not, they are answered, and"
              + " only the browser keeps the answer from the page.");

  static final ConfigKey<Boolean> CSRF_ENABLED =
      new ConfigKey<>(
          CSRF + "enabled",
          bool(),
          true,
          "Whether requests that change something, bring a credential that browsers add by themselves (a"
              + " cookie, what was typed for HTTP Basic, a client certificate) and were sent by a page"
              + " of another site get a 403.");
  static final ConfigKey<List<String>> TRUSTED_ORIGINS =
      new ConfigKey<>(
          CSRF + "trusted_origins",
          texts("origins such as `https://app.example.com`"),
          List.of(),
          "Origins whose pages may send them, beside those that may send credentials by `cors`."
              + " Where `cors` names origins, it has to name these too: it is judged first.");
  static final ConfigKey<Boolean> ALLOW_SAME_SITE =
      new ConfigKey<>(
          CSRF + "allow_same_site",
          bool(),
          false,
          "Whether pages of other hosts of the same site may send them.");

  static final ConfigKey<Boolean> HEADERS_ENABLED =
      new ConfigKey<>(
          HEADERS + "enabled",
          bool(),
          true,
          "Whether responses have the fields below, unless they have their own;"
              + " `X-Content-Type-Options` is always there.");
  static final ConfigKey<String> FRAME_OPTIONS =
      value("frame_options", SecurityHeaders.DEFAULT.frameOptions(), "`X-Frame-Options`.");
  static final ConfigKey<String> REFERRER_POLICY =
      value("referrer_policy", SecurityHeaders.DEFAULT.referrerPolicy(), "`Referrer-Policy`.");
  static final ConfigKey<String> CONTENT_SECURITY_POLICY =
      value(
          "content_security_policy",
          SecurityHeaders.DEFAULT.contentSecurityPolicy(),
          "`Content-Security-Policy`. A handler that answers with a page sets its own.");
  static final ConfigKey<Duration> HSTS_MAX_AGE =
      new ConfigKey<>(
          HEADERS + "hsts_max_age_secs",
          seconds(Duration.ZERO, TEN_YEARS),
          SecurityHeaders.DEFAULT.hstsMaxAge(),
          "How long browsers use nothing but TLS after a response over TLS"
              + " (`Strict-Transport-Security`); 0 says nothing. A server that"
              + " listens on loopback only never says it: browsers would take it for"
              + " every port of `localhost`.");
  static final ConfigKey<Boolean> HSTS_INCLUDE_SUBDOMAINS =
      new ConfigKey<>(
          HEADERS + "hsts_include_subdomains",
          bool(),
          SecurityHeaders.DEFAULT.hstsIncludeSubdomains(),
          "Whether that is so for every host below this one too.");

  static final List<ConfigKey<?>> ALL =
      List.of(
          ORIGINS,
          ORIGIN_PATTERNS,
          ALLOWED_HEADERS,
          ALLOWED_METHODS,
          ALLOW_CREDENTIALS,
          EXPOSE_HEADERS,
          MAX_AGE,
          ALLOW_PRIVATE_NETWORK,
          REFUSE_UNLISTED,
          HEADERS_ENABLED,
          FRAME_OPTIONS,
          REFERRER_POLICY,
          CONTENT_SECURITY_POLICY,
          HSTS_MAX_AGE,
          HSTS_INCLUDE_SUBDOMAINS,
          CSRF_ENABLED,
          TRUSTED_ORIGINS,
          ALLOW_SAME_SITE);

  private BrowserKeys() {}

  private static ConfigType<List<String>> texts(String description) {
    return list(text(description, text -> !text.isBlank()));
  }

  private static ConfigKey<String> value(String name, String fallback, String field) {
    return new ConfigKey<>(
        HEADERS + name,
        text(
            "value of a header field, or `" + ConfigType.OFF + "`",
            text -> !text.isBlank() && Headers.isValue(text)),
        fallback,
        field);
  }

  static CorsPolicy.Builder cors(ConfigValues values) {
    return CorsPolicy.builder()
        .origins(array(values, ORIGINS))
        .originPatterns(array(values, ORIGIN_PATTERNS))
        .allowedHeaders(array(values, ALLOWED_HEADERS))
        .allowedMethods(array(values, ALLOWED_METHODS))
        .allowCredentials(values.get(ALLOW_CREDENTIALS))
        .exposeHeaders(array(values, EXPOSE_HEADERS))
        .maxAge(values.get(MAX_AGE))
        .allowPrivateNetwork(values.get(ALLOW_PRIVATE_NETWORK))
        .refuseUnlisted(values.get(REFUSE_UNLISTED));
  }

  private static String[] array(ConfigValues values, ConfigKey<List<String>> key) {
    return values.get(key).toArray(new String[0]);
  }

  static CsrfPolicy csrf(ConfigValues values) {
    return new CsrfPolicy(
        values.get(CSRF_ENABLED), values.get(ALLOW_SAME_SITE), values.get(TRUSTED_ORIGINS));
  }

  static SecurityHeaders headers(ConfigValues values) {
    return values.get(HEADERS_ENABLED)
        ? new SecurityHeaders(
            unlessOff(values.get(FRAME_OPTIONS)),
            unlessOff(values.get(REFERRER_POLICY)),
            unlessOff(values.get(CONTENT_SECURITY_POLICY)),
            values.get(HSTS_MAX_AGE),
            values.get(HSTS_INCLUDE_SUBDOMAINS))
        : SecurityHeaders.OFF;
  }

  private static String unlessOff(String value) {
    return value.equals(ConfigType.OFF) ? "" : value;
  }

  /** {@return what is wrong with them, each by itself or several together} */
  static List<Finding> mistakes(ConfigValues values) {
    List<Finding> findings = new ArrayList<>();
    for (CorsMistake mistake : cors(values).mistakes()) {
      findings.add(finding(values, CORS, mistake));
    }
    for (CorsMistake mistake : CsrfPolicy.mistakes(values.get(TRUSTED_ORIGINS))) {
      findings.add(finding(values, CSRF, mistake));
    }
    return findings;
  }

  private static Finding finding(ConfigValues values, String section, CorsMistake mistake) {
    String name = section + mistake.setting();
    ConfigKey<?> key =
        ALL.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    return new Finding(
        "config-value",
        Severity.ERROR,
        new SourceLocation(values.source(key), 0, 0),
        name + " " + Masked.passwords(mistake.message()),
        mistake.fix());
  }
}
