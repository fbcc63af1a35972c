package io.brrtrouter.security;

import io.brrtrouter.server.auth.Credential;
import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate of a client as TLS hands it on; who signed it matters only where a test says so.
 */
final class TestCertificate {
  static final int SIGNS = KeyUsage.digitalSignature;
  static final int SIGNS_CERTIFICATES = KeyUsage.keyCertSign;
  static final int SIGNS_LISTS = KeyUsage.cRLSign;
  static final int AGREES_KEYS = KeyUsage.keyAgreement;

  private final String subject;
  private final List<GeneralName> names = new ArrayList<>();
  private int usage = SIGNS;
  private boolean authority;
  private TestKey own = TestKey.P256;
  private String issuer = "CN=Test authority";
  private TestKey issuerKey = TestKey.P256;

  private TestCertificate(String subject) {
    this.subject = subject;
  }

  static TestCertificate of(String subject) {
    return new TestCertificate(subject);
  }

  TestCertificate dns(String name) {
    names.add(new GeneralName(GeneralName.dNSName, name));
    return this;
  }

  TestCertificate uri(String name) {
    names.add(new GeneralName(GeneralName.uniformResourceIdentifier, name));
    return this;
  }

  TestCertificate email(String name) {
    names.add(new GeneralName(GeneralName.rfc822Name, name));
    return this;
  }

  TestCertificate address(String address) {
    names.add(new GeneralName(GeneralName.iPAddress, address));
    return this;
  }

  /** {@return an authority that signs for itself} */
  static TestCertificate authority(String subject, TestKey key) {
    return of(subject).authority().usage(SIGNS_CERTIFICATES).key(key).issuedBy(subject, key);
  }

  TestCertificate key(TestKey key) {
    own = key;
    return this;
  }

  TestCertificate issuedBy(String name, TestKey key) {
    issuer = name;
    issuerKey = key;
    return this;
  }

  /** 0 for no such extension. */
  TestCertificate usage(int bits) {
    usage = bits;
    return this;
  }

  TestCertificate authority() {
    authority = true;
    return this;
  }

  /** {@return one of serial number 4711, good for a day around the start of a test's clock} */
  X509Certificate make() {
    Instant start = Instant.ofEpochSecond(TestClock.START_SECONDS);
    return between(start.minus(Duration.ofHours(12)), start.plus(Duration.ofHours(12)));
  }

  X509Certificate between(Instant from, Instant until) {
    try {
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              new X500Principal(issuer),
              BigInteger.valueOf(4711),
              Date.from(from),
              Date.from(until),
              new X500Principal(subject),
              own.pair().getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
      if (usage != 0) {
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
      }
      if (!names.isEmpty()) {
        builder.addExtension(
            Extension.subjectAlternativeName,
            subject.isEmpty(),
            new GeneralNames(names.toArray(GeneralName[]::new)));
      }
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA")
                      .build(issuerKey.pair().getPrivate())));
    } catch (Exception impossible) {
      throw new AssertionError(impossible);
    }
  }

  static Credential credential(X509Certificate... chain) {
    return new Credential.ClientCertificate(List.of(chain));
  }

  static String pem(X509Certificate certificate) {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
