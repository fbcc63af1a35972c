package io.brrtrouter.server.metrics;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.server.dispatch.CompletedExchange;
import io.brrtrouter.server.dispatch.ContractBreach;
import io.brrtrouter.server.dispatch.Endpoint;
import io.brrtrouter.server.dispatch.ExchangeListener;
import io.brrtrouter.server.dispatch.ProblemType;
import io.brrtrouter.server.dispatch.ServedOperation;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.measure.Measured;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the server counts and measures, by operation. The number of time series is bounded by the
 * document: nothing a client sends becomes a label, except a status it caused. Safe for use by many
 * threads.
 */
public final class ServerMetrics implements ExchangeListener, Endpoint {
  /** Seconds; from a cached answer to a deadline. */
  private static final double[] BUCKETS = {
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  /** Stands for every method nobody has a constant for. */
  private static final String OTHER = "other";

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY");

  private static final String UNMATCHED = "";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final MeasuredCollector measured = new MeasuredCollector();
  private final PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
  private final Counter requests;
  private final Histogram durations;
  private final Counter aborted;
  private final Counter breaches;
  private final Counter drifts;
  private final Map<ProblemType, CounterDataPoint> refusals = new EnumMap<>(ProblemType.class);

  /** The operations that have series. */
  private final Map<Labels, StatusSeries> bound = new ConcurrentHashMap<>();

  /** What tells the series of one operation from those of others. */
  private record Labels(String name, String method, String template) {
    static Labels of(Operation operation, String template) {
      String method = operation.method();
      return new Labels(operation.operationId().orElse(method + " " + template), method, template);
    }
  }

  /** Starts with nothing counted. */
  public ServerMetrics() {
    requests =
        Counter.builder()
            .name("brrtrouter_requests_total")
            .help("Requests answered; operation and path are empty where none matched.")
            .labelNames("operation", "method", "path", "status")
            .withoutExemplars()
            .register(registry);
    durations =
        Histogram.builder()
            .classicOnly()
            .classicUpperBounds(BUCKETS)
            .name("brrtrouter_request_duration_seconds")
            .help("Time from the head's arrival to the end of the response.")
            .labelNames("operation", "method", "path")
            .withoutExemplars()
            .register(registry);
    aborted =
        Counter.builder()
            .name("brrtrouter_requests_aborted_total")
            .help("Requests whose connection went before their response was complete.")
            .withoutExemplars()
            .register(registry);
    breaches =
        Counter.builder()
            .name("brrtrouter_response_breaches_total")
            .help("Responses of handlers that did not match the document.")
            .labelNames("operation", "method", "path")
            .withoutExemplars()
            .register(registry);
    drifts =
        Counter.builder()
            .name("brrtrouter_codec_drifts_total")
            .help("Bodies that generated code refused though the document accepts them.")
            .labelNames("operation", "method", "path")
            .withoutExemplars()
            .register(registry);
    Counter problems =
        Counter.builder()
            .name("brrtrouter_refusals_total")
            .help("Requests the server itself answered with a problem, by kind of problem.")
            .labelNames("problem")
            .withoutExemplars()
            .register(registry);
    for (ProblemType type : ProblemType.values()) {
      refusals.put(type, problems.labelValues(type.slug()));
    }
    JvmMetrics.register(registry);
  }

  /**
   * Reports how many requests are in progress.
   *
   * @param inFlight tells the number now; called at each scrape
   */
  public void inFlight(IntSupplier inFlight) {
    GaugeWithCallback.builder()
        .name("brrtrouter_requests_in_flight")
        .help("Requests between head and end of response.")
        .callback(callback -> callback.call(inFlight.getAsInt()))
        .register(registry);
  }

  /**
   * Reports how many responses are written while they are sent.
   *
   * @param streams tells the number now; called at each scrape
   */
  public void streams(IntSupplier streams) {
    GaugeWithCallback.builder()
        .name("brrtrouter_streams_in_flight")
        .help("Responses that are written while they are sent, events for example.")
        .callback(callback -> callback.call(streams.getAsInt()))
        .register(registry);
  }

  /**
   * Reports how many TLS handshakes failed because of the client's certificate.
   *
   * @param counts tell the number so far, by reason; called at each scrape
   */
  public void refusedHandshakes(Map<String, LongSupplier> counts) {
    CounterWithCallback.builder()
        .name("brrtrouter_tls_handshakes_refused_total")
        .help("TLS handshakes that failed because of the client's certificate, by reason.")
        .labelNames("reason")
        .callback(callback ->
            counts.forEach((reason, count) -> callback.call((double) count.getAsLong(), reason)))
        .register(registry);
  }

  /**
   * Reports what others have figures of, services that are asked for example.
   *
   * @param sources tells who has; called at each scrape
   */
  public void measured(Supplier<? extends Collection<? extends Measured>> sources) {
    measured.add(sources);
  }

  @Override
  public ExchangeListener bind(Operation operation, String template) {
    return new Series(Labels.of(operation, template));
  }

  /**
   * Forgets operations that are served no more, so that the number of series stays bounded by the
   * document, however often that changes.
   *
   * @param served whatever is served, or still answers requests
   */
  public void retain(Collection<ServedOperation> served) {
    Set<Labels> kept = new HashSet<>();
    served.forEach(each -> kept.add(Labels.of(each.operation(), each.path())));
    bound.forEach((labels, statuses) -> {
      if (!kept.contains(labels) && bound.remove(labels, statuses)) {
        forget(labels, statuses);
      }
    });
  }

  private void forget(Labels of, StatusSeries statuses) {
    durations.remove(of.name, of.method, of.template);
    breaches.remove(of.name, of.method, of.template);
    drifts.remove(of.name, of.method, of.template);
    statuses
        .codes()
        .forEach(
            status -> requests.remove(of.name, of.method, of.template, String.valueOf(status)));
  }

  /** Counts an exchange without operation. */
  @Override
  public void completed(CompletedExchange exchange) {
    HttpRequest head = exchange.head();
    String method = head == null ? UNMATCHED : head.method().token();
    String known = method.isEmpty() || METHODS.contains(method) ? method : OTHER;
    requests.labelValues(UNMATCHED, known, UNMATCHED, String.valueOf(exchange.status())).inc();
    countAborted(exchange);
  }

  @Override
  public void refused(ProblemType problem) {
    Objects.requireNonNull(refusals.get(problem)).inc();
  }

  private void countAborted(CompletedExchange exchange) {
    if (exchange.aborted()) {
      aborted.inc();
    }
  }

  /** Answers in the Prometheus text format, version 0.0.4; a large document has megabytes of it. */
  @Override
  public Answer answer(HttpRequest request) {
    return new Later(this::scrape);
  }

  private HttpResponse scrape() {
    ByteArrayOutputStream text = new ByteArrayOutputStream(16 << 10);
    try {
      writer.write(text, measured.beside(registry.scrape()), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return HttpResponse.bytes(200, writer.getContentType(), text.toByteArray());
  }

  /** The time series of one operation, looked up once. */
  private final class Series implements ExchangeListener {
    private final DistributionDataPoint duration;
    private final CounterDataPoint breach;
    private final CounterDataPoint drift;
    private final StatusSeries statuses;

    Series(Labels of) {
      this.duration = durations.labelValues(of.name, of.method, of.template);
      this.breach = breaches.labelValues(of.name, of.method, of.template);
      this.drift = drifts.labelValues(of.name, of.method, of.template);
      this.statuses =
          bound.computeIfAbsent(
              of,
              _ ->
                  new StatusSeries(status ->
                      requests.labelValues(
                          of.name, of.method, of.template, String.valueOf(status))));
    }

    @Override
    public void completed(CompletedExchange exchange) {
      statuses.of(exchange.status()).inc();
      duration.observe(exchange.nanos() / 1e9);
      countAborted(exchange);
    }

    @Override
    public void breached(ContractBreach details) {
      breach.inc();
    }

    @Override
    public void drifted(Operation operation) {
      drift.inc();
    }
  }
}
