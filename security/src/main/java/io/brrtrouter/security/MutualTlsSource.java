package io.brrtrouter.security;

import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.scheme.SchemeKeys;
import io.brrtrouter.server.scheme.SchemeSetting;
import io.brrtrouter.server.scheme.SchemeSettings;
import io.brrtrouter.server.scheme.SecuritySource;
import io.brrtrouter.server.scheme.UnusableSettingsException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes providers of {@code security.mutual_tls}: certificates of clients. The server finds it by
 * itself.
 */
public final class MutualTlsSource implements SecuritySource {
  private static final SchemeKeys KEYS = new SchemeKeys("mutual_tls");

  private static final String SUBJECTS = "subjects";

  private static final ConfigKey<Optional<String>> DN =
      KEYS.word(
              "subjects.<name>.dn",
              "The subject of a certificate that is accepted, as RFC 2253 writes it (`CN=anna,O=Pets`):"
                  + " all of it, in its order; capitals and further spaces do not count. The name of"
                  + " the setting becomes the principal's.")
          .alsoCalled("subject", "distinguished_name", "cn");
  private static final ConfigKey<Optional<String>> SAN =
      KEYS.word(
              "subjects.<name>.san",
              "Instead of `dn`, an alternative name of the certificate: `dns:...`, `uri:...` or"
                  + " `email:...`.")
          .alsoCalled("alternative_name", "subject_alternative_name", "dns", "uri", "email");
  private static final ConfigKey<List<String>> SCOPES =
      KEYS.scopes("subjects.<name>.scopes", "Scopes or roles that go with it.")
          .alsoCalled("scope", "roles");
  private static final ConfigKey<Boolean> ANY_TRUSTED =
      KEYS.flag(
              "any_trusted",
              "Accept everybody with a certificate that TLS trusts: whoever the trusted"
                  + " authorities have given one, for whatever purpose.")
          .alsoCalled("any", "any_subject");

  private static final List<ConfigKey<?>> ALL = List.of(DN, SAN, SCOPES, ANY_TRUSTED);

  /** For {@link java.util.ServiceLoader}. */
  public MutualTlsSource() {}

  @Override
  public String section() {
    return KEYS.section();
  }

  @Override
  public List<ConfigKey<?>> keys() {
    return ALL;
  }

  @Override
  public SecurityProvider provider(SchemeSettings settings) throws UnusableSettingsException {
    Attempts attempts =
        Attempts.at(settings, ALL, settings.scheme().type().equals("mutualTLS"), "no certificate");
    MutualTlsProviderBuilder builder = MutualTlsProvider.builder();
    if (settings.get(ANY_TRUSTED)) {
      builder.anyTrusted();
    }
    settings.names(SUBJECTS).forEach(name -> subject(name, settings, builder, attempts));
    attempts.throwUnlessEmpty();
    return attempts.provider(builder::mistakes, builder::build);
  }

  /** Whoever is accepted because TLS trusts it has no scopes. */
  @Override
  public Optional<List<Set<String>>> granted(SchemeSettings settings) {
    return Optional.of(
        settings.names(SUBJECTS).stream()
            .map(name -> Set.copyOf(settings.get(SCOPES, name)))
            .toList());
  }

  private static void subject(
      String name, SchemeSettings settings, MutualTlsProviderBuilder builder, Attempts attempts) {
    SchemeSetting<Optional<String>> dn = settings.at(DN, name);
    SchemeSetting<Optional<String>> san = settings.at(SAN, name);
    List<String> scopes = settings.get(SCOPES, name);
    if (dn.value().isPresent() && san.value().isPresent()) {
      attempts.refuse(dn.mistake("and san are there, and one only can count", "take one out"));
      return;
    }
    if (dn.value().isEmpty() && san.value().isEmpty()) {
      attempts.refuse(
          dn.mistake("is missing", "set it to the subject of the certificate, or san beside it"));
      return;
    }
    dn.value()
        .ifPresent(
            value -> attempts.call(dn, () -> builder.distinguishedName(name, value, scopes)));
    san.value()
        .ifPresent(value -> attempts.call(san, () -> builder.alternativeName(name, value, scopes)));
  }
}
