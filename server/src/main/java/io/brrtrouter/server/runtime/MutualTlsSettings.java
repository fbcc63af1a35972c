package io.brrtrouter.server.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whose certificates are accepted, as configured; {@code docs/configuration.md} explains each.
 *
 * @param subjects who, by name
 * @param anyTrusted whether everybody is whom TLS trusts
 */
public record MutualTlsSettings(Map<String, Subject> subjects, boolean anyTrusted) {

  /**
   * Somebody with a certificate.
   *
   * @param distinguishedName the subject of the certificate
   * @param alternativeName an alternative name of it
   * @param scopes scopes or roles
   */
  public record Subject(
      Optional<String> distinguishedName, Optional<String> alternativeName, List<String> scopes) {}
}
