package io.brrtrouter.server.tls;

import io.brrtrouter.server.tls.TlsProblem.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * What handshakes need, made of what the files hold: immutable, and taken as a whole or not at all.
 *
 * @param context makes engines
 * @param chain the server's certificate and those behind it
 */
record TlsMaterial(SSLContext context, List<X509Certificate> chain) {
  /** A client whose certificate has ended is not let in for longer by a session it had. */
  private static final Duration SESSION = Duration.ofHours(1);

  private static final char[] NO_PASSWORD = {};

  /** What is shorter can be factored, and the JDK refuses the shortest only when a client comes. */
  private static final int LEAST_RSA_BITS = 2048;

  /**
   * {@return what the files make}
   *
   * @throws TlsException if they do not make a whole, with every reason
   */
  static TlsMaterial of(TlsFiles files) throws TlsException {
    List<TlsProblem> problems = new ArrayList<>(files.problems());
    List<X509Certificate> chain =
        files.texts().containsKey(Part.CERTIFICATE)
            ? certificates(files.pem(Part.CERTIFICATE), problems)
            : List.of();
    PrivateKey key = files.texts().containsKey(Part.KEY) ? key(files, problems) : null;
    List<X509Certificate> authorities =
        files.texts().containsKey(Part.CLIENT_AUTHORITIES)
            ? certificates(files.pem(Part.CLIENT_AUTHORITIES), problems)
            : List.of();
    if (!chain.isEmpty()) {
      checkChain(chain, files.path(Part.CERTIFICATE), problems);
    }
    if (key != null && !chain.isEmpty()) {
      checkKey(key, chain.getFirst().getPublicKey(), files, problems);
    }
    if (key == null || !problems.isEmpty()) {
      throw new TlsException(problems);
    }
    return new TlsMaterial(context(key, chain, authorities), chain);
  }

  private static List<X509Certificate> certificates(Pem pem, List<TlsProblem> problems) {
    try {
      return pem.certificates();
    } catch (TlsException e) {
      problems.addAll(e.problems());
      return List.of();
    }
  }

  private static @Nullable PrivateKey key(TlsFiles files, List<TlsProblem> problems) {
    try {
      return files.pem(Part.KEY).key(files.password());
    } catch (TlsException e) {
      problems.addAll(e.problems());
      return null;
    }
  }

  /** Each certificate is followed by the one of who issued it (RFC 5246 section 7.4.2). */
  private static void checkChain(
      List<X509Certificate> chain, Path file, List<TlsProblem> problems) {
    for (int i = 1; i < chain.size(); i++) {
      X509Certificate issued = chain.get(i - 1);
      X509Certificate next = chain.get(i);
      boolean again = chain.subList(0, i).contains(next);
      if (again || !issued.getIssuerX500Principal().equals(next.getSubjectX500Principal())) {
        problems.add(
            new TlsProblem(
                Part.CERTIFICATE,
                file
                    + (again
                        ? " has certificate %d (%s) twice"
                            .formatted(i + 1, next.getSubjectX500Principal())
                        : " has certificate %d (%s), which has not issued the one before it"
                            .formatted(i + 1, next.getSubjectX500Principal())),
                "put the server's certificate first, then the one that issued it, and so on;"
                    + " nothing else"));
        return;
      }
    }
  }

  private static void checkKey(
      PrivateKey key, PublicKey publicKey, TlsFiles files, List<TlsProblem> problems) {
    if (publicKey instanceof RSAKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
      problems.add(
          new TlsProblem(
              Part.CERTIFICATE,
              "%s has an RSA key of %d bits"
                  .formatted(files.path(Part.CERTIFICATE), rsa.getModulus().bitLength()),
              "take one of %d bits at least, or an elliptic curve".formatted(LEAST_RSA_BITS)));
      return;
    }
    try {
      if (!fits(key, publicKey)) {
        problems.add(
            new TlsProblem(
                Part.KEY,
                files.path(Part.KEY)
                    + " has a key that is not the one of the certificate in "
                    + files.path(Part.CERTIFICATE),
                "give the key and the certificate that were made together"));
      }
    } catch (GeneralSecurityException unsupported) {
      problems.add(
          new TlsProblem(
              Part.KEY,
              files.path(Part.KEY) + " has a key that the JDK cannot sign with",
              "take an elliptic curve key (P-256, P-384 or P-521), Ed25519, or RSA"));
    }
  }

  /** {@return whether what one signs is verified by the other} */
  private static boolean fits(PrivateKey key, PublicKey publicKey) throws GeneralSecurityException {
    if (!kind(key).equals(kind(publicKey))) {
      return false;
    }
    Signature signer = signature(key.getAlgorithm());
    signer.initSign(key);
    byte[] nonce = SecureRandom.getSeed(16);
    signer.update(nonce);
    byte[] signed = signer.sign();
    Signature verifier = signature(key.getAlgorithm());
    try {
      verifier.initVerify(publicKey);
      verifier.update(nonce);
      return verifier.verify(signed);
    } catch (GeneralSecurityException otherKey) {
      return false; // Of another length, or on another curve.
    }
  }

  /** Ed25519 keys call themselves by their curve or by its kind, as they were read. */
  private static String kind(Key key) {
    return key.getAlgorithm().startsWith("Ed") ? "EdDSA" : key.getAlgorithm();
  }

  private static Signature signature(String algorithm) throws GeneralSecurityException {
    return switch (algorithm) {
      case "RSA" -> Signature.getInstance("SHA256withRSA");
      case "EC" -> Signature.getInstance("SHA256withECDSA");
      case "RSASSA-PSS" -> {
        Signature pss = Signature.getInstance(algorithm);
        pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
        yield pss;
      }
      default -> Signature.getInstance(algorithm);
    };
  }

  private static SSLContext context(
      PrivateKey key, List<X509Certificate> chain, List<X509Certificate> authorities) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(key, chain), trustManagers(authorities), null);
      context.getServerSessionContext().setSessionTimeout((int) SESSION.toSeconds());
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the JDK has no TLS", e);
    }
  }

  private static KeyManager[] keyManagers(PrivateKey key, List<X509Certificate> chain)
      throws GeneralSecurityException, IOException {
    KeyStore store = emptyStore();
    store.setKeyEntry("server", key, NO_PASSWORD, chain.toArray(new X509Certificate[0]));
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  /** Nobody is trusted who is not named: without authorities the JDK would trust its own. */
  static TrustManager[] trustManagers(List<X509Certificate> authorities)
      throws GeneralSecurityException, IOException {
    if (authorities.isEmpty()) {
      return new TrustManager[0];
    }
    KeyStore store = emptyStore();
    for (int i = 0; i < authorities.size(); i++) {
      store.setCertificateEntry("authority-" + i, authorities.get(i));
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    return Stream.of(factory.getTrustManagers())
        .map(manager -> new ClientTrust((X509ExtendedTrustManager) manager))
        .toArray(TrustManager[]::new);
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, NO_PASSWORD);
    return store;
  }

  /** {@return what is odd about certificates that can be used: those that are out of date} */
  List<TlsProblem> warnings(Path file, Instant now) {
    List<TlsProblem> warnings = new ArrayList<>();
    for (X509Certificate certificate : chain) {
      String dates =
          now.isAfter(certificate.getNotAfter().toInstant())
              ? "ended at " + certificate.getNotAfter().toInstant()
              : now.isBefore(certificate.getNotBefore().toInstant())
                  ? "does not begin before " + certificate.getNotBefore().toInstant()
                  : "";
      if (!dates.isEmpty()) {
        warnings.add(
            new TlsProblem(
                Part.CERTIFICATE,
                "%s has a certificate of %s that %s; clients will not accept it"
                    .formatted(file, certificate.getSubjectX500Principal(), dates),
                "renew it; the file is read again while the server runs"));
      }
    }
    return warnings;
  }
}
