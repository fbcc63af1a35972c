package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.server.http.HeadHandler;
import io.brrtrouter.server.tls.RefusedHandshakes;
import io.brrtrouter.server.tls.TlsConfig;
import io.brrtrouter.server.tls.TlsException;
import io.brrtrouter.server.tls.TlsIdentity;
import io.brrtrouter.server.transport.EventLoops;
import io.brrtrouter.server.transport.Protocols;
import io.brrtrouter.server.transport.Tls;
import io.brrtrouter.server.transport.Transport;
import io.brrtrouter.server.transport.TransportConfig;
import io.brrtrouter.server.transport.TransportLimits;
import io.brrtrouter.server.transport.TransportTimeouts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server from starting to drained: who is let in, and how it ends. */
final class Lifecycle implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server");

  private final ServerConfig config;
  private final Resources resources;
  private final Optional<RefusedHandshakes> refused;
  private final List<AutoCloseable> kept = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> keptUntilDrain = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> keptToTheEnd = new CopyOnWriteArrayList<>();
  private final AtomicReference<Readiness> readiness = new AtomicReference<>(Readiness.STARTING);
  private volatile @Nullable Listening listening;

  /** Who it is to clients of TLS; set before it listens. */
  private volatile @Nullable TlsIdentity read;

  /** Somebody listens. */
  private record Listening(Transport transport, String url, Thread hook) {}

  Lifecycle(ServerConfig config, Resources resources) {
    this.config = config;
    this.resources = resources;
    this.refused = config.tls().map(_ -> new RefusedHandshakes(System::nanoTime));
  }

  /**
   * {@return the TLS handshakes that fail because of the client's certificate; empty without TLS}
   */
  Optional<RefusedHandshakes> refusedHandshakes() {
    return refused;
  }

  /** {@return the configuration it goes by} */
  ServerConfig config() {
    return config;
  }

  /** {@return what the application keeps by name} */
  Resources resources() {
    return resources;
  }

  /** Closes something of the server's when it has stopped. */
  void keep(AutoCloseable own) {
    kept.add(own);
  }

  /** Closes something of the server's after all else, the application's resources included. */
  void keepToTheEnd(AutoCloseable own) {
    keptToTheEnd.add(own);
  }

  /** Closes something when the end begins, before requests in progress have ended. */
  void keepUntilDrain(AutoCloseable own) {
    keptUntilDrain.add(own);
    if (readiness() == Readiness.DRAINING) {
      close(own);
    }
  }

  /** {@return the files of TLS; none, if there is to be no TLS} */
  Set<Path> tlsFiles() {
    Set<Path> files = new HashSet<>();
    config
        .tls()
        .ifPresent(tls -> {
          files.add(tls.certificate());
          files.add(tls.key());
          tls.keyPassword().ifPresent(files::add);
          tls.clientAuthorities().ifPresent(files::add);
        });
    return files.stream()
        .map(file -> file.toAbsolutePath().normalize())
        .collect(Collectors.toSet());
  }

  /** Lets the files of TLS be looked at now, and not only when their time comes. */
  void lookAtTls() {
    TlsIdentity identity = read;
    if (identity != null) {
      identity.lookNow();
    }
  }

  Readiness readiness() {
    return readiness.get();
  }

  /** Requests are welcome, unless the end has begun meanwhile: from there nothing leads back. */
  void ready() {
    readiness.compareAndSet(Readiness.STARTING, Readiness.READY);
  }

  /**
   * Reads the files of TLS, if there are to be any.
   *
   * @return why they cannot be used
   */
  List<Finding> readTls() {
    try {
      Optional<TlsConfig> tls = config.tls();
      if (tls.isPresent()) {
        read = TlsIdentity.load(tls.get());
        keep(read);
      }
      return List.of();
    } catch (TlsException refused) {
      return TlsKeys.findings(config.values(), refused);
    }
  }

  /**
   * Lets connections in, after {@link #readTls}.
   *
   * @param standalone whether SIGTERM is to end the process with exit code 0
   * @return what is odd about how it listens
   * @throws StartupException if the address cannot be bound
   */
  List<Finding> listen(HeadHandler handler, boolean standalone) {
    Optional<TlsIdentity> identity = config.tls().map(_ -> Objects.requireNonNull(read));
    Optional<Tls> tls = identity.map(server -> new Tls(server::newEngine, this::failed));
    Transport transport = bind(handler, new Protocols(tls, config.http2(), config.proxies()));
    Thread hook = Thread.ofPlatform().name("brrt-shutdown").unstarted(this::drain);
    listening =
        new Listening(transport, url(tls.isPresent(), config.host(), transport.port()), hook);
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException goingDown) {
      transport.close();
      throw new StartupException("the process is being stopped", goingDown);
    }
    if (standalone) {
      TermSignal.exitCleanly();
    }
    ready();
    identity.ifPresent(TlsIdentity::watch);
    return identity.map(TlsIdentity::warnings).orElse(List.of()).stream()
        .map(warning -> config.finding(warning, Severity.WARNING))
        .toList();
  }

  private void failed(SocketAddress client, Throwable failure) {
    refused.ifPresent(handshakes -> handshakes.failed(host(client), failure));
  }

  private static String host(SocketAddress client) {
    return client instanceof InetSocketAddress inet ? inet.getHostString() : client.toString();
  }

  private Transport bind(HeadHandler handler, Protocols protocols) {
    try {
      return Transport.start(transportConfig(config, protocols), handler);
    } catch (IOException failure) {
      throw new StartupException(String.valueOf(failure.getMessage()), failure);
    }
  }

  private static TransportConfig transportConfig(ServerConfig config, Protocols protocols) {
    HttpSettings http = config.http();
    TransportLimits limits =
        new TransportLimits(
            http.maxTargetBytes(),
            http.maxHeaderBytes(),
            http.maxHeaders(),
            http.maxTrailerBytes(),
            http.maxChunkExtensionBytes(),
            config.bodies().heapBytes(),
            http.maxConnections(),
            http.keepAlive() ? http.maxRequests() : 1,
            http.maxConcurrentStreams(),
            http.maxResetStreams());
    TransportTimeouts timeouts =
        new TransportTimeouts(
            http.headTimeout(),
            http.bodyTimeout(),
            http.bodyTimeoutPerKib(),
            config.decisionTimeout(),
            http.timeout(),
            http.writeStall(),
            http.writeStallPerKib(),
            http.linger(),
            TransportTimeouts.DRAIN_GRACE);
    return new TransportConfig(
        config.host(), config.port(), EventLoops.AUTO, 0, limits, timeouts, protocols);
  }

  /** RFC 3986 section 3.2.2: an IPv6 address stands in brackets. */
  private static String url(boolean secure, String host, int port) {
    return (secure ? "https://" : "http://")
        + (host.indexOf(':') < 0 ? host : "[" + host + "]")
        + ":"
        + port;
  }

  /** {@return how many connections are open; none before it listens} */
  int connections() {
    Listening running = listening;
    return running == null ? 0 : running.transport.connections();
  }

  int port() {
    return required().transport.port();
  }

  String url() {
    return required().url;
  }

  private Listening required() {
    Listening running = listening;
    if (running == null) {
      throw new IllegalStateException("the server was started in process: it has no address");
    }
    return running;
  }

  /** Stops, and waits until all is over. */
  @Override
  public void close() {
    Listening running = listening;
    drain();
    if (running != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(running.hook);
      } catch (IllegalStateException _) {
        return; // The JVM is going down already, by that very hook perhaps.
      }
    }
  }

  /** Once; a second caller waits for the first. */
  private synchronized void drain() {
    Listening running = listening;
    if (readiness.getAndSet(Readiness.DRAINING) == Readiness.DRAINING) {
      return;
    }
    keptUntilDrain.forEach(Lifecycle::close);
    if (running != null) {
      drain(running.transport);
    }
    // Last: requests in flight need them.
    closeAll();
  }

  /** Closes what was kept, also of a server that never came to be, and the resources. */
  void closeAll() {
    kept.forEach(Lifecycle::close);
    resources.close();
    keptToTheEnd.forEach(Lifecycle::close);
  }

  private static void close(AutoCloseable own) {
    try {
      own.close();
    } catch (Exception failure) {
      LOG.warn("something of the server failed to close", failure);
    }
  }

  private void drain(Transport transport) {
    awaitNotice(config.shutdownDelay());
    if (!transport.drain(config.drain())) {
      LOG.warn(
          "requests were still in progress after {} and have been cut off",
          ConfigKeys.DRAIN.type().render(config.drain()));
    }
  }

  /** Time for whoever spreads the load to see that readiness fails, and to send no more. */
  private static void awaitNotice(Duration delay) {
    try {
      Thread.sleep(delay);
    } catch (InterruptedException _) {
      // Whoever interrupts wants it to end sooner.
      Thread.currentThread().interrupt();
    }
  }
}
