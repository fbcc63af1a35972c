package io.brrtrouter.conformance.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
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
import io.brrtrouter.server.metrics.ServerMetrics;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Recording a request")
class RecordingAllocationTest {
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

  private static final int TIMES = 2000;
  private static final int MEASUREMENTS = 10;

  /** Anything that one call allocates is in each of them, what happens now and then is not. */
  private static long leastAllocated(Runnable call) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < MEASUREMENTS; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int j = 0; j < TIMES; j++) {
        call.run();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }

  private static HttpRequest request(String... fields) {
    return new HttpRequest(
        Method.GET,
        "/orders",
        "HTTP/1.1",
        Headers.of(fields),
        Peer.of(InetSocketAddress.createUnresolved("client", 1)));
  }

  @Test
  void makesNothing(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("orders.yaml"), DOCUMENT);
    Compilation compiled =
        ApiCompiler.compile(
            OpenApiLoader.load(file, LoadOptions.defaults()),
            DispatchOptions.builder().fallback(Fallback.MOCK).build(),
            Map.of(),
            Map.of());
    Operation operation =
        ((Compilation.Compiled) compiled).api().operations().getFirst().operation();
    ServerMetrics metrics = new ServerMetrics();
    ExchangeListener orders = metrics.bind(operation, "/orders");
    HttpRequest plain = request("Accept", "*/*");
    HttpRequest traced =
        request("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00");
    CompletedExchange[] exchanges = new CompletedExchange[64];
    for (int i = 0; i < exchanges.length; i++) {
      exchanges[i] =
          new CompletedExchange(
              i % 2 == 0 ? plain : traced,
              operation,
              "/orders",
              "1",
              i % 8 == 0 ? 404 : 200,
              1L << i % 34,
              i * 1000L,
              false,
              null);
    }
    int[] next = {0};
    Runnable record =
        () -> {
          CompletedExchange exchange = exchanges[next[0]++ & 63];
          orders.began();
          orders.received(100);
          orders.completed(exchange);
          orders.ended();
          metrics.completed(exchange);
        };

    assertThat(leastAllocated(record)).isLessThan(TIMES);
  }
}
