package io.brrtrouter.security;

import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.UnusableSecretException;
import io.brrtrouter.server.runtime.AskingSettings;
import io.brrtrouter.server.runtime.IntrospectionSettings;
import io.brrtrouter.server.runtime.SecuritySettings;
import java.util.Objects;

/** Makes providers of {@code security.introspection}. */
final class IntrospectionSource {
  static final String SECTION = "introspection";

  private IntrospectionSource() {}

  static SecurityProvider provider(String name, SecurityScheme scheme, SecuritySettings settings)
      throws UnusableSecretException {
    if (!scheme.takesBearerToken()) {
      throw new UnusableSecretException(
          "the scheme is of type " + scheme.type() + ", which takes no bearer token");
    }
    IntrospectionSettings introspection =
        Objects.requireNonNull(settings.introspection().get(name));
    try {
      IntrospectionProviderBuilder builder = IntrospectionProvider.builder();
      introspection.url().ifPresent(builder::introspectionUrl);
      introspection.cookieName().ifPresent(builder::cookieName);
      client(introspection.client(), builder);
      tokens(introspection.tokens(), builder);
      asking(introspection.asking(), builder);
      return builder.build();
    } catch (IllegalArgumentException unfit) {
      throw new UnusableSecretException(SettingNames.in(String.valueOf(unfit.getMessage())));
    }
  }

  private static void client(
      IntrospectionSettings.Client client, IntrospectionProviderBuilder builder)
      throws UnusableSecretException {
    client.id().ifPresent(builder::clientId);
    client.secret().ifPresent(builder::clientSecret);
    if (client.secretFile().isPresent()) {
      builder.clientSecretFile(client.secretFile().get());
    }
  }

  private static void tokens(
      IntrospectionSettings.Tokens tokens, IntrospectionProviderBuilder builder) {
    tokens.issuer().ifPresent(builder::issuer);
    tokens.audiences().forEach(builder::audience);
    if (tokens.anyAudience()) {
      builder.anyAudience();
    }
    builder.subjectClaim(tokens.subjectClaim());
    builder.scopeClaims(tokens.scopeClaims().toArray(String[]::new));
  }

  private static void asking(AskingSettings asking, IntrospectionProviderBuilder builder)
      throws UnusableSecretException {
    builder
        .timeout(asking.timeout())
        .cacheTtl(asking.cacheTtl())
        .negativeCacheTtl(asking.negativeCacheTtl())
        .cacheSize(asking.cacheSize());
    if (asking.authorities().isPresent()) {
      builder.sslContext(TrustedAuthorities.in(asking.authorities().get()));
    }
  }
}
