package io.brrtrouter.security;

import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.UnusableSecretException;
import io.brrtrouter.server.runtime.SecuritySettings;
import io.brrtrouter.server.runtime.SpiffeSettings;
import java.util.Objects;

/** Makes providers of {@code security.spiffe}: of tokens or of certificates, as the scheme is. */
final class SpiffeSource {
  static final String SECTION = "spiffe";

  private SpiffeSource() {}

  static SecurityProvider provider(String name, SecurityScheme scheme, SecuritySettings settings)
      throws UnusableSecretException {
    SpiffeSettings spiffe = Objects.requireNonNull(settings.spiffe().get(name));
    try {
      if (scheme.type().equals("mutualTLS")) {
        return certificates(spiffe);
      }
      if (scheme.takesBearerToken()) {
        return tokens(spiffe);
      }
    } catch (IllegalArgumentException unfit) {
      throw new UnusableSecretException(SettingNames.in(String.valueOf(unfit.getMessage())));
    }
    throw new UnusableSecretException(
        "the scheme is of type "
            + scheme.type()
            + ", which takes neither a bearer token nor a certificate");
  }

  private static SecurityProvider certificates(SpiffeSettings spiffe) {
    boolean forTokens =
        !spiffe.audiences().isEmpty()
            || spiffe.keys().url().isPresent()
            || spiffe.keys().file().isPresent()
            || spiffe.cookieName().isPresent();
    if (forTokens) {
      throw new IllegalArgumentException(
          "audiences, jwks_url, bundle_file and cookie_name are for tokens, and the scheme is"
              + " mutualTLS");
    }
    X509SvidProviderBuilder builder = X509SvidProvider.builder();
    spiffe.trustDomains().forEach(builder::trustDomain);
    spiffe.allowedIds().forEach(builder::allowedId);
    return builder.build();
  }

  private static SecurityProvider tokens(SpiffeSettings spiffe) throws UnusableSecretException {
    JwtSvidProviderBuilder builder = JwtSvidProvider.builder();
    spiffe.trustDomains().forEach(builder::trustDomain);
    spiffe.allowedIds().forEach(builder::allowedId);
    spiffe.audiences().forEach(builder::audience);
    spiffe.cookieName().ifPresent(builder::cookieName);
    SpiffeSettings.Keys keys = spiffe.keys();
    keys.url().ifPresent(builder::jwksUrl);
    keys.file().ifPresent(builder::bundleFile);
    if (keys.authorities().isPresent()) {
      builder.sslContext(TrustedAuthorities.in(keys.authorities().get()));
    }
    return builder.cacheTtl(keys.ttl()).leeway(spiffe.leeway()).build();
  }
}
