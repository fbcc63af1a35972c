package io.brrtrouter.security;

import io.brrtrouter.server.auth.UnusableSecretException;
import io.brrtrouter.server.files.SmallFile;
import io.brrtrouter.server.files.UnreadableFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificate authorities of a file in PEM, in place of those that the JDK trusts. */
final class TrustedAuthorities {
  /** Several hundred authorities take less: the whole list of a Linux has a quarter of it. */
  static final int MOST_OCTETS = 1 << 20;

  private TrustedAuthorities() {}

  static SSLContext in(Path file) throws UnusableSecretException {
    try {
      Collection<? extends Certificate> certificates =
          certificates(new SmallFile(file, MOST_OCTETS).octets());
      if (certificates.isEmpty()) {
        throw new UnusableSecretException(file + " has no certificate");
      }
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (Certificate certificate : certificates) {
        trusted.setCertificateEntry("ca-" + number++, certificate);
      }
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (UnreadableFileException unreadable) {
      throw new UnusableSecretException(String.valueOf(unreadable.getMessage()));
    } catch (IOException | GeneralSecurityException invalid) {
      throw new UnusableSecretException(
          file + " cannot be read as PEM certificates: " + invalid.getMessage());
    }
  }

  static Collection<? extends Certificate> certificates(byte[] pem) throws CertificateException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificates(new ByteArrayInputStream(pem));
  }
}
