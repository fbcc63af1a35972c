package io.brrtrouter.server.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS of the server (RFC 8446, RFC 5246) with the cryptography of the JDK: hands each connection an
 * engine, and takes new certificates from the files while connections with the old ones live on.
 *
 * <p>Safe for use by many threads.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of what ends with a thread or a channel
public final class Tls implements AutoCloseable {
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

  /** Names of protocols in handshakes (RFC 7301, RFC 9113 section 3.2), the preferred one first. */
  private static final String HTTP_2 = "h2";

  private static final String[] HTTP_1_1 = {"http/1.1"};
  private static final String[] BOTH = {HTTP_2, HTTP_1_1[0]};

  /** A client that reads nothing any more is not waited for when its connection closes. */
  private static final Duration CLOSE_NOTIFY = Duration.ofMillis(500);

  private final TlsConfig config;

  /**
   * Signs handshakes, so that many of them do not keep the connections of an event loop waiting.
   */
  private final ExecutorService handshakes;

  private final ScheduledExecutorService looks;

  private volatile TlsMaterial material;

  /** Of the files looked at last, whether they could be used or not. Used by {@link #looks}. */
  private String fingerprint;

  private Tls(TlsConfig config, TlsMaterial material, String fingerprint) {
    this.config = config;
    this.material = material;
    this.fingerprint = fingerprint;
    // No queue grows without bound: a connection has one handshake, and connections are bounded.
    this.handshakes =
        Executors.newFixedThreadPool(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            Thread.ofPlatform().daemon().name("brrt-tls-", 0).factory());
    this.looks =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("brrt-tls-files").factory());
  }

  /**
   * Reads the files.
   *
   * @param config where they are
   * @return TLS with what they hold
   * @throws TlsException if they cannot be used, with every reason
   */
  public static Tls load(TlsConfig config) throws TlsException {
    TlsFiles files = TlsFiles.read(config);
    return new Tls(config, TlsMaterial.of(files), files.fingerprint());
  }

  /** {@return what is odd about the files but does not keep them from being used} */
  public List<TlsProblem> warnings() {
    return material.warnings(config.certificate(), Instant.now());
  }

  /** Begins to look whether files change. */
  void watch() {
    long step = config.reload().toMillis();
    looks.scheduleWithFixedDelay(this::look, step, step, TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      TlsFiles files = TlsFiles.read(config);
      String found = files.fingerprint();
      if (!found.equals(fingerprint)) {
        fingerprint = found;
        take(files);
      }
    } catch (RuntimeException e) {
      log.error("the files of TLS could not be looked at", e); // and the next look may be luckier
    }
  }

  private void take(TlsFiles files) {
    try {
      TlsMaterial taken = TlsMaterial.of(files);
      material = taken;
      log.info("new connections get the certificates that are in {} now", config.certificate());
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

  /** {@return the handler of one connection, with the certificates of this moment} */
  SslHandler newHandler(boolean http2) {
    SSLEngine engine = material.context().createSSLEngine();
    engine.setUseClientMode(false);
    engine.setSSLParameters(parameters(engine, http2));
    SslHandler handler = new SslHandler(engine, false, handshakes);
    handler.setHandshakeTimeoutMillis(0); // The clock of the loop has the time for that.
    handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY.toMillis());
    return handler;
  }

  private SSLParameters parameters(SSLEngine engine, boolean http2) {
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(config.versions().toArray(new String[0]));
    parameters.setCipherSuites(SUITES);
    parameters.setUseCipherSuitesOrder(true);
    parameters.setApplicationProtocols(http2 ? BOTH : HTTP_1_1);
    switch (config.clientAuth()) {
      case NONE -> {}
      case WANT -> parameters.setWantClientAuth(true);
      case NEED -> parameters.setNeedClientAuth(true);
    }
    return parameters;
  }

  /** {@return the chain of the client, its own certificate first; empty if it showed none} */
  static List<X509Certificate> certificates(SSLSession session) {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      for (var certificate : session.getPeerCertificates()) {
        chain.add((X509Certificate) certificate);
      }
    } catch (SSLPeerUnverifiedException _) {
      return List.of();
    }
    return chain;
  }

  /** {@return whether the client chose HTTP/2 in its handshake} */
  static boolean choosesHttp2(SSLEngine engine) {
    return HTTP_2.equals(engine.getApplicationProtocol());
  }

  /** {@return whether an event says that the client sends no more} */
  static boolean isEndOfInput(Object event) {
    return event instanceof SslCloseCompletionEvent;
  }

  /** Says that nothing more is sent (RFC 8446 section 6.1), then ends the output of the socket. */
  static void closeOutput(Channel channel) {
    @Nullable SslHandler handler = channel.pipeline().get(SslHandler.class);
    if (handler != null) {
      handler.closeOutbound().addListener(_ -> ((DuplexChannel) channel).shutdownOutput());
    }
  }

  /** Closes without a word: what is said already is not whole, or nobody reads it. */
  static void cutOff(Channel channel) {
    @Nullable ChannelHandlerContext context = channel.pipeline().context(SslHandler.class);
    if (context != null) {
      context.close();
    }
  }

  /** Ends the threads. Connections that are open are not touched. */
  @Override
  public void close() {
    looks.shutdown();
    handshakes.shutdown();
  }
}
