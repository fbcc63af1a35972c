package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.UnusableSecretException;
import java.util.Set;

/**
 * Makes providers of what is configured. Modules that verify credentials offer one, which is found
 * by {@link java.util.ServiceLoader}.
 */
public interface SecuritySource {

  /** {@return the sections of {@code security} that it makes providers of} */
  Set<String> sections();

  /**
   * Makes a provider.
   *
   * @param section one of {@link #sections}
   * @param name name of the scheme in the configuration
   * @param scheme the scheme in the document
   * @param settings the settings
   * @return the provider; one that is {@link AutoCloseable} is closed when the server has stopped
   * @throws UnusableSecretException if what is configured cannot be used: a sentence without its
   *     full stop, which says why
   */
  SecurityProvider provider(
      String section, String name, SecurityScheme scheme, SecuritySettings settings)
      throws UnusableSecretException;
}
