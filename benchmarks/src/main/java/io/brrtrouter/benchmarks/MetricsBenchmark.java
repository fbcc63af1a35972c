package io.brrtrouter.benchmarks;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.server.dispatch.ApiCompiler;
import io.brrtrouter.server.dispatch.Compilation;
import io.brrtrouter.server.dispatch.CompletedExchange;
import io.brrtrouter.server.dispatch.DispatchOptions;
import io.brrtrouter.server.dispatch.ExchangeListener;
import io.brrtrouter.server.dispatch.Fallback;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.http.TraceContext;
import io.brrtrouter.server.metrics.ServerMetrics;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What it costs to record one request, all its figures; and one value with the library's histogram.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // set up before it is measured
public class MetricsBenchmark {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Orders, version: "1"}
      paths:
        /orders:
          get:
            operationId: list_orders
            responses: {"200": {description: All.}}
      """;

  private static final int EXCHANGES = 64;

  private ExchangeListener orders;
  private CompletedExchange[] plain;
  private CompletedExchange[] sampled;
  private DistributionDataPoint library;

  /** Where a thread is in the exchanges. */
  @State(Scope.Thread)
  public static class Turn {
    private int next;

    private int take() {
      return next++ & (EXCHANGES - 1);
    }
  }

  /**
   * Binds the figures of an operation.
   *
   * @throws IOException if its document cannot be written where it is read from
   */
  @Setup
  public void bind() throws IOException {
    Path file = Files.writeString(Files.createTempFile("orders", ".yaml"), DOCUMENT);
    Compilation compiled =
        ApiCompiler.compile(
            OpenApiLoader.load(file, LoadOptions.defaults()),
            DispatchOptions.builder().fallback(Fallback.MOCK).build(),
            Map.of(),
            Map.of());
    Files.delete(file);
    Operation operation =
        ((Compilation.Compiled) compiled).api().operations().getFirst().operation();
    orders = new ServerMetrics().bind(operation, "/orders");
    plain = exchanges(operation, null);
    sampled = exchanges(operation, new TraceContext("a".repeat(32), "b".repeat(16), true));
    library =
        Histogram.builder()
            .name("library")
            .nativeInitialSchema(3)
            .withoutExemplars()
            .labelNames("operation")
            .build()
            .labelValues("list_orders");
  }

  private static CompletedExchange[] exchanges(Operation operation, @Nullable TraceContext span) {
    HttpRequest head =
        new HttpRequest(
            Method.GET,
            "/orders",
            "HTTP/1.1",
            Headers.of("Host", "localhost"),
            Peer.of(InetSocketAddress.createUnresolved("client", 1)));
    CompletedExchange[] exchanges = new CompletedExchange[EXCHANGES];
    for (int i = 0; i < EXCHANGES; i++) {
      exchanges[i] =
          new CompletedExchange(
              head, operation, "/orders", "1", 200, 20_000L << i % 12, i * 1000L, false, span);
    }
    return exchanges;
  }

  /** Records a request: that it begins and ends, its duration and both sizes. */
  @Benchmark
  public void record(Turn turn) {
    record(plain[turn.take()]);
  }

  /** The same, with exemplars. */
  @Benchmark
  public void recordSampled(Turn turn) {
    record(sampled[turn.take()]);
  }

  private void record(CompletedExchange exchange) {
    orders.began();
    orders.received(100);
    orders.completed(exchange);
    orders.ended();
  }

  /** One value, in the library's native and classic histogram. */
  @Benchmark
  public void library(Turn turn) {
    library.observe(plain[turn.take()].nanos() / 1e9);
  }
}
