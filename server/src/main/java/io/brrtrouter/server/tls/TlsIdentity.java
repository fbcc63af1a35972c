package io.brrtrouter.server.tls;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Who the server is in TLS handshakes (RFC 8446, RFC 5246), and whom it trusts, with the
 * cryptography of the JDK: hands each connection an engine, and takes new certificates from the
 * files while connections with the old ones live on.
 *
 * <p>Safe for use by many threads.
 */
public final class TlsIdentity implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger("io.brrtrouter.server.tls");

  /** What RFC 9113 section 9.2 and RFC 9325 section 4.2 leave: forward secret, authenticated. */
  private static final String[] SUITES = {
    "TLS_AES_128_GCM_SHA256",
    "TLS_AES_256_GCM_SHA384",
    "TLS_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
    "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
    "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"
  };

  private final TlsConfig config;
  private final Making making;
  private final ScheduledExecutorService looks;
  private volatile TlsMaterial material;

  /** Of the files judged last, whether they could be used or not. Used by {@link #looks}. */
  private String fingerprint;

  /** Whether the last look failed, and the log has it. Used by {@link #looks}. */
  private boolean failed;

  /** Makes what handshakes need. */
  interface Making {
    TlsMaterial of(TlsFiles files) throws TlsException;
  }

  private TlsIdentity(TlsConfig config, Making making, TlsFiles files) throws TlsException {
    this.config = config;
    this.making = making;
    this.material = making.of(files);
    this.fingerprint = files.fingerprint();
    this.looks =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("brrt-tls-files").factory());
  }

  /**
   * Reads the files.
   *
   * @param config where they are
   * @return the identity that they hold
   * @throws TlsException if they cannot be used, with every reason
   */
  public static TlsIdentity load(TlsConfig config) throws TlsException {
    return load(config, TlsMaterial::of);
  }

  static TlsIdentity load(TlsConfig config, Making making) throws TlsException {
    return new TlsIdentity(config, making, TlsFiles.read(config));
  }

  /** {@return what is odd about the files but does not keep them from being used} */
  public List<TlsProblem> warnings() {
    return material.warnings(config.certificate(), Instant.now());
  }

  /** Begins to look whether files change. */
  @SuppressWarnings("FutureReturnValueIgnored") // ends with its thread
  public void watch() {
    long step = config.reload().toMillis();
    looks.scheduleWithFixedDelay(this::look, step, step, TimeUnit.MILLISECONDS);
  }

  /** Looks now whether files have changed, without waiting for the answer. */
  public void lookNow() {
    try {
      looks.execute(this::look);
    } catch (RejectedExecutionException closed) {
      // Then nobody needs to know.
    }
  }

  /** Whatever fails, also for want of memory, there is a next look that may be luckier. */
  private void look() {
    try {
      TlsFiles files = TlsFiles.read(config);
      String found = files.fingerprint();
      if (!found.equals(fingerprint)) {
        take(files);
        fingerprint = found;
      }
      failed = false;
    } catch (Throwable failure) {
      tell(failure);
    }
  }

  private void tell(Throwable failure) {
    boolean again = failed;
    failed = true;
    try {
      log.atLevel(again ? Level.DEBUG : Level.ERROR)
          .setCause(failure)
          .log(
              "the files of TLS ({} and what goes with it) could not be looked at, which is tried"
                  + " again",
              config.certificate());
    } catch (Throwable unwritten) {
      // A log that fails does not end this either.
    }
  }

  private void take(TlsFiles files) {
    try {
      TlsMaterial taken = making.of(files);
      material = taken;
      log.info("new connections get what is in the files of TLS now: {}", files.paths().values());
      taken
          .warnings(config.certificate(), Instant.now())
          .forEach(warning -> log.warn("{}; {}", warning.message(), warning.fix()));
    } catch (TlsException e) {
      for (TlsProblem problem : e.problems()) {
        log.error(
            "changed files of TLS are not used, those before are: {}; {}",
            problem.message(),
            problem.fix());
      }
    }
  }

  /** {@return what speaks TLS on one connection, with the certificates of this moment} */
  public SSLEngine newEngine() {
    SSLEngine engine = material.context().createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(config.versions().toArray(new String[0]));
    parameters.setCipherSuites(SUITES);
    parameters.setUseCipherSuitesOrder(true);
    switch (config.clientAuth()) {
      case NONE -> {}
      case WANT -> parameters.setWantClientAuth(true);
      case NEED -> parameters.setNeedClientAuth(true);
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** Looks at the files no more. Engines are not touched. */
  @Override
  public void close() {
    looks.shutdown();
  }
}
