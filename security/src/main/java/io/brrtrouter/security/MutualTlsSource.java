package io.brrtrouter.security;

import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.UnusableSecretException;
import io.brrtrouter.server.runtime.MutualTlsSettings;
import io.brrtrouter.server.runtime.SecuritySettings;
import java.util.Map;
import java.util.Objects;

/** Makes providers of {@code security.mutual_tls}. */
final class MutualTlsSource {
  static final String SECTION = "mutual_tls";

  private MutualTlsSource() {}

  static SecurityProvider provider(String name, SecurityScheme scheme, SecuritySettings settings)
      throws UnusableSecretException {
    if (!scheme.type().equals("mutualTLS")) {
      throw new UnusableSecretException(
          "the scheme is of type " + scheme.type() + ", which takes no certificate");
    }
    MutualTlsSettings tls = Objects.requireNonNull(settings.mutualTls().get(name));
    MutualTlsProviderBuilder builder = MutualTlsProvider.builder();
    if (tls.anyTrusted()) {
      builder.anyTrusted();
    }
    try {
      for (Map.Entry<String, MutualTlsSettings.Subject> each : tls.subjects().entrySet()) {
        add(each.getKey(), each.getValue(), builder);
      }
      return builder.build();
    } catch (IllegalArgumentException unfit) {
      throw new UnusableSecretException(SettingNames.in(String.valueOf(unfit.getMessage())));
    }
  }

  private static void add(
      String name, MutualTlsSettings.Subject subject, MutualTlsProviderBuilder builder) {
    if (subject.distinguishedName().isPresent() == subject.alternativeName().isPresent()) {
      throw new IllegalArgumentException(name + " needs one of dn and san");
    }
    subject
        .distinguishedName()
        .ifPresent(dn -> builder.distinguishedName(name, dn, subject.scopes()));
    subject
        .alternativeName()
        .ifPresent(san -> builder.alternativeName(name, san, subject.scopes()));
  }
}
