package io.brrtrouter.security;

import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.UnusableSecretException;
import io.brrtrouter.server.runtime.AskingSettings;
import io.brrtrouter.server.runtime.RemoteApiKeySettings;
import io.brrtrouter.server.runtime.SecuritySettings;
import java.util.Objects;

/** Makes providers of {@code security.remote_api_keys}. */
final class RemoteApiKeySource {
  static final String SECTION = "remote_api_keys";

  private RemoteApiKeySource() {}

  static SecurityProvider provider(String name, SecurityScheme scheme, SecuritySettings settings)
      throws UnusableSecretException {
    if (!scheme.type().equals("apiKey")) {
      throw new UnusableSecretException(
          "the scheme is of type " + scheme.type() + ", which takes no API key");
    }
    RemoteApiKeySettings keys = Objects.requireNonNull(settings.remoteApiKeys().get(name));
    AskingSettings asking = keys.asking();
    try {
      RemoteApiKeyProviderBuilder builder = RemoteApiKeyProvider.builder();
      keys.url().ifPresent(builder::verifyUrl);
      builder
          .headerName(keys.headerName())
          .timeout(asking.timeout())
          .cacheTtl(asking.cacheTtl())
          .negativeCacheTtl(asking.negativeCacheTtl())
          .cacheSize(asking.cacheSize());
      if (asking.authorities().isPresent()) {
        builder.sslContext(TrustedAuthorities.in(asking.authorities().get()));
      }
      return builder.build();
    } catch (IllegalArgumentException unfit) {
      throw new UnusableSecretException(SettingNames.in(String.valueOf(unfit.getMessage())));
    }
  }
}
