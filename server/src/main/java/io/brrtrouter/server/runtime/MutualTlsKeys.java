package io.brrtrouter.server.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings about certificates of clients, for each {@code mutualTLS} scheme. */
final class MutualTlsKeys {
  static final SchemeKeys SECTION = new SchemeKeys("security.mutual_tls");

  static final ConfigKey<Optional<String>> DN =
      SECTION.word(
          "subjects.<name>.dn",
          "The subject of a certificate that is accepted, as RFC 2253 writes it (`CN=anna,O=Pets`):"
              + " exactly that. The name of the setting becomes the principal's.");
  static final ConfigKey<Optional<String>> SAN =
      SECTION.word(
          "subjects.<name>.san",
          "Instead of `dn`, an alternative name of the certificate: `dns:...`, `uri:...` or"
              + " `email:...`.");
  static final ConfigKey<List<String>> SCOPES =
      SECTION.scopes("subjects.<name>.scopes", "Scopes or roles that go with it.");
  static final ConfigKey<Boolean> ANY_TRUSTED =
      SECTION.flag(
          "any_trusted",
          "Accept everybody with a certificate that TLS trusts: whoever the trusted"
              + " authorities have given one, for whatever purpose.");

  static final List<ConfigKey<?>> ALL = List.of(DN, SAN, SCOPES, ANY_TRUSTED);

  private MutualTlsKeys() {}

  static MutualTlsSettings of(ConfigValues values, String scheme) {
    Map<String, MutualTlsSettings.Subject> subjects = new LinkedHashMap<>();
    String section = SECTION.section() + "." + ConfigName.segment(scheme) + ".subjects";
    for (String name : values.names(section)) {
      subjects.put(
          name,
          new MutualTlsSettings.Subject(
              values.get(DN.of(scheme, name)),
              values.get(SAN.of(scheme, name)),
              values.get(SCOPES.of(scheme, name))));
    }
    return new MutualTlsSettings(subjects, values.get(ANY_TRUSTED.of(scheme)));
  }
}
