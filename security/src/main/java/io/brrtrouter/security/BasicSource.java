package io.brrtrouter.security;

import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.UnusableSecretException;
import io.brrtrouter.server.runtime.BasicSettings;
import io.brrtrouter.server.runtime.SecuritySettings;
import java.util.Map;
import java.util.Objects;

/** Makes providers of {@code security.basic}. */
final class BasicSource {
  static final String SECTION = "basic";

  private BasicSource() {}

  static SecurityProvider provider(String name, SecurityScheme scheme, SecuritySettings settings)
      throws UnusableSecretException {
    if (!scheme.type().equals("http") || !scheme.scheme().orElse("").equalsIgnoreCase("basic")) {
      throw new UnusableSecretException(
          "the scheme is of type "
              + scheme.type()
              + scheme.scheme().map(each -> " with " + each).orElse("")
              + ", which takes no password");
    }
    BasicSettings basic = Objects.requireNonNull(settings.basic().get(name));
    BasicProviderBuilder builder = BasicProvider.builder().cacheTtl(basic.cacheTtl());
    for (Map.Entry<String, BasicSettings.User> user : basic.users().entrySet()) {
      if (user.getValue().passwordHash().isEmpty()) {
        throw new UnusableSecretException("user " + user.getKey() + " has no password_hash");
      }
      builder.user(user.getKey(), user.getValue().passwordHash().get(), user.getValue().scopes());
    }
    basic.usersFile().ifPresent(builder::usersFile);
    if (basic.concurrency() > 0) {
      builder.concurrency(basic.concurrency());
    }
    return builder.build();
  }
}
