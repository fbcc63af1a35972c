package io.brrtrouter.server.metrics;

import io.brrtrouter.server.dispatch.CompletedExchange;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.TraceContext;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long requests take and how large they and their responses are. Safe for use by many threads.
 */
final class Exchanges {
  /** Nanoseconds as seconds: from a cached answer to a deadline, and a day for what is streamed. */
  private static final Scale SECONDS =
      new Scale(
          1e9, 3, -20, 17, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10);

  /** Octets: from a line to a film. */
  private static final Scale BYTES =
      new Scale(
          1, 2, -1, 40, 256, 1 << 10, 1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20, 1 << 22,
          1 << 24);

  private final Distributions durations =
      new Distributions(
          "http_server_request_duration_seconds",
          "Time from the head's arrival to the end of the response; operation and http_route are"
              + " empty where none matched, the status where none was sent.",
          SECONDS,
          "http_request_method",
          "http_response_status_code",
          "http_route",
          "operation");
  private final Distributions requests =
      new Distributions(
          "http_server_request_body_size_bytes",
          "Content of requests that operations have begun to answer, as far as it was read.",
          BYTES,
          "http_request_method",
          "http_route",
          "operation");
  private final Distributions responses =
      new Distributions(
          "http_server_response_body_size_bytes",
          "Content of responses, as it was sent.",
          BYTES,
          "http_request_method",
          "http_route",
          "operation");

  /**
   * Begins with nothing counted.
   *
   * @param registry takes the histograms
   */
  Exchanges(PrometheusRegistry registry) {
    registry.register(durations);
    registry.register(requests);
    registry.register(responses);
  }

  /** {@return the series of some labels; those that occur, once they do} */
  Series series(OperationLabels of) {
    return new Series(of);
  }

  /** Series of one operation, or of requests of one method without operation. */
  final class Series {
    private final OperationLabels of;
    private final StatusSeries statuses;
    private volatile @Nullable Distribution request;
    private volatile @Nullable Distribution response;

    private Series(OperationLabels of) {
      this.of = of;
      this.statuses =
          new StatusSeries(status -> durations.of(of.method(), status, of.route(), of.name()));
    }

    /** Counts a response, and keeps it as an exemplar if somebody records its trace. */
    void completed(CompletedExchange exchange) {
      long nanos = Math.max(0, exchange.nanos());
      Distribution duration = statuses.of(exchange.status());
      duration.observe(nanos);
      Distribution sizes = response;
      if (sizes == null) {
        sizes = responses.of(of.method(), of.route(), of.name());
        response = sizes;
      }
      sizes.observe(exchange.bytes());
      if (isSampled(exchange)) {
        TraceContext trace = exchange.trace();
        if (trace != null) {
          duration.exemplify(nanos, trace);
          sizes.exemplify(exchange.bytes(), trace);
        }
      }
    }

    private static boolean isSampled(CompletedExchange exchange) {
      TraceContext span = exchange.span();
      if (span != null) {
        return span.sampled();
      }
      HttpRequest head = exchange.head();
      return head != null && TraceContext.isSampled(head.headers());
    }

    /** Counts the content of a request. */
    void received(long octets) {
      Distribution sizes = request;
      if (sizes == null) {
        sizes = requests.of(of.method(), of.route(), of.name());
        request = sizes;
      }
      sizes.observe(octets);
    }

    /** Forgets all of it. */
    void remove() {
      List<String> occurred = statuses.occurred().toList();
      occurred.forEach(status -> durations.remove(of.method(), status, of.route(), of.name()));
      requests.remove(of.method(), of.route(), of.name());
      responses.remove(of.method(), of.route(), of.name());
    }
  }
}
