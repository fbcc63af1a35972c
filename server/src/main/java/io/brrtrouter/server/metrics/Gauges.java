package io.brrtrouter.server.metrics;

import io.brrtrouter.server.dispatch.Gate;
import io.brrtrouter.server.dispatch.LimitCount;
import io.brrtrouter.server.dispatch.OperationRoom;
import io.brrtrouter.server.dispatch.ProblemType;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** Figures that somebody knows anyway, who is asked at each scrape. */
final class Gauges {
  private static final double MILLIS = 1e3;

  private Gauges() {}

  static void gauge(PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  /**
   * Reports what is counted beside histograms.
   *
   * @param registry takes it
   * @param active requests that are being answered, by operation
   * @param sockets WebSockets that are open, by operation
   * @param refusals counts problems
   */
  static void register(
      PrometheusRegistry registry,
      Supplier<Map<String, Long>> active,
      Supplier<Map<String, Long>> sockets,
      ToLongFunction<ProblemType> refusals) {
    byOperation(
        registry,
        "http_server_active_requests",
        "Requests that are being answered; operation is empty for built-in endpoints and static"
            + " files.",
        active);
    byOperation(registry, "brrtrouter_websockets_open", "WebSockets that are open.", sockets);
    CounterWithCallback.builder()
        .name("brrtrouter_cors_refusals_total")
        .help("Requests that were refused because of the page they came from.")
        .labelNames("reason")
        .callback(callback -> {
          callback.call((double) refusals.applyAsLong(ProblemType.ORIGIN_NOT_ALLOWED), "origin");
          callback.call((double) refusals.applyAsLong(ProblemType.PREFLIGHT_DENIED), "preflight");
          callback.call(
              (double) refusals.applyAsLong(ProblemType.CROSS_SITE_REQUEST), "cross_site");
        })
        .register(registry);
  }

  private static void byOperation(
      PrometheusRegistry registry, String name, String help, Supplier<Map<String, Long>> counts) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("operation")
        .callback(callback ->
            counts.get().forEach((operation, count) -> callback.call((double) count, operation)))
        .register(registry);
  }

  /** Reports what the gate knows, but for the requests in flight. */
  static void serve(PrometheusRegistry registry, Gate gate) {
    gauge(
        registry,
        "brrtrouter_requests_limit",
        "Requests that may be in flight; more are refused.",
        gate::inFlightLimit);
    gauge(
        registry,
        "brrtrouter_streams_in_flight",
        "Responses that are written while they are sent, events for example.",
        gate::streams);
    gauge(
        registry,
        "brrtrouter_streams_limit",
        "Responses that may be written while they are sent; more are refused.",
        gate::streamsLimit);
    rooms(
        registry,
        "brrtrouter_operation_in_flight",
        "Requests in flight of operations that have a bound of their own.",
        gate,
        OperationRoom::inFlight);
    rooms(
        registry,
        "brrtrouter_operation_limit",
        "Requests of such an operation that may be in flight; more are refused.",
        gate,
        OperationRoom::limit);
    CounterWithCallback.builder()
        .name("brrtrouter_rate_limit_decisions_total")
        .help("Requests that were counted to rate limits, by kind of limit and what it decided.")
        .labelNames("limit", "outcome")
        .callback(callback -> {
          for (LimitCount each : gate.limitDecisions()) {
            callback.call((double) each.count(), each.limit(), each.outcome());
          }
        })
        .register(registry);
  }

  private static void rooms(
      PrometheusRegistry registry,
      String name,
      String help,
      Gate gate,
      ToIntFunction<OperationRoom> figure) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .labelNames("operation")
        .callback(callback -> {
          // One bound for all paths of an operation.
          SortedMap<String, Integer> rooms = new TreeMap<>();
          for (OperationRoom room : gate.rooms()) {
            rooms.put(
                OperationLabels.name(room.operation(), room.template()), figure.applyAsInt(room));
          }
          rooms.forEach((operation, value) -> callback.call(value, operation));
        })
        .register(registry);
  }

  static void generation(
      PrometheusRegistry registry, LongSupplier number, LongSupplier sinceMillis) {
    gauge(
        registry,
        "brrtrouter_generation",
        "Which generation serves; the first is 1.",
        () -> (double) number.getAsLong());
    gauge(
        registry,
        "brrtrouter_generation_since_timestamp_seconds",
        "Since when it serves, in seconds since 1970.",
        () -> sinceMillis.getAsLong() / MILLIS);
  }

  static void refusedHandshakes(PrometheusRegistry registry, Map<String, LongSupplier> counts) {
    CounterWithCallback.builder()
        .name("brrtrouter_tls_handshakes_refused_total")
        .help("TLS handshakes that failed because of the client's certificate, by reason.")
        .labelNames("reason")
        .callback(callback ->
            counts.forEach((reason, count) -> callback.call((double) count.getAsLong(), reason)))
        .register(registry);
  }
}
