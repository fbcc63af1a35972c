package io.brrtrouter.server.auth;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.server.http.Tokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What {@code WWW-Authenticate} says about one security scheme (RFC 9110 section 11.6.1). The texts
 * come from the document, where anything may stand: what no quoted string can have is left out.
 *
 * @param missing when there is no credential
 * @param bearer whether it takes the parameters of a bearer token, which tell what is wrong with
 *     one (RFC 6750 section 3)
 */
record Challenge(String missing, boolean bearer) {
  /** The rule on security schemes that no challenge can tell, {@code docs/lint.md}. */
  private static final String RULE = "security-challenge";

  /**
   * {@return the challenges of a scheme}
   *
   * @param scheme the scheme
   * @param realm the protected space, fit for a quoted string
   * @param scopes the scopes required
   * @param findings takes what cannot be said
   */
  static Challenge compile(
      SecurityScheme scheme, String realm, List<String> scopes, List<Finding> findings) {
    return switch (scheme.type()) {
      case "apiKey" -> other(apiKey(scheme, realm, findings));
      case "http" -> http(scheme, realm, scopes, findings);
      case "oauth2", "openIdConnect" -> bearer(scheme, realm, scopes, findings);
      default -> other("ClientCertificate realm=\"%s\"".formatted(realm));
    };
  }

  private static Challenge other(String text) {
    return new Challenge(text, false);
  }

  /**
   * {@return what to say of what is no credential} RFC 6750 section 3.1 would have 400 with {@code
   * invalid_request}; but the same request may be right for another scheme, and 401 is what tells
   * about all of them.
   */
  String malformed(Presented.Malformed what) {
    return error(what.token() ? "invalid_token" : "invalid_request", what.why());
  }

  /**
   * {@return what to say of a credential that is not good}
   *
   * @param reason why
   */
  String refused(String reason) {
    return error("invalid_token", reason);
  }

  private String error(String code, String description) {
    return bearer
        ? "%s, error=\"%s\", error_description=\"%s\""
            .formatted(missing, code, described(description))
        : missing;
  }

  /** {@return what to say of one that is good but does not grant enough} */
  String insufficient() {
    return missing + ", error=\"insufficient_scope\"";
  }

  /** RFC 6750 section 3: printable ASCII without quotes and backslashes. */
  private static String described(String reason) {
    StringBuilder told = new StringBuilder(reason.length());
    reason
        .chars()
        .forEach(c -> told.append(c >= ' ' && c < 127 && c != '"' && c != '\\' ? (char) c : '?'));
    return told.toString();
  }

  private static String apiKey(SecurityScheme scheme, String realm, List<Finding> findings) {
    String challenge =
        "ApiKey realm=\"%s\", in=\"%s\"".formatted(realm, scheme.in().orElseThrow().word());
    String name = quotable(scheme.name().orElse(""));
    if (name == null) {
      findings.add(
          new Finding(
              RULE,
              Severity.WARNING,
              scheme.location(),
              "the name of the API key has characters beyond ASCII, so challenges do not tell it",
              "name the key in ASCII"));
      return challenge;
    }
    return challenge + ", name=\"" + name + '"';
  }

  private static Challenge http(
      SecurityScheme scheme, String realm, List<String> scopes, List<Finding> findings) {
    String name = scheme.scheme().orElse("");
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "basic" -> other("Basic realm=\"%s\", charset=\"UTF-8\"".formatted(realm));
      case "bearer" -> bearer(scheme, realm, scopes, findings);
      default -> {
        if (!Tokens.isToken(name)) {
          findings.add(
              new Finding(
                  RULE,
                  Severity.ERROR,
                  scheme.location(),
                  "\"" + name + "\" is no HTTP authentication scheme: it is not a token",
                  "name one such as basic, bearer or digest"));
        }
        yield other("%s realm=\"%s\"".formatted(name, realm));
      }
    };
  }

  /** RFC 6750 section 3. */
  private static Challenge bearer(
      SecurityScheme scheme, String realm, List<String> scopes, List<Finding> findings) {
    StringBuilder challenge = new StringBuilder("Bearer realm=\"").append(realm).append('"');
    List<String> told = new ArrayList<>();
    for (String scope : scopes) {
      if (isScope(scope)) {
        told.add(scope);
      } else {
        findings.add(
            new Finding(
                RULE,
                Severity.WARNING,
                scheme.location(),
                "no token has the scope \""
                    + scope
                    + "\": a scope is visible ASCII without"
                    + " quotes and backslashes",
                "name the scope accordingly"));
      }
    }
    if (!told.isEmpty()) {
      challenge.append(", scope=\"").append(String.join(" ", told)).append('"');
    }
    return new Challenge(challenge.toString(), true);
  }

  /** RFC 6749 section 3.3. */
  private static boolean isScope(String scope) {
    return scope.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\');
  }

  /** {@return a text as it stands in a quoted string, null if it cannot} */
  private static @Nullable String quotable(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c < 127)
        ? text.replace("\\", "\\\\").replace("\"", "\\\"")
        : null;
  }
}
