package io.brrtrouter.server.tls;

import io.brrtrouter.server.tls.TlsProblem.Part;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
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
    if (key != null && !chain.isEmpty() && !fits(key, chain.getFirst().getPublicKey())) {
      problems.add(
          new TlsProblem(
              Part.KEY,
              files.path(Part.KEY)
                  + " has a key that is not the one of the certificate in "
                  + files.path(Part.CERTIFICATE),
              "give the key and the certificate that were made together"));
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

  /** {@return whether what one signs is verified by the other} */
  private static boolean fits(PrivateKey key, PublicKey publicKey) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    try {
      byte[] nonce = SecureRandom.getSeed(16);
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(nonce);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(nonce);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // A key of another algorithm than the certificate's.
    }
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
  private static TrustManager[] trustManagers(List<X509Certificate> authorities)
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
    return factory.getTrustManagers();
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
