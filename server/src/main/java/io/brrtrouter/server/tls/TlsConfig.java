package io.brrtrouter.server.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where what TLS needs is found, and how it is used.
 *
 * @param certificate the server's certificate in PEM, with those it was issued by behind it
 * @param key its private key, PKCS #8 in PEM
 * @param keyPassword what the key is encrypted with, if it is
 * @param clientAuth whether clients are asked for a certificate
 * @param clientAuthorities certificates in PEM of those whose clients are trusted
 * @param versions the versions spoken, {@code TLSv1.3} for example
 * @param reload how often is looked whether a file has changed
 */
public record TlsConfig(
    Path certificate,
    Path key,
    Optional<Path> keyPassword,
    ClientAuth clientAuth,
    Optional<Path> clientAuthorities,
    List<String> versions,
    Duration reload) {

  /** Refuses clients that are asked for certificates nobody could have issued. */
  public TlsConfig {
    versions = List.copyOf(versions);
    if (clientAuth != ClientAuth.NONE && clientAuthorities.isEmpty()) {
      throw new IllegalArgumentException("who asks for certificates names who issues them");
    }
  }
}
