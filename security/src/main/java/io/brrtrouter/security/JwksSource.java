package io.brrtrouter.security;

import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.UnusableSecretException;
import io.brrtrouter.server.runtime.JwksSettings;
import io.brrtrouter.server.runtime.SecuritySettings;
import java.net.URI;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/** Makes providers of {@code security.jwks}. */
final class JwksSource {
  static final String SECTION = "jwks";

  private JwksSource() {}

  static SecurityProvider provider(String name, SecurityScheme scheme, SecuritySettings settings)
      throws UnusableSecretException {
    if (!scheme.takesBearerToken()) {
      throw new UnusableSecretException(
          "the scheme is of type " + scheme.type() + ", which takes no bearer token");
    }
    JwksSettings jwks = Objects.requireNonNull(settings.jwks().get(name));
    try {
      JwtProviderBuilder builder = JwtProvider.builder();
      keys(jwks.keys(), scheme, builder);
      tokens(jwks.tokens(), builder);
      jwks.cookieName().ifPresent(builder::cookieName);
      if (jwks.revokedFile().isPresent()) {
        builder.revokedFile(jwks.revokedFile().get());
      }
      return builder.claimsCacheSize(jwks.claimsCacheSize()).build();
    } catch (IllegalArgumentException unfit) {
      throw new UnusableSecretException(SettingNames.in(String.valueOf(unfit.getMessage())));
    }
  }

  private static void keys(
      JwksSettings.Keys keys, SecurityScheme scheme, JwtProviderBuilder builder)
      throws UnusableSecretException {
    keys.url().ifPresent(builder::jwksUrl);
    keys.discovery().or(() -> discovery(keys, scheme)).ifPresent(builder::discovery);
    keys.file().ifPresent(builder::jwksFile);
    Optional<String> secret = secret(keys);
    if (secret.isPresent()) {
      builder.hmacSecret(decoded(secret.get()));
    }
    builder
        .cacheTtl(keys.ttl())
        .staleFor(keys.stale())
        .refetchInterval(keys.refetch())
        .timeout(keys.timeout());
    if (keys.authorities().isPresent()) {
      builder.sslContext(TrustedAuthorities.in(keys.authorities().get()));
    }
  }

  /** The document itself says where an OpenID provider describes itself. */
  private static Optional<URI> discovery(JwksSettings.Keys keys, SecurityScheme scheme) {
    boolean given =
        keys.url().isPresent()
            || keys.file().isPresent()
            || keys.secret().isPresent()
            || keys.secretFile().isPresent();
    return given
        ? Optional.empty()
        : scheme.openIdConnectUrl().or(scheme::oauth2MetadataUrl).map(URI::create);
  }

  private static Optional<String> secret(JwksSettings.Keys keys) throws UnusableSecretException {
    if (keys.secret().isPresent() && keys.secretFile().isPresent()) {
      throw new UnusableSecretException(
          "hmac_secret and hmac_secret_file are there, and only one can count");
    }
    if (keys.secretFile().isEmpty()) {
      return keys.secret();
    }
    return Optional.of(SecretFile.read(keys.secretFile().get()));
  }

  /** RFC 4648 section 5, with or without padding. */
  private static byte[] decoded(String secret) throws UnusableSecretException {
    try {
      return Base64.getUrlDecoder().decode(secret);
    } catch (IllegalArgumentException invalid) {
      throw new UnusableSecretException("hmac_secret is not base64url");
    }
  }

  private static void tokens(JwksSettings.Tokens tokens, JwtProviderBuilder builder) {
    tokens.issuer().ifPresent(builder::issuer);
    if (tokens.anyIssuer()) {
      builder.anyIssuer();
    }
    tokens.audiences().forEach(builder::audience);
    if (tokens.anyAudience()) {
      builder.anyAudience();
    }
    if (!tokens.algorithms().isEmpty()) {
      builder.algorithms(tokens.algorithms().toArray(String[]::new));
    }
    builder.types(
        tokens.types().stream()
            .map(type -> type.equals("none") ? "" : type)
            .toArray(String[]::new));
    builder.leeway(tokens.leeway()).requireExpiry(tokens.requireExpiry());
    if (!tokens.maxAge().isZero()) {
      builder.maxTokenAge(tokens.maxAge());
    }
    builder.subjectClaim(tokens.subjectClaim());
    builder.scopeClaims(tokens.scopeClaims().toArray(String[]::new));
  }
}
