package io.brrtrouter.security;

import io.brrtrouter.server.auth.UnusableSecretException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The authorities of one trust domain (X509-SVID section 5): certificates count only where one of
 * these stands behind them, whomever TLS trusts besides. Immutable.
 *
 * @param anchors the authorities
 */
record SvidAuthorities(Set<TrustAnchor> anchors) {
  /** Those of a bundle that is gone: nobody. */
  static final SvidAuthorities NONE = new SvidAuthorities(Set.of());

  /** {@return those of certificates in PEM} */
  static SvidAuthorities read(String pem) throws UnusableSecretException {
    try {
      Set<TrustAnchor> anchors =
          TrustedAuthorities.certificates(pem.getBytes(StandardCharsets.UTF_8)).stream()
              .map(SvidAuthorities::anchor)
              .collect(Collectors.toUnmodifiableSet());
      if (anchors.isEmpty()) {
        throw new UnusableSecretException("it has no certificate");
      }
      return new SvidAuthorities(anchors);
    } catch (CertificateException invalid) {
      throw new UnusableSecretException(
          "it cannot be read as PEM certificates: " + invalid.getMessage());
    }
  }

  private static TrustAnchor anchor(Certificate certificate) {
    return new TrustAnchor((X509Certificate) certificate, null);
  }

  /**
   * {@return whether one of them stands behind a chain (RFC 5280 section 6)}
   *
   * @param chain the client's own certificate first, and others that may lead to an authority
   * @param now when
   */
  boolean standBehind(List<X509Certificate> chain, Instant now) {
    if (anchors.isEmpty()) {
      return false;
    }
    try {
      CertPathBuilder.getInstance("PKIX").build(parameters(chain, now));
      return true;
    } catch (GeneralSecurityException untrusted) {
      return false;
    }
  }

  private PKIXBuilderParameters parameters(List<X509Certificate> chain, Instant now)
      throws GeneralSecurityException {
    X509CertSelector own = new X509CertSelector();
    own.setCertificate(chain.getFirst());
    PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, own);
    parameters.addCertStore(
        CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
    parameters.setDate(Date.from(now));
    // Nobody is asked about revocation: such certificates are good for hours.
    parameters.setRevocationEnabled(false);
    return parameters;
  }
}
