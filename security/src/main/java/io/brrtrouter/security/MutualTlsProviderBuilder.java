package io.brrtrouter.security;

import io.brrtrouter.security.MutualTlsProvider.Subject;
import java.time.Clock;
import java.time.InstantSource;
import java.util.EnumSet;
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
  private final Map<X500Principal, Subject> byDistinguishedName = new HashMap<>();
  private final Map<String, Subject> byAlternativeName = new HashMap<>();
  private boolean anyTrusted;
  private InstantSource clock = Clock.systemUTC();

  MutualTlsProviderBuilder() {}

  /**
   * Accepts certificates with a subject.
   *
   * @param name the name of who has one, which becomes the principal's
   * @param distinguishedName the subject of the certificate (RFC 2253), all of it, compared as RFC
   *     5280 section 7.1 does: capitals do not count, nor do spaces around and between words; the
   *     order of its parts does
   * @param scopes scopes or roles
   * @return this
   */
  public MutualTlsProviderBuilder distinguishedName(
      String name, String distinguishedName, List<String> scopes) {
    X500Principal subject;
    try {
      subject = new X500Principal(distinguishedName);
    } catch (IllegalArgumentException _) {
      throw wrong(
          Option.DISTINGUISHED_NAME,
          "= \"" + distinguishedName + "\" is no distinguished name",
          "write it as RFC 2253 does: CN=anna,O=Pets");
    }
    if (subject.getName().isEmpty()) {
      throw wrong(Option.DISTINGUISHED_NAME, "is empty", "write it like CN=anna,O=Pets");
    }
    add(
        Option.DISTINGUISHED_NAME,
        byDistinguishedName,
        subject,
        new Subject(name, List.copyOf(scopes)));
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
      throw wrong(
          Option.ALTERNATIVE_NAME,
          "= \"" + alternativeName + "\" does not say of what kind it is",
          "begin it with dns:, uri: or email:");
    }
    add(
        Option.ALTERNATIVE_NAME,
        byAlternativeName,
        AlternativeNames.comparable(alternativeName),
        new Subject(name, List.copyOf(scopes)));
    return this;
  }

  private static <K> void add(Option option, Map<K, Subject> subjects, K key, Subject subject) {
    Subject other = subjects.putIfAbsent(key, subject);
    if (other != null) {
      throw wrong(option, "is that of " + other.name() + " too", "give each subject its own");
    }
  }

  private static MistakeException wrong(Option option, String message, String fix) {
    return new MistakeException(Mistake.of(option, message, fix));
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
    MistakeException.throwUnlessEmpty(mistakes());
    return new MutualTlsProvider(byDistinguishedName, byAlternativeName, anyTrusted, clock);
  }

  /** {@return that nobody would be accepted, if so} */
  List<Mistake> mistakes() {
    return byDistinguishedName.isEmpty() && byAlternativeName.isEmpty() && !anyTrusted
        ? List.of(
            Mistake.among(
                EnumSet.of(Option.DISTINGUISHED_NAME, Option.ALTERNATIVE_NAME, Option.ANY_TRUSTED),
                _ -> "accepts nobody",
                name ->
                    "name subjects with %s or %s, or accept everybody whom TLS trusts with %s"
                        .formatted(
                            name.apply(Option.DISTINGUISHED_NAME),
                            name.apply(Option.ALTERNATIVE_NAME),
                            name.apply(Option.ANY_TRUSTED))))
        : List.of();
  }
}
