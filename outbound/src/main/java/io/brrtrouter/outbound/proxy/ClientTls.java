package io.brrtrouter.outbound.proxy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** What a connection to a service is encrypted with (RFC 8446): whom to trust, and who we are. */
final class ClientTls {
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String END = "-----END PRIVATE KEY-----";
  private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");
  private static final char[] NO_PASSWORD = {};
  private static final int SAMPLE = 32;

  private ClientTls() {}

  /** A part that cannot be used. */
  enum Part {
    AUTHORITIES,
    CERTIFICATE,
    KEY
  }

  /** A file does not have what it should; the message is the rest of a sentence. */
  static final class UnusableException extends Exception {
    private static final long serialVersionUID = 1L;
    private final Part what;

    UnusableException(Part what, String message) {
      super(message);
      this.what = what;
    }

    Part what() {
      return what;
    }
  }

  /**
   * {@return what connections are made with}
   *
   * @param authorities certificates to trust, in PEM; those of the JDK when empty
   * @param chain our certificate and its chain, in PEM; none when empty
   * @param key its key, in PEM
   */
  static SSLContext context(
      Optional<String> authorities, Optional<String> chain, Optional<String> key)
      throws UnusableException, GeneralSecurityException, IOException {
    if (authorities.isEmpty() && chain.isEmpty()) {
      return SSLContext.getDefault();
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(
        chain.isPresent() && key.isPresent() ? identity(chain.get(), key.get()) : null,
        authorities.isPresent() ? trust(authorities.get()) : null,
        null);
    return context;
  }

  private static TrustManager[] trust(String pem)
      throws UnusableException, GeneralSecurityException, IOException {
    KeyStore store = empty();
    int number = 0;
    for (Certificate certificate : certificates(pem, Part.AUTHORITIES)) {
      store.setCertificateEntry("ca-" + number++, certificate);
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager[] identity(String chain, String key)
      throws UnusableException, GeneralSecurityException, IOException {
    Certificate[] certificates = certificates(chain, Part.CERTIFICATE);
    PrivateKey ours = key(key);
    if (!isPair(certificates[0].getPublicKey(), ours)) {
      throw new UnusableException(Part.KEY, "has the key of another certificate");
    }
    KeyStore store = empty();
    store.setKeyEntry("client", ours, NO_PASSWORD, certificates);
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  /** {@return whether one key verifies what the other one signs} */
  private static boolean isPair(PublicKey certified, PrivateKey ours)
      throws GeneralSecurityException {
    if (!certified.getAlgorithm().equals(ours.getAlgorithm())) {
      return false;
    }
    byte[] sample = new byte[SAMPLE];
    Signature signature =
        Signature.getInstance(
            switch (ours.getAlgorithm()) {
              case "EC" -> "SHA256withECDSA";
              case "RSA" -> "SHA256withRSA";
              default -> ours.getAlgorithm();
            });
    try {
      signature.initSign(ours);
      signature.update(sample);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(sample);
      return signature.verify(signed);
    } catch (SignatureException | InvalidKeyException _) {
      return false;
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  private static Certificate[] certificates(String pem, Part what)
      throws UnusableException, CertificateException {
    try {
      Certificate[] certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)))
              .toArray(Certificate[]::new);
      if (certificates.length > 0) {
        return certificates;
      }
    } catch (CertificateException unusable) {
      throw new UnusableException(what, "has a certificate that cannot be read");
    }
    throw new UnusableException(what, "has no certificate");
  }

  private static PrivateKey key(String pem) throws UnusableException, GeneralSecurityException {
    int begin = pem.indexOf(BEGIN);
    int end = pem.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new UnusableException(
          Part.KEY, "has no private key of PKCS#8, which begins with " + BEGIN);
    }
    byte[] octets;
    try {
      octets = Base64.getMimeDecoder().decode(pem.substring(begin + BEGIN.length(), end));
    } catch (IllegalArgumentException _) {
      throw new UnusableException(Part.KEY, "has a private key that is not base64");
    }
    for (String algorithm : ALGORITHMS) {
      PrivateKey key = key(algorithm, octets);
      if (key != null) {
        return key;
      }
    }
    throw new UnusableException(
        Part.KEY, "has a private key that is none of " + String.join(", ", ALGORITHMS));
  }

  private static @Nullable PrivateKey key(String algorithm, byte[] octets)
      throws GeneralSecurityException {
    try {
      return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(octets));
    } catch (InvalidKeySpecException _) {
      return null;
    }
  }
}
