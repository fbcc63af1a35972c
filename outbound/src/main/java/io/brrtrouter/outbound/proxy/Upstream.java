package io.brrtrouter.outbound.proxy;

import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.measure.Measurement;
import io.brrtrouter.server.service.Service;
import io.brrtrouter.server.service.ServiceHealth;
import io.brrtrouter.server.service.ServiceOperation;
import io.brrtrouter.server.trace.OutgoingCall;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.CharCodingConfig;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.MonitoringResponseOutOfOrderStrategy;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.pool.PoolReusePolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A service that requests are handed on to: its addresses, the connections to them and whether they
 * are well. Safe for use by many threads.
 */
final class Upstream implements Service {
  private static final int BUFFER = 16 << 10;
  private static final int MOST_FIELDS = 200;
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  /** After how many octets of a request it is looked for a response: each look takes a moment. */
  private static final long EARLY = 256 << 10;

  /** How often it is looked for connections that nobody has used for too long, in milliseconds. */
  private static final long SHORTEST_LOOK = 100;

  private static final long LONGEST_LOOK = 10_000;

  private final ProxySettings settings;
  private final Figures figures;
  private final List<Place> places;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicLong collected = new AtomicLong();
  private final PoolingHttpClientConnectionManager connections;
  private final Rests rests = new Rests();
  private final ClientShares shares;
  private final ScheduledThreadPoolExecutor clock;

  /**
   * One of its addresses.
   *
   * @param route how it is reached
   * @param authority what {@code Host} says
   * @param path what its paths begin with
   * @param circuit whether it is asked
   */
  record Place(HttpRoute route, String authority, String path, Circuit circuit) {
    /** {@return what is sent there, for who records it} */
    OutgoingCall call(String method, String target, int resends) {
      HttpHost host = route.getTargetHost();
      return new OutgoingCall(
          method, host.getSchemeName(), host.getHostName(), host.getPort(), target, resends);
    }

    static Place of(URI url, Circuit circuit) {
      int port = url.getPort() > 0 ? url.getPort() : isEncrypted(url) ? HTTPS : HTTP;
      HttpHost host = new HttpHost(url.getScheme(), bare(url.getHost()), port);
      String path = url.getRawPath();
      return new Place(
          new HttpRoute(host, null, isEncrypted(url)),
          url.getRawAuthority(),
          path.endsWith("/") ? path.substring(0, path.length() - 1) : path,
          circuit);
    }

    private static String bare(String host) {
      return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
  }

  /** The addresses as one request goes through them. Used by one thread at a time. */
  final class Turn {
    private int at = Math.floorMod(next.getAndIncrement(), places.size());

    /**
     * {@return the next address that may be asked; null if none may at present} Its circuit is
     * {@linkplain Circuit#enter entered}.
     */
    @Nullable Place next() {
      for (int looked = 0; looked < places.size(); looked++) {
        Place place = places.get(at);
        at = (at + 1) % places.size();
        if (place.circuit().enter()) {
          return place;
        }
      }
      return null;
    }
  }

  /**
   * A service without connections yet.
   *
   * @param settings what is configured
   * @param circuits makes the circuit of an address
   * @param tls whom it trusts, and what it proves itself with
   */
  Upstream(ProxySettings settings, Function<URI, Circuit> circuits, SSLContext tls) {
    this.settings = settings;
    this.figures = new Figures(settings.name());
    this.shares = new ClientShares(settings.maxOfClient());
    this.places = settings.urls().stream().map(url -> Place.of(url, circuits.apply(url))).toList();
    Http1Config http =
        Http1Config.custom()
            .setBufferSize(BUFFER)
            .setMaxLineLength(settings.maxHeaderBytes())
            .setMaxHeaderCount(MOST_FIELDS)
            .setMaxEmptyLineCount(1)
            .build();
    Timeout connect = timeout(settings.times().connect());
    this.connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder()
                    .http1Config(http)
                    .charCodingConfig(
                        CharCodingConfig.custom().setCharset(StandardCharsets.ISO_8859_1).build())
                    .responseOutOfOrderStrategy(new MonitoringResponseOutOfOrderStrategy(EARLY))
                    .responseParserFactory(
                        config -> new AnswerParser(http, settings.maxHeaderBytes()))
                    .build())
            .setDnsResolver(
                new Lookups(SystemDefaultDnsResolver.INSTANCE, settings.times().connect()))
            .setTlsSocketStrategy(new DefaultClientTlsStrategy(tls))
            .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.STRICT)
            .setConnPoolPolicy(PoolReusePolicy.LIFO)
            .setMaxConnTotal(settings.maxConnections())
            .setMaxConnPerRoute(settings.maxConnections())
            .setDefaultSocketConfig(
                SocketConfig.custom().setSoKeepAlive(true).setTcpNoDelay(true).build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(connect)
                    .setSocketTimeout(timeout(settings.times().response()))
                    // That would read what has come, and take it for a sign of life.
                    .setValidateAfterInactivity(TimeValue.NEG_ONE_MILLISECOND)
                    .build())
            .build();
    this.clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("brrt-service-" + settings.name()).factory());
    clock.setRemoveOnCancelPolicy(true);
    closeUnused(settings.times().keepAlive());
  }

  /** The pool looks at what rests when somebody asks for it only, which may be never. */
  private void closeUnused(Duration keepAlive) {
    if (!keepAlive.isZero()) {
      long each = Math.clamp(keepAlive.toMillis(), SHORTEST_LOOK, LONGEST_LOOK);
      var _ =
          clock.scheduleWithFixedDelay(
              () -> Thread.ofVirtual().name("brrt-service-unused").start(connections::closeExpired),
              each,
              each,
              TimeUnit.MILLISECONDS);
    }
  }

  static boolean isEncrypted(URI url) {
    return "https".equals(url.getScheme());
  }

  /** {@return a time as the library has it; zero is any time to both} */
  static Timeout timeout(Duration time) {
    return Timeout.ofMilliseconds(time.toMillis());
  }

  ProxySettings settings() {
    return settings;
  }

  /** {@return which connections rest} */
  Rests rests() {
    return rests;
  }

  /** {@return which clients have how many of the connections} */
  ClientShares shares() {
    return shares;
  }

  PoolingHttpClientConnectionManager connections() {
    return connections;
  }

  /** {@return the addresses for one more request, each time beginning with another} */
  Turn turn() {
    return new Turn();
  }

  /** {@return how long an address is not asked at most} */
  Duration closedFor() {
    return places.getFirst().circuit().open();
  }

  /** {@return whether so many octets of a response may be collected; {@link #giveBack} ends it} */
  boolean take(long octets) {
    long before = collected.getAndAdd(octets);
    boolean room = before == 0 || before + octets <= settings.collectedBytes();
    if (!room) {
      giveBack(octets);
    }
    return room;
  }

  /** What was collected is not needed any more. */
  void giveBack(long octets) {
    collected.addAndGet(-octets);
  }

  /** {@return what is counted} */
  Figures figures() {
    return figures;
  }

  @Override
  public List<Measurement> measurements() {
    Map<String, Boolean> circuits = new TreeMap<>();
    for (Place place : places) {
      circuits.merge(
          place.authority() + place.path(), place.circuit().isOpen(), Boolean::logicalOr);
    }
    return figures.measurements(circuits);
  }

  @Override
  public ServiceHealth health() {
    int open = (int) places.stream().filter(place -> place.circuit().isOpen()).count();
    return new ServiceHealth(settings.name(), places.size(), open);
  }

  /** Lets something run after a time, unless it is cancelled; it must not block. */
  Runnable after(Duration time, Runnable action) {
    var pending = clock.schedule(action, time.toMillis(), TimeUnit.MILLISECONDS);
    return () -> pending.cancel(false);
  }

  @Override
  public Handler handler(ServiceOperation operation) {
    return new ProxyHandler(this, operation);
  }

  @Override
  public void close() {
    clock.shutdownNow();
    connections.close(CloseMode.IMMEDIATE);
  }
}
