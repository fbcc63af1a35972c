package io.brrtrouter.server.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import java.net.SocketAddress;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** TLS on connections (RFC 8446, RFC 5246) by engines of the JDK. Safe for use by many threads. */
@SuppressWarnings("FutureReturnValueIgnored") // of what ends with a channel
public final class Tls {
  /** Names of protocols in handshakes (RFC 7301, RFC 9113 section 3.2), the preferred one first. */
  private static final String HTTP_2 = "h2";

  private static final String[] HTTP_1_1 = {"http/1.1"};
  private static final String[] BOTH = {HTTP_2, HTTP_1_1[0]};

  /** A client that reads nothing any more is not waited for when its connection closes. */
  private static final Duration CLOSE_NOTIFY = Duration.ofMillis(500);

  private final Supplier<SSLEngine> engines;
  private final BiConsumer<SocketAddress, Throwable> failures;

  /**
   * Signs handshakes, so that many of them do not keep the connections of an event loop waiting.
   */
  private final ExecutorService handshakes;

  /**
   * Encrypts connections.
   *
   * @param engines makes an engine for each connection, which knows who the server is
   * @param failures is told, on event loops, whose handshakes fail and why
   */
  public Tls(Supplier<SSLEngine> engines, BiConsumer<SocketAddress, Throwable> failures) {
    this.engines = engines;
    this.failures = failures;
    // No queue grows without bound: a connection has one handshake, and connections are bounded.
    this.handshakes =
        Executors.newFixedThreadPool(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2),
            Thread.ofPlatform().daemon().name("brrt-tls-", 0).factory());
  }

  /** {@return the handler of one connection} */
  SslHandler newHandler(boolean http2, RecordGuard guard) {
    SSLEngine engine = engines.get();
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setApplicationProtocols(http2 ? BOTH : HTTP_1_1);
    engine.setSSLParameters(parameters);
    SslHandler handler = new RecordDecoder(engine, handshakes, guard);
    handler.setHandshakeTimeoutMillis(0); // The clock of the loop has the time for that.
    handler.setCloseNotifyFlushTimeoutMillis(CLOSE_NOTIFY.toMillis());
    return handler;
  }

  /** Takes note of a handshake that has failed, or of a session that is not to be resumed. */
  void failed(SocketAddress client, Throwable failure) {
    failures.accept(client, failure);
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
  void close() {
    handshakes.shutdown();
  }
}
