package io.brrtrouter.security;

import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.UnusableSecretException;
import io.brrtrouter.server.runtime.SecuritySettings;
import io.brrtrouter.server.runtime.SecuritySource;
import java.util.Set;

/** What this module makes of a server's configuration. The server finds it by itself. */
public final class ConfiguredProviders implements SecuritySource {

  /** For {@link java.util.ServiceLoader}. */
  public ConfiguredProviders() {}

  @Override
  public Set<String> sections() {
    return Set.of(
        JwksSource.SECTION,
        BasicSource.SECTION,
        IntrospectionSource.SECTION,
        RemoteApiKeySource.SECTION,
        MutualTlsSource.SECTION,
        SpiffeSource.SECTION);
  }

  @Override
  public SecurityProvider provider(
      String section, String name, SecurityScheme scheme, SecuritySettings settings)
      throws UnusableSecretException {
    return switch (section) {
      case JwksSource.SECTION -> JwksSource.provider(name, scheme, settings);
      case BasicSource.SECTION -> BasicSource.provider(name, scheme, settings);
      case IntrospectionSource.SECTION -> IntrospectionSource.provider(name, scheme, settings);
      case RemoteApiKeySource.SECTION -> RemoteApiKeySource.provider(name, scheme, settings);
      case MutualTlsSource.SECTION -> MutualTlsSource.provider(name, scheme, settings);
      case SpiffeSource.SECTION -> SpiffeSource.provider(name, scheme, settings);
      default -> throw new IllegalArgumentException(section);
    };
  }
}
