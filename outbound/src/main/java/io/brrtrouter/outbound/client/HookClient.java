package io.brrtrouter.outbound.client;

import io.brrtrouter.outbound.address.AddressPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to receivers that nobody trusts: connects only where a policy lets it, verifies
 * certificates, follows no redirects, keeps no cookies, tries nothing twice, unpacks nothing, reads
 * little, and takes a bounded time in all. Safe for use by many threads, each of which waits for
 * its answer.
 */
public final class HookClient implements AutoCloseable {
  /** Of the content of an answer; what is longer is not read to its end. */
  private static final int MOST_READ = 64 * 1024;

  /** How long it is read: its sender may drip it, and the status is there. */
  private static final Duration LONGEST_READ = Duration.ofSeconds(1);

  /** What is kept of it, in octets. */
  private static final int EXCERPT = 1024;

  private static final int LONGEST_LINE = 8 * 1024;
  private static final int MOST_FIELDS = 100;
  private static final TimeValue IDLE = TimeValue.ofSeconds(30);

  /** A connection that has lain longer may have been closed by the other side. */
  private static final TimeValue FRESH = TimeValue.ofMilliseconds(100);

  /**
   * How long it takes at most, and how much at once.
   *
   * @param connect to look up a name; to connect; to agree on keys
   * @param response between two reads
   * @param total all together
   * @param connections how many there are at once
   * @param connectionsOfReceiver how many of them to one receiver
   */
  public record Limits(
      Duration connect,
      Duration response,
      Duration total,
      int connections,
      int connectionsOfReceiver) {}

  private final Limits limits;
  private final CheckedResolver resolver;
  private final CloseableHttpClient client;
  private final ScheduledThreadPoolExecutor watch;
  private final Set<RunningRequest> running = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  /**
   * A client.
   *
   * @param policy where it may connect to
   * @param limits its limits
   * @param resolver knows what names stand for
   * @param tls which certificates are trusted; those of the Java runtime unless given
   */
  public HookClient(
      AddressPolicy policy, Limits limits, Resolver resolver, @Nullable SSLContext tls) {
    this.limits = limits;
    this.resolver =
        new CheckedResolver(policy, resolver, limits.connect, Math.max(1, limits.connections));
    this.client = client(tls);
    this.watch =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("brrt-outbound-deadline").factory());
    watch.setRemoveOnCancelPolicy(true);
  }

  private CloseableHttpClient client(@Nullable SSLContext tls) {
    Timeout connect = Timeout.of(limits.connect);
    Timeout response = Timeout.of(limits.response);
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(resolver)
                .setTlsSocketStrategy(
                    tls == null
                        ? DefaultClientTlsStrategy.createDefault()
                        : new DefaultClientTlsStrategy(tls))
                .setConnectionFactory(
                    ManagedHttpClientConnectionFactory.builder()
                        .http1Config(
                            Http1Config.custom()
                                .setMaxLineLength(LONGEST_LINE)
                                .setMaxHeaderCount(MOST_FIELDS)
                                .build())
                        .build())
                .setMaxConnTotal(limits.connections)
                .setMaxConnPerRoute(limits.connectionsOfReceiver)
                .setDefaultSocketConfig(
                    SocketConfig.custom().setSoTimeout(response).setTcpNoDelay(true).build())
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(connect)
                        .setSocketTimeout(response)
                        .setTimeToLive(TimeValue.ofMinutes(1))
                        .setValidateAfterInactivity(FRESH)
                        .build())
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(connect)
                .setResponseTimeout(response)
                .setProtocolUpgradeEnabled(false)
                .build())
        .evictIdleConnections(IDLE)
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .setRetryStrategy(new StaleConnections())
        .disableRedirectHandling()
        .disableConnectionState()
        .setUserAgent("BRRTRouter")
        .build();
  }

  /**
   * {@return what becomes of a request} Waits for that.
   *
   * @param outgoing the request
   */
  public Outcome send(Outgoing outgoing) {
    String host = AddressPolicy.host(outgoing.url());
    if (host == null) {
      return new Outcome.Failed(Outcome.Reason.REFUSED, "the URL names no host");
    }
    HttpUriRequestBase request = request(outgoing);
    HttpHost target =
        new HttpHost(outgoing.url().getScheme(), host, AddressPolicy.port(outgoing.url()));
    RunningRequest sent = new RunningRequest(request);
    ScheduledFuture<?> deadline =
        watch.schedule(
            () -> sent.end(Outcome.Reason.TIMEOUT), limits.total.toMillis(), TimeUnit.MILLISECONDS);
    running.add(sent);
    if (stopped) {
      sent.end(Outcome.Reason.STOPPED);
    }
    try {
      ClassicHttpResponse response = client.executeOpen(target, request, null);
      Outcome.Answered answered = answered(sent, response);
      close(response);
      return answered;
    } catch (IOException | RuntimeException failure) {
      return sent.failed(failure);
    } finally {
      deadline.cancel(false);
      running.remove(sent);
    }
  }

  /** What was abandoned complains of that. */
  private static void close(ClassicHttpResponse response) {
    try {
      response.close();
    } catch (IOException alreadyClosed) {
      // Its answer is there.
    }
  }

  /** Ends all requests that are under way, and all that begin later. */
  public void stop() {
    stopped = true;
    running.forEach(sent -> sent.end(Outcome.Reason.STOPPED));
  }

  private static HttpUriRequestBase request(Outgoing outgoing) {
    URI url = URI.create(outgoing.url().toASCIIString());
    HttpUriRequestBase request = new HttpUriRequestBase(outgoing.method(), url);
    outgoing.headers().forEach(field -> request.addHeader(field.getKey(), field.getValue()));
    if (outgoing.body().length > 0 || expectsBody(outgoing.method())) {
      request.setEntity(new ByteArrayEntity(outgoing.body(), null));
    }
    return request;
  }

  /** Such a request says that it has none, if it has none (RFC 9110 section 8.6). */
  private static boolean expectsBody(String method) {
    return method.equals("POST") || method.equals("PUT") || method.equals("PATCH");
  }

  /** The status decides: what goes wrong behind it is not worth a second attempt. */
  private Outcome.Answered answered(RunningRequest sent, ClassicHttpResponse response) {
    byte[] read = new byte[MOST_READ];
    int length = 0;
    ScheduledFuture<?> enough =
        watch.schedule(sent::abandon, LONGEST_READ.toMillis(), TimeUnit.MILLISECONDS);
    try {
      HttpEntity entity = response.getEntity();
      if (entity != null) {
        InputStream content = entity.getContent();
        for (int more = 0; more >= 0 && length < MOST_READ; length += Math.max(0, more)) {
          more = content.read(read, length, MOST_READ - length);
        }
        if (length == MOST_READ) {
          sent.abandon();
        }
      }
    } catch (IOException | RuntimeException cutOff) {
      sent.abandon();
    } finally {
      enough.cancel(false);
    }
    sent.complete();
    Header retry = response.getFirstHeader("Retry-After");
    return new Outcome.Answered(
        response.getCode(),
        retry == null ? Optional.empty() : Optional.ofNullable(retry.getValue()),
        excerpt(read, length));
  }

  /** {@return text without what a database or a terminal takes for something else} */
  private static String excerpt(byte[] content, int length) {
    String text = new String(content, 0, Math.min(EXCERPT, length), StandardCharsets.UTF_8);
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean harmless = c == '\n' || c == '\t' || !Character.isISOControl(c);
      clean.append(harmless ? c : '\uFFFD');
    }
    return clean.toString();
  }

  /** One request on its way. */
  private final class RunningRequest {
    private final HttpUriRequestBase request;

    /** Who was first to end it. */
    private final AtomicReference<Outcome.@Nullable Reason> ended = new AtomicReference<>();

    RunningRequest(HttpUriRequestBase request) {
      this.request = request;
    }

    void end(Outcome.Reason reason) {
      if (ended.compareAndSet(null, reason)) {
        request.cancel();
      }
    }

    /** Without that, closing would read to the end. */
    void abandon() {
      request.cancel();
    }

    void complete() {
      ended.compareAndSet(null, Outcome.Reason.TRANSPORT);
    }

    Outcome.Failed failed(Exception failure) {
      if (ended.get() == Outcome.Reason.STOPPED) {
        return new Outcome.Failed(
            Outcome.Reason.STOPPED, "stopped: the instance that made it was closed");
      }
      if (ended.get() == Outcome.Reason.TIMEOUT) {
        return new Outcome.Failed(
            Outcome.Reason.TIMEOUT, "no answer within " + limits.total.toMillis() + " ms");
      }
      return new Outcome.Failed(
          failure instanceof RefusedAddressException
              ? Outcome.Reason.REFUSED
              : failure instanceof InterruptedIOException
                  ? Outcome.Reason.TIMEOUT
                  : Outcome.Reason.TRANSPORT,
          message(failure));
    }

    private static String message(Exception failure) {
      String message = failure.getMessage();
      String name = failure.getClass().getSimpleName();
      return failure instanceof RefusedAddressException && message != null
          ? message
          : message == null ? name : name + ": " + message;
    }
  }

  /** Ends what is under way. */
  @Override
  public void close() {
    watch.shutdownNow();
    client.close(CloseMode.IMMEDIATE);
    resolver.close();
  }
}
