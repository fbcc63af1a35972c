package io.brrtrouter.server.metrics;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.server.auth.SchemeOutcome;
import io.brrtrouter.server.decode.RequestViolation;
import io.brrtrouter.server.dispatch.CompletedExchange;
import io.brrtrouter.server.dispatch.ContractBreach;
import io.brrtrouter.server.dispatch.Endpoint;
import io.brrtrouter.server.dispatch.ExchangeListener;
import io.brrtrouter.server.dispatch.Gate;
import io.brrtrouter.server.dispatch.Judgement;
import io.brrtrouter.server.dispatch.ProblemType;
import io.brrtrouter.server.dispatch.ServedOperation;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.measure.Measured;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the server counts and measures, by operation. The number of time series is bounded by the
 * document: nothing a client sends becomes a label, except a status it caused. What a request costs
 * here is a few increments, and nothing is made, once each figure of its operation has occurred.
 * Safe for use by many threads.
 */
public final class ServerMetrics implements ExchangeListener, Endpoint, AutoCloseable {
  /** Stands for every method nobody has a constant for, as OpenTelemetry has it. */
  private static final String OTHER = "_OTHER";

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY");

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final MeasuredCollector measured = new MeasuredCollector();
  private final boolean originalNames;
  private final @Nullable FlightFigures flight;
  private final Exchanges exchanges;
  private final Counter breaches;
  private final Counter drifts;
  private final Counter decisions;
  private final Counter violations;
  private final Counter messages;
  private final Counter reloads;
  private final CounterDataPoint aborted;
  private final Map<ProblemType, CounterDataPoint> refusals = new EnumMap<>(ProblemType.class);

  /** Requests without operation that are being answered. */
  private final LongAdder active = new LongAdder();

  /** Those without operation, by method; all of them, so that none is made later. */
  private final Map<String, Exchanges.Series> unmatched = new HashMap<>();

  private final Exchanges.Series unmatchedOther;

  /** The operations that have series. */
  private final Map<OperationLabels, Figures> bound = new ConcurrentHashMap<>();

  /** Starts with nothing counted, without what the original called things, and without recorder. */
  public ServerMetrics() {
    this(false, false);
  }

  /**
   * Starts with nothing counted.
   *
   * @param originalNames whether figures have the original's names too
   * @param recording whether a flight recording tells of virtual threads; ends with {@link #close}
   */
  public ServerMetrics(boolean originalNames, boolean recording) {
    this.originalNames = originalNames;
    this.exchanges = new Exchanges(registry);
    this.breaches =
        counter(
            "brrtrouter_response_breaches_total",
            "Responses of handlers that did not match the document.",
            "operation",
            "method",
            "path");
    this.drifts =
        counter(
            "brrtrouter_codec_drifts_total",
            "Bodies that generated code refused though the document accepts them.",
            "operation",
            "method",
            "path");
    this.decisions =
        counter(
            "brrtrouter_security_decisions_total",
            "What security schemes contributed to decisions about requests.",
            "scheme",
            "outcome");
    this.violations =
        counter(
            "brrtrouter_validation_failures_total",
            "Violations of the document by requests, by the keyword that refused.",
            "operation",
            "keyword");
    this.messages =
        counter(
            "brrtrouter_websocket_messages_total",
            "Messages of WebSockets, received and sent.",
            "operation",
            "direction");
    this.reloads =
        counter(
            "brrtrouter_reloads_total",
            "Changed files and code, by what became of them.",
            "outcome");
    // From 0 on: a series that begins with 1 has no increase, so the first refusal alerted nobody.
    for (String outcome : List.of("published", "unchanged", "refused")) {
      reloads.initLabelValues(outcome);
    }
    Counter problems =
        counter(
            "brrtrouter_refusals_total",
            "Requests the server itself answered with a problem, by kind of problem.",
            "problem");
    for (ProblemType type : ProblemType.values()) {
      refusals.put(type, problems.labelValues(type.slug()));
    }
    this.aborted =
        counter(
                "brrtrouter_requests_aborted_total",
                "Requests whose connection went before their response was complete.")
            .labelValues();
    METHODS.forEach(
        method -> unmatched.put(method, exchanges.series(OperationLabels.none(method))));
    unmatched.put("", exchanges.series(OperationLabels.none("")));
    this.unmatchedOther = exchanges.series(OperationLabels.none(OTHER));
    Gauges.register(registry, this::activeByOperation, this::openByOperation, this::corsRefusals);
    JvmMetrics.register(registry);
    this.flight = recording ? new FlightFigures(registry) : null;
  }

  private Counter counter(String name, String help, String... labels) {
    return Counter.builder()
        .name(name)
        .help(help)
        .labelNames(labels)
        .withoutExemplars()
        .register(registry);
  }

  /**
   * Reports how much of what is bounded is in use, and how rate limits decide.
   *
   * @param gate knows; asked at each scrape
   */
  public void serves(Gate gate) {
    inFlight(gate::inFlight);
    Gauges.serve(registry, gate);
  }

  /**
   * Reports how many requests are in progress.
   *
   * @param inFlight tells the number now; called at each scrape
   */
  void inFlight(IntSupplier inFlight) {
    Gauges.gauge(
        registry,
        "brrtrouter_requests_in_flight",
        "Requests between head and end of response, those of streams and built-in endpoints not"
            + " counted.",
        inFlight::getAsInt);
  }

  /**
   * Reports how many connections are open.
   *
   * @param open tells the number now; called at each scrape
   */
  public void connections(IntSupplier open) {
    Gauges.gauge(
        registry, "brrtrouter_connections_open", "Connections that are open.", open::getAsInt);
  }

  /**
   * Reports which generation serves.
   *
   * @param number tells its number, the first is 1; called at each scrape
   * @param sinceMillis tells since when, in milliseconds since 1970; called at each scrape
   */
  public void generation(LongSupplier number, LongSupplier sinceMillis) {
    Gauges.generation(registry, number, sinceMillis);
  }

  /**
   * Reports how many TLS handshakes failed because of the client's certificate.
   *
   * @param counts tell the number so far, by reason; called at each scrape
   */
  public void refusedHandshakes(Map<String, LongSupplier> counts) {
    Gauges.refusedHandshakes(registry, counts);
  }

  /**
   * Reports what others have figures of, services that are asked for example.
   *
   * @param sources tells who has; called at each scrape
   */
  public void measured(Supplier<? extends Collection<? extends Measured>> sources) {
    measured.add(sources);
  }

  /**
   * Counts changed files or code that were looked at.
   *
   * @param outcome {@code published}, {@code unchanged} or {@code refused}
   */
  public void reloaded(String outcome) {
    reloads.labelValues(outcome).inc();
  }

  @Override
  public ExchangeListener bind(Operation operation, String template) {
    return bound.computeIfAbsent(OperationLabels.of(operation, template), Figures::new);
  }

  /**
   * Forgets operations that are served no more, so that the number of series stays bounded by the
   * document, however often that changes.
   *
   * @param served whatever is served, or still answers requests
   */
  public void retain(Collection<ServedOperation> served) {
    Set<OperationLabels> kept = new HashSet<>();
    served.forEach(each -> kept.add(OperationLabels.of(each.operation(), each.path())));
    bound.forEach((labels, figures) -> {
      if (!kept.contains(labels) && bound.remove(labels, figures)) {
        figures.forget();
      }
    });
  }

  /** Counts an exchange without operation. */
  @Override
  public void completed(CompletedExchange exchange) {
    HttpRequest head = exchange.head();
    Exchanges.Series series = unmatched.get(head == null ? "" : head.method().token());
    (series == null ? unmatchedOther : series).completed(exchange);
    countAborted(exchange);
  }

  @Override
  public void began() {
    active.increment();
  }

  @Override
  public void ended() {
    active.decrement();
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

  private Map<String, Long> activeByOperation() {
    SortedMap<String, Long> now = new TreeMap<>();
    bound.forEach((labels, figures) -> add(now, labels, figures.active));
    now.put("", Math.max(0, active.sum()));
    return now;
  }

  private Map<String, Long> openByOperation() {
    SortedMap<String, Long> now = new TreeMap<>();
    bound.forEach((labels, figures) -> {
      if (figures.converses) {
        add(now, labels, figures.open);
      }
    });
    return now;
  }

  /** An operation may be served at several paths; and a count that is read may be half made. */
  private static void add(Map<String, Long> now, OperationLabels labels, LongAdder count) {
    now.merge(labels.name(), Math.max(0, count.sum()), Long::sum);
  }

  private long corsRefusals(ProblemType reason) {
    return Objects.requireNonNull(refusals.get(reason)).getLongValue();
  }

  /** Answers in the format that {@code Accept} asks for; a large document has megabytes of it. */
  @Override
  public Answer answer(HttpRequest request) {
    Exposition format = Exposition.of(request.headers());
    return new Later(() -> format.answer(figures()));
  }

  private MetricSnapshots figures() {
    MetricSnapshots own = registry.scrape();
    return measured.beside(originalNames ? OriginalNames.beside(own) : own);
  }

  /** Ends the flight recording, if there is one. */
  @Override
  public void close() {
    if (flight != null) {
      flight.close();
    }
  }

  /** The figures of one operation, looked up once. */
  private final class Figures implements ExchangeListener, SchemeOutcome.Visitor {
    final OperationLabels of;
    final Exchanges.Series series;
    final CounterDataPoint breach;
    final CounterDataPoint drift;
    final LongAdder active = new LongAdder();
    final LongAdder open = new LongAdder();

    /** By scheme and outcome; schemes are those of the document. */
    final Map<String, Map<SchemeOutcome, CounterDataPoint>> schemes = new ConcurrentHashMap<>();

    final Map<String, CounterDataPoint> keywords = new ConcurrentHashMap<>();

    /** Whether a WebSocket was ever opened. */
    volatile boolean converses;

    private volatile @Nullable CounterDataPoint received;
    private volatile @Nullable CounterDataPoint sent;

    Figures(OperationLabels of) {
      this.of = of;
      this.series = exchanges.series(of);
      this.breach = breaches.labelValues(of.name(), of.method(), of.route());
      this.drift = drifts.labelValues(of.name(), of.method(), of.route());
    }

    @Override
    public void began() {
      active.increment();
    }

    @Override
    public void ended() {
      active.decrement();
    }

    @Override
    public void completed(CompletedExchange exchange) {
      series.completed(exchange);
      countAborted(exchange);
    }

    @Override
    public void received(long octets) {
      series.received(octets);
    }

    @Override
    public void refused(ProblemType problem) {
      ServerMetrics.this.refused(problem);
    }

    @Override
    public void judged(Judgement judgement) {
      judgement.outcomes(this);
    }

    @Override
    public void outcome(String scheme, SchemeOutcome outcome) {
      Map<SchemeOutcome, CounterDataPoint> outcomes = schemes.get(scheme);
      if (outcomes == null) {
        outcomes = schemes.computeIfAbsent(scheme, ServerMetrics.this::outcomes);
      }
      Objects.requireNonNull(outcomes.get(outcome)).inc();
    }

    @Override
    public void violated(List<RequestViolation> wrong) {
      for (RequestViolation each : wrong) {
        keywords
            .computeIfAbsent(
                Keywords.label(each.keyword()),
                keyword -> violations.labelValues(of.name(), keyword))
            .inc();
      }
    }

    @Override
    public void opened() {
      converses = true;
      open.increment();
    }

    @Override
    public void closed() {
      open.decrement();
    }

    @Override
    public void message(boolean ofClient) {
      CounterDataPoint counter = ofClient ? received : sent;
      if (counter == null) {
        counter = messages.labelValues(of.name(), ofClient ? "received" : "sent");
        if (ofClient) {
          received = counter;
        } else {
          sent = counter;
        }
      }
      counter.inc();
    }

    @Override
    public void breached(ContractBreach details) {
      breach.inc();
    }

    @Override
    public void drifted(Operation operation) {
      drift.inc();
    }

    /** Forgets its series, but those that others have in common with it. */
    void forget() {
      series.remove();
      breaches.remove(of.name(), of.method(), of.route());
      drifts.remove(of.name(), of.method(), of.route());
      if (bound.keySet().stream().noneMatch(each -> each.name().equals(of.name()))) {
        keywords.keySet().forEach(keyword -> violations.remove(of.name(), keyword));
        messages.remove(of.name(), "received");
        messages.remove(of.name(), "sent");
      }
      for (String scheme : schemes.keySet()) {
        if (bound.values().stream().noneMatch(each -> each.schemes.containsKey(scheme))) {
          for (SchemeOutcome outcome : SchemeOutcome.values()) {
            decisions.remove(scheme, label(outcome));
          }
        }
      }
    }
  }

  private Map<SchemeOutcome, CounterDataPoint> outcomes(String scheme) {
    Map<SchemeOutcome, CounterDataPoint> counters = new EnumMap<>(SchemeOutcome.class);
    for (SchemeOutcome outcome : SchemeOutcome.values()) {
      counters.put(outcome, decisions.labelValues(scheme, label(outcome)));
    }
    return counters;
  }

  private static String label(SchemeOutcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
