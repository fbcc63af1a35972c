package io.brrtrouter.server.transport;

import io.brrtrouter.server.tls.ClientAuth;
import io.brrtrouter.server.tls.TlsConfig;
import io.brrtrouter.server.tls.TlsException;
import io.brrtrouter.server.tls.TlsIdentity;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** A directory with the files of TLS, and TLS of them. */
public final class TlsFolder implements AutoCloseable {
  /** Soon, for tests that change files. */
  static final Duration SOON = Duration.ofMillis(20);

  private static final List<String> VERSIONS = List.of("TLSv1.3", "TLSv1.2");

  private final Path directory;
  private final List<Throwable> failures = new CopyOnWriteArrayList<>();
  private @Nullable TlsIdentity identity;

  public TlsFolder() {
    try {
      directory = Files.createTempDirectory("brrt-tls");
      directory.toFile().deleteOnExit();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    put(TestCertificates.SERVER);
    put("clients.pem", TestCertificates.AUTHORITY.getCertificatePEM());
  }

  /** {@return the path of a file, which need not exist} */
  public Path path(String name) {
    return directory.resolve(name);
  }

  /** Replaces a file at once, as who renews certificates should. */
  public TlsFolder put(String name, String text) {
    try {
      Path fresh = Files.createTempFile(directory, "fresh", ".pem");
      Files.writeString(fresh, text, StandardCharsets.ISO_8859_1);
      path(name).toFile().deleteOnExit();
      Files.move(fresh, path(name), StandardCopyOption.ATOMIC_MOVE);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Puts a certificate and its key where the server looks for them. */
  public TlsFolder put(X509Bundle certificate) {
    put("server.pem", certificate.getCertificatePathPEM());
    return put("server.key", certificate.getPrivateKeyPEM());
  }

  /** {@return why handshakes have failed} */
  List<Throwable> failures() {
    return failures;
  }

  TlsConfig config(ClientAuth clientAuth) {
    return new TlsConfig(
        path("server.pem"),
        path("server.key"),
        Optional.empty(),
        clientAuth,
        Optional.of(path("clients.pem")),
        VERSIONS,
        SOON);
  }

  Protocols protocols() {
    return protocols(ClientAuth.NONE);
  }

  Protocols protocols(ClientAuth clientAuth) {
    return protocols(clientAuth, UnaryOperator.identity());
  }

  /** {@return TLS by engines that the test changes} */
  Protocols protocols(UnaryOperator<SSLEngine> changed) {
    return protocols(ClientAuth.NONE, changed);
  }

  private Protocols protocols(ClientAuth clientAuth, UnaryOperator<SSLEngine> changed) {
    close();
    try {
      TlsIdentity loaded = TlsIdentity.load(config(clientAuth));
      identity = loaded;
      return new Protocols(
          Optional.of(
              new Tls(
                  () -> changed.apply(loaded.newEngine()), (_, failure) -> failures.add(failure))),
          true,
          Optional.empty());
    } catch (TlsException e) {
      throw new AssertionError(e);
    }
  }

  /** Looks whether files change, until {@link #close}. */
  void watch() {
    if (identity != null) {
      identity.watch();
    }
  }

  @Override
  public void close() {
    if (identity != null) {
      identity.close();
    }
  }
}
