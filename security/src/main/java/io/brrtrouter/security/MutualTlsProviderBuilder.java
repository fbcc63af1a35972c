package io.brrtrouter.security;

import io.brrtrouter.security.MutualTlsProvider.Subject;
import java.time.Clock;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/**
 * Builds a {@link MutualTlsProvider}. It needs a {@link #distinguishedName} or an {@link
 * #alternativeName}, or {@link #anyTrusted}. What cannot be used is refused by the method that
 * takes it.
 */
public final class MutualTlsProviderBuilder {
  private final Map<String, Subject> byDistinguishedName = new HashMap<>();
  private final Map<String, Subject> byAlternativeName = new HashMap<>();
  private boolean anyTrusted;
  private InstantSource clock = Clock.systemUTC();

  MutualTlsProviderBuilder() {}

  /**
   * Accepts certificates with a subject.
   *
   * @param name the name of who has one, which becomes the principal's
   * @param distinguishedName the subject of the certificate (RFC 2253), exactly
   * @param scopes scopes or roles
   * @return this
   */
  public MutualTlsProviderBuilder distinguishedName(
      String name, String distinguishedName, List<String> scopes) {
    String exact;
    try {
      exact = new X500Principal(distinguishedName).getName(X500Principal.RFC2253);
    } catch (IllegalArgumentException invalid) {
      throw new IllegalArgumentException(
          name + ": dn \"" + distinguishedName + "\" is no distinguished name", invalid);
    }
    if (exact.isEmpty()) {
      throw new IllegalArgumentException(name + ": dn is empty");
    }
    add(byDistinguishedName, exact, new Subject(name, List.copyOf(scopes)));
    return this;
  }

  /**
   * Accepts certificates with an alternative name, among others.
   *
   * @param name the name of who has one, which becomes the principal's
   * @param alternativeName {@code dns:}, {@code uri:} or {@code email:} and the name, exactly;
   *     capitals of host names do not count
   * @param scopes scopes or roles
   * @return this
   */
  public MutualTlsProviderBuilder alternativeName(
      String name, String alternativeName, List<String> scopes) {
    if (!AlternativeNames.isOne(alternativeName)) {
      throw new IllegalArgumentException(
          name + ": san \"" + alternativeName + "\" does not begin with dns:, uri: or email:");
    }
    add(
        byAlternativeName,
        AlternativeNames.comparable(alternativeName),
        new Subject(name, List.copyOf(scopes)));
    return this;
  }

  private static void add(Map<String, Subject> subjects, String key, Subject subject) {
    Subject other = subjects.putIfAbsent(key, subject);
    if (other != null) {
      throw new IllegalArgumentException(
          other.name() + " and " + subject.name() + " have the same certificate");
    }
  }

  /**
   * Also accepts everybody else whom TLS trusts, without scopes; the subject is that of the
   * certificate. Only where the trusted authorities give certificates to nobody else.
   *
   * @return this
   */
  public MutualTlsProviderBuilder anyTrusted() {
    anyTrusted = true;
    return this;
  }

  /**
   * Sets what tells the time.
   *
   * @param clock the system's unless set
   * @return this
   */
  public MutualTlsProviderBuilder clock(InstantSource clock) {
    this.clock = clock;
    return this;
  }

  /**
   * Builds the provider.
   *
   * @return the provider
   * @throws IllegalArgumentException if it would accept nobody
   */
  public MutualTlsProvider build() {
    if (byDistinguishedName.isEmpty() && byAlternativeName.isEmpty() && !anyTrusted) {
      throw new IllegalArgumentException(
          "subjects are missing: name them, or accept everybody whom TLS trusts with anyTrusted");
    }
    return new MutualTlsProvider(byDistinguishedName, byAlternativeName, anyTrusted, clock);
  }
}
