package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.SecurityScheme;
import java.util.Locale;

/** Which settings make a provider for a security scheme, for whoever has none. */
final class ProviderHint {
  private ProviderHint() {}

  static String of(String name, SecurityScheme scheme) {
    return switch (scheme.type()) {
      case "apiKey" ->
          "security.api_keys.%s.key or security.remote_api_keys.%s.verify_url"
              .formatted(name, name);
      case "http" ->
          switch (scheme.scheme().orElse("").toLowerCase(Locale.ROOT)) {
            case "basic" -> "security.basic.%s.users_file".formatted(name);
            case "bearer" -> token(name);
            default -> "a scheme that the server knows, such as basic or bearer";
          };
      case "mutualTLS" -> "tls.client_ca_file and security.mutual_tls.%s".formatted(name);
      case "openIdConnect" -> audience(name);
      // The document says where the keys are.
      case "oauth2" ->
          scheme.oauth2MetadataUrl().isPresent()
              ? audience(name) + " or " + introspection(name)
              : token(name);
      default -> token(name);
    };
  }

  private static String token(String name) {
    return "security.jwks.%s.jwks_url or ".formatted(name) + introspection(name);
  }

  private static String audience(String name) {
    return "security.jwks.%s.aud".formatted(name);
  }

  private static String introspection(String name) {
    return "security.introspection.%s.introspection_url".formatted(name);
  }
}
