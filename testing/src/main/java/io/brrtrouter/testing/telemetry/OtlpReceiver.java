package io.brrtrouter.testing.telemetry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;

/**
 * A collector in memory: receives OTLP over HTTP (binary protobuf, section "OTLP/HTTP" of the
 * OpenTelemetry Protocol) on a real socket, and keeps what it gets. Safe for use by many threads.
 *
 * <pre>{@code
 * try (OtlpReceiver receiver = OtlpReceiver.start()) {
 *   ServerConfig config = ServerConfig.read(Optional.empty(), receiver.environment(), Map.of());
 *   ...
 *   ReceivedSpan span = receiver.serverSpan(response.header("X-Request-ID"));
 * }
 * }</pre>
 */
public final class OtlpReceiver implements AutoCloseable {
  /** How long spans are waited for: long, because machines that test are slow. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int OK = 200;
  private static final String REQUEST_ID = "http.response.header.x-request-id";

  private final HttpServer server;
  private final ExecutorService executor;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();

  /** Guarded by the lock, as is what follows. */
  private final List<ReceivedSpan> spans = new ArrayList<>();

  private final List<ReceivedLog> logs = new ArrayList<>();
  private final List<ReceivedMetric> metrics = new ArrayList<>();
  private int status = OK;
  private int refused;

  /** Reads messages of one signal. */
  private interface Decoding<T> {
    List<T> decode(byte[] message) throws IOException;
  }

  private OtlpReceiver() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    executor = Executors.newVirtualThreadPerTaskExecutor();
    server.setExecutor(executor);
    server.createContext("/v1/traces", exchange -> take(exchange, OtlpDecoder::spans, spans));
    server.createContext("/v1/logs", exchange -> take(exchange, OtlpDecoder::logs, logs));
    server.createContext("/v1/metrics", exchange -> take(exchange, OtlpDecoder::metrics, metrics));
    server.start();
  }

  /** {@return a receiver on a free port of this machine} */
  public static OtlpReceiver start() {
    return new OtlpReceiver();
  }

  /** {@return where it receives, {@code http://127.0.0.1:4318} for example} */
  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /**
   * {@return the standard variables with which an SDK sends everything here soon: the endpoint, and
   * a short time between batches}
   */
  public Map<String, String> environment() {
    return Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint(), "OTEL_BSP_SCHEDULE_DELAY", "20");
  }

  /**
   * Answers with another status from now on, and keeps nothing then; 200 keeps again.
   *
   * @param code a status code
   */
  public void answer(int code) {
    lock.lock();
    try {
      status = code;
    } finally {
      lock.unlock();
    }
  }

  /** {@return how many messages were not taken, because of {@link #answer}} */
  public int refused() {
    lock.lock();
    try {
      return refused;
    } finally {
      lock.unlock();
    }
  }

  /** {@return the spans received so far, in order} */
  public List<ReceivedSpan> spans() {
    return copy(spans);
  }

  /** {@return the log records received so far, in order} */
  public List<ReceivedLog> logs() {
    return copy(logs);
  }

  /** {@return the metrics received so far, in order} */
  public List<ReceivedMetric> metrics() {
    return copy(metrics);
  }

  /**
   * Waits until spans are there.
   *
   * @param enough whether those received so far are
   * @return those received so far
   * @throws AssertionError if they do not come within a minute
   */
  public List<ReceivedSpan> await(Predicate<List<ReceivedSpan>> enough) {
    return await(this::spans, enough);
  }

  /**
   * {@return the one server span of a request, awaited}
   *
   * @param requestId what the response says in {@code X-Request-ID}
   * @throws AssertionError if it does not come within a minute, or there are several
   */
  public ReceivedSpan serverSpan(String requestId) {
    Function<List<ReceivedSpan>, List<ReceivedSpan>> own =
        all -> all.stream().filter(span -> isOf(span, requestId)).toList();
    List<ReceivedSpan> found = own.apply(await(all -> !own.apply(all).isEmpty()));
    if (found.size() > 1) {
      throw new AssertionError("request " + requestId + " has several server spans: " + found);
    }
    return found.getFirst();
  }

  private static boolean isOf(ReceivedSpan span, String requestId) {
    return span.kind().equals("SERVER")
        && List.of(requestId).equals(span.attributes().get(REQUEST_ID));
  }

  /**
   * {@return all spans of the trace of a request, awaited until those are there whose names are
   * given}
   *
   * @param requestId what the response says in {@code X-Request-ID}
   * @param names names of spans below the server span
   * @throws AssertionError if one does not come within a minute
   */
  public List<ReceivedSpan> trace(String requestId, String... names) {
    String traceId = serverSpan(requestId).traceId();
    Function<List<ReceivedSpan>, List<ReceivedSpan>> own =
        all -> all.stream().filter(span -> span.traceId().equals(traceId)).toList();
    return own.apply(
        await(all -> {
          Set<String> seen = new HashSet<>();
          own.apply(all).forEach(span -> seen.add(span.name()));
          return seen.containsAll(List.of(names));
        }));
  }

  private <T> List<T> copy(List<T> list) {
    lock.lock();
    try {
      return List.copyOf(list);
    } finally {
      lock.unlock();
    }
  }

  private <T> List<T> await(Supplier<List<T>> now, Predicate<List<T>> enough) {
    long left = PATIENCE.toNanos();
    lock.lock();
    try {
      while (true) {
        List<T> all = now.get();
        if (enough.test(all)) {
          return all;
        }
        if (left <= 0) {
          throw new AssertionError("what was awaited has not come; there is " + all);
        }
        left = arrived.awaitNanos(left);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    } finally {
      lock.unlock();
    }
  }

  private <T> void take(HttpExchange exchange, Decoding<T> decoding, List<T> kept)
      throws IOException {
    try (exchange) {
      exchange.sendResponseHeaders(receive(exchange, decoding, kept), -1);
    }
  }

  private <T> int receive(HttpExchange exchange, Decoding<T> decoding, List<T> kept)
      throws IOException {
    byte[] message = content(exchange);
    String type = String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"));
    if (!type.equals("application/x-protobuf")) {
      return 415;
    }
    List<T> decoded = decoding.decode(message);
    lock.lock();
    try {
      if (status == OK) {
        kept.addAll(decoded);
      } else {
        refused++;
      }
      arrived.signalAll();
      return status;
    } finally {
      lock.unlock();
    }
  }

  private static byte[] content(HttpExchange exchange) throws IOException {
    boolean coded = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    try (InputStream in =
        coded ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
      return in.readAllBytes();
    }
  }

  /** Receives nothing any more. */
  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
    try {
      executor.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
