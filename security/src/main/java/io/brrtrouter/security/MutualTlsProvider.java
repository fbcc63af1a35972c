package io.brrtrouter.security;

import io.brrtrouter.server.auth.Credential;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.http.HttpRequest;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * Says whose the certificate of a client is, for the security scheme {@code mutualTLS}: TLS itself
 * has verified it against the authorities it trusts. Never blocks; safe for use by many threads.
 *
 * <pre>{@code
 * MutualTlsProvider provider =
 *     MutualTlsProvider.builder()
 *         .distinguishedName("anna", "CN=anna,O=Pets", List.of("read"))
 *         .alternativeName("shop", "dns:shop.example.com", List.of())
 *         .build();
 * }</pre>
 *
 * <p>The principal's claims are {@code dn}, {@code san}, {@code serial} and {@code fingerprint}.
 */
public final class MutualTlsProvider implements SecurityProvider {
  private static final Verification UNKNOWN =
      Verification.refused("the client certificate is nobody's that is known here");
  private static final Verification AMBIGUOUS =
      Verification.refused("the client certificate is that of more than one");
  private static final Verification UNREADABLE =
      Verification.refused("the client certificate cannot be read");

  private final Map<X500Principal, Subject> byDistinguishedName;
  private final Map<String, Subject> byAlternativeName;
  private final boolean anyTrusted;
  private final ClientCertificates certificates;

  /** Somebody with a certificate. */
  record Subject(String name, List<String> scopes) {}

  MutualTlsProvider(
      Map<X500Principal, Subject> byDistinguishedName,
      Map<String, Subject> byAlternativeName,
      boolean anyTrusted,
      InstantSource clock) {
    this.byDistinguishedName = Map.copyOf(byDistinguishedName);
    this.byAlternativeName = Map.copyOf(byAlternativeName);
    this.anyTrusted = anyTrusted;
    this.certificates = new ClientCertificates(chain -> judge(chain.getFirst()), clock);
  }

  /** {@return a builder, which needs to be told whose certificates are accepted} */
  public static MutualTlsProviderBuilder builder() {
    return new MutualTlsProviderBuilder();
  }

  @Override
  public Verification verify(Credential credential, HttpRequest request) {
    return certificates.verify(credential);
  }

  @Override
  public Verification verifyOnLoop(Credential credential, HttpRequest request) {
    return certificates.verify(credential);
  }

  /** Nobody has a certificate of these authorities without their key, and nobody else is asked. */
  @Override
  public boolean resistsGuessing() {
    return true;
  }

  private Verification judge(X509Certificate certificate) {
    try {
      List<String> names = AlternativeNames.of(certificate);
      String distinguished = CertificateClaims.distinguishedName(certificate);
      Set<Subject> subjects = subjects(certificate.getSubjectX500Principal(), names);
      if (subjects.size() > 1) {
        return AMBIGUOUS;
      }
      if (subjects.isEmpty() && !anyTrusted) {
        return UNKNOWN;
      }
      Subject subject =
          subjects.isEmpty()
              ? new Subject(anonymous(distinguished, names), List.of())
              : subjects.iterator().next();
      return new Verification.Accepted(
          subject.name, subject.scopes, CertificateClaims.of(certificate, names));
    } catch (GeneralSecurityException unreadable) {
      return UNREADABLE;
    }
  }

  private Set<Subject> subjects(X500Principal distinguished, List<String> names) {
    Set<Subject> subjects = new LinkedHashSet<>();
    Subject direct = byDistinguishedName.get(distinguished);
    if (direct != null) {
      subjects.add(direct);
    }
    for (String name : names) {
      Subject alternative = byAlternativeName.get(name);
      if (alternative != null) {
        subjects.add(alternative);
      }
    }
    return subjects;
  }

  /** Certificates may have alternative names only. */
  private static String anonymous(String distinguished, List<String> names) {
    return distinguished.isEmpty() && !names.isEmpty() ? names.getFirst() : distinguished;
  }

  @Override
  public String description() {
    int count = byDistinguishedName.size() + byAlternativeName.size();
    String known = count == 1 ? "1 client certificate" : count + " client certificates";
    return anyTrusted ? "client certificates, all that TLS trusts" : known;
  }
}
