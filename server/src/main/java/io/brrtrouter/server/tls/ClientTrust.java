package io.brrtrouter.server.tls;

import io.brrtrouter.server.tls.TlsProblem.Part;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Says what a handshake would say about the certificate of a client, without a connection. */
public final class ClientTrust {
  private ClientTrust() {}

  /**
   * {@return why the handshake would fail, as a clause; empty if it would not}
   *
   * @param config says whose clients are trusted
   * @param chain what the client presents, its own certificate first; empty for none
   * @throws TlsException if the authorities cannot be read
   */
  public static Optional<String> refusal(TlsConfig config, List<X509Certificate> chain)
      throws TlsException {
    if (chain.isEmpty()) {
      return config.clientAuth() == ClientAuth.NEED
          ? Optional.of("tls.client_auth is need, and the client presents no certificate")
          : Optional.empty();
    }
    try {
      for (TrustManager manager : TlsMaterial.trustManagers(authorities(config))) {
        ((X509TrustManager) manager)
            .checkClientTrusted(
                chain.toArray(new X509Certificate[0]),
                chain.getFirst().getPublicKey().getAlgorithm());
      }
      return Optional.empty();
    } catch (CertificateException untrusted) {
      return Optional.of(
          "nobody in tls.client_ca_file vouches for the client's certificate: "
              + root(untrusted).getMessage());
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException("the JDK has no TLS", impossible);
    }
  }

  private static List<X509Certificate> authorities(TlsConfig config) throws TlsException {
    TlsFiles files = TlsFiles.read(config);
    List<TlsProblem> unread =
        files.problems().stream()
            .filter(problem -> problem.part() == Part.CLIENT_AUTHORITIES)
            .toList();
    if (!unread.isEmpty()) {
      throw new TlsException(unread);
    }
    return files.pem(Part.CLIENT_AUTHORITIES).certificates();
  }

  private static Throwable root(Throwable failure) {
    return failure.getCause() == null ? failure : root(Objects.requireNonNull(failure.getCause()));
  }
}
