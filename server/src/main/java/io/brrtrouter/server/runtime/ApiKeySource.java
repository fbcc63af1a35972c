package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.server.auth.ApiKeyProvider;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.UnusableSecretException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Makes providers of {@code security.api_keys}.
 *
 * @param environment the variables that a key may be in
 */
record ApiKeySource(Map<String, String> environment) implements SecuritySource {
  private static final String SECTION = "api_keys";

  @Override
  public Set<String> sections() {
    return Set.of(SECTION);
  }

  @Override
  public SecurityProvider provider(
      String section, String name, SecurityScheme scheme, SecuritySettings settings)
      throws UnusableSecretException {
    if (!scheme.type().equals("apiKey")) {
      throw new UnusableSecretException(
          "it is of type " + scheme.type() + ", which no API key satisfies");
    }
    SecuritySettings.ApiKeys keys = Objects.requireNonNull(settings.apiKeys().get(name));
    ApiKeyProvider.Builder builder = ApiKeyProvider.builder();
    if (keys.key().isPresent()) {
      builder.key(name, keys.key().get(), keys.scopes());
    }
    keys.keyFile().ifPresent(file -> builder.keyFile(name, file, keys.scopes()));
    keys.keysDirectory().ifPresent(each -> builder.keysDirectory(each, keys.scopes()));
    for (Map.Entry<String, SecuritySettings.Client> client : keys.clients().entrySet()) {
      add(client.getKey(), client.getValue(), builder);
    }
    return builder.build();
  }

  private void add(String name, SecuritySettings.Client client, ApiKeyProvider.Builder builder)
      throws UnusableSecretException {
    List<String> scopes = client.scopes();
    if (client.key().isPresent()) {
      builder.key(name, client.key().get(), scopes);
    }
    client.keyFile().ifPresent(file -> builder.keyFile(name, file, scopes));
    if (client.keyVariable().isPresent()) {
      String variable = client.keyVariable().get();
      String key = environment.get(variable);
      if (key == null) {
        throw new UnusableSecretException(
            "there is no environment variable "
                + variable
                + ", which should have the key of "
                + name);
      }
      builder.key(name, key, scopes);
    }
    if (client.key().isEmpty() && client.keyFile().isEmpty() && client.keyVariable().isEmpty()) {
      throw new UnusableSecretException("client " + name + " has no key");
    }
  }
}
