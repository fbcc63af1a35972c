package io.brrtrouter.server.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The names that the original BRRTRouter gave its figures, for dashboards that were made for it:
 * all computed from the server's own at a scrape. {@code docs/metrics.md} says which there are not.
 */
final class OriginalNames {
  /** Seconds; each is a bound of the server's own histogram too. */
  private static final double[] BUCKETS = {
    0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, Double.POSITIVE_INFINITY
  };

  private final Map<String, MetricSnapshot> own = new HashMap<>();
  private final MetricSnapshots.Builder all = MetricSnapshots.builder();

  private OriginalNames(MetricSnapshots figures) {
    figures.forEach(each -> {
      own.put(each.getMetadata().getPrometheusName(), each);
      all.metricSnapshot(each);
    });
  }

  /** {@return figures, and the same under the original's names} */
  static MetricSnapshots beside(MetricSnapshots figures) {
    OriginalNames names = new OriginalNames(figures);
    names.requests();
    names.refusals();
    names.gauges();
    return names.all.build();
  }

  private void requests() {
    SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();
    SortedMap<String, Double> seconds = new TreeMap<>();
    long[] buckets = new long[BUCKETS.length];
    long count = 0;
    double sum = 0;
    for (DataPointSnapshot point : points("http_server_request_duration_seconds")) {
      HistogramDataPointSnapshot series = (HistogramDataPointSnapshot) point;
      String path = value(series, "http_route");
      String status = value(series, "http_response_status_code");
      counts
          .computeIfAbsent(path, _ -> new TreeMap<>())
          .merge(status, series.getCount(), Long::sum);
      seconds.merge(path, series.getSum(), Double::sum);
      add(series.getClassicBuckets(), buckets);
      count += series.getCount();
      sum += series.getSum();
    }
    CounterSnapshot.Builder requests = counter("brrtrouter_requests", "Requests answered.");
    CounterSnapshot.Builder paths = counter("brrtrouter_path_requests", "Requests by path.");
    GaugeSnapshot.Builder means =
        gauge("brrtrouter_path_latency_seconds_avg", "Mean duration by path.");
    counts.forEach((path, statuses) -> {
      statuses.forEach((status, number) ->
          requests.dataPoint(point((double) number, Labels.of("path", path, "status", status))));
      long ofPath = statuses.values().stream().mapToLong(Long::longValue).sum();
      Labels labels = Labels.of("path", path);
      paths.dataPoint(point((double) ofPath, labels));
      means.dataPoint(
          new GaugeDataPointSnapshot(seconds.getOrDefault(path, 0.0) / ofPath, labels, null));
    });
    all.metricSnapshot(requests.build());
    all.metricSnapshot(paths.build());
    all.metricSnapshot(means.build());
    total("brrtrouter_top_level_requests", "Requests answered.", (double) count);
    value(
        "brrtrouter_request_latency_seconds",
        "Mean duration of all requests.",
        count == 0 ? 0 : sum / count);
    all.metricSnapshot(
        HistogramSnapshot.builder()
            .name("brrtrouter_request_duration_seconds")
            .help("Durations of all requests.")
            .dataPoint(
                HistogramDataPointSnapshot.builder()
                    .classicHistogramBuckets(ClassicHistogramBuckets.of(BUCKETS, buckets))
                    .sum(sum)
                    .build())
            .build());
  }

  private static void add(ClassicHistogramBuckets from, long[] to) {
    int bucket = 0;
    for (int i = 0; i < from.size(); i++) {
      while (from.getUpperBound(i) > BUCKETS[bucket]) {
        bucket++;
      }
      to[bucket] += from.getCount(i);
    }
  }

  private void refusals() {
    Map<String, Double> problems = new HashMap<>();
    for (DataPointSnapshot point : points("brrtrouter_refusals")) {
      problems.put(value(point, "problem"), ((CounterDataPointSnapshot) point).getValue());
    }
    ToDoubleFunction<String> of = problem -> problems.getOrDefault(problem, 0.0);
    total(
        "brrtrouter_auth_failures",
        "Requests that were refused for want of good credentials.",
        of.applyAsDouble("unauthenticated") + of.applyAsDouble("insufficient-scope"));
    total(
        "brrtrouter_rate_limit_sheds",
        "Requests beyond a rate limit.",
        of.applyAsDouble("rate-limited"));
    total(
        "brrtrouter_handler_deadline_timeouts",
        "Requests whose handler was not in time.",
        of.applyAsDouble("deadline-exceeded"));
    total(
        "brrtrouter_cors_origin_rejections",
        "Requests of pages of an origin that is not listed.",
        of.applyAsDouble("origin-not-allowed"));
    total(
        "brrtrouter_cors_preflight_denials",
        "Preflights that asked for too much.",
        of.applyAsDouble("preflight-denied"));
  }

  private void gauges() {
    value(
        "brrtrouter_active_requests",
        "Requests being answered.",
        sum("http_server_active_requests"));
    value(
        "brrtrouter_coroutine_stack_bytes",
        "The most a thread's stack may take.",
        sum("jvm_thread_stack_max_bytes"));
    copy("process_memory_rss_bytes", "process_resident_memory_bytes");
    copy("process_memory_vss_bytes", "process_virtual_memory_bytes");
    double heap = 0;
    for (DataPointSnapshot point : points("jvm_memory_used_bytes")) {
      if (value(point, "area").equals("heap")) {
        heap += ((GaugeDataPointSnapshot) point).getValue();
      }
    }
    value("process_memory_heap_bytes", "Heap in use.", heap);
  }

  /** Only where there is one: some operating systems have none. */
  private void copy(String name, String from) {
    if (own.containsKey(from)) {
      value(name, "The same as " + from + ".", sum(from));
    }
  }

  private double sum(String name) {
    double sum = 0;
    for (DataPointSnapshot point : points(name)) {
      sum += ((GaugeDataPointSnapshot) point).getValue();
    }
    return sum;
  }

  private Iterable<? extends DataPointSnapshot> points(String name) {
    @Nullable MetricSnapshot figure = own.get(name);
    return figure == null ? List.of() : figure.getDataPoints();
  }

  private static String value(DataPointSnapshot point, String label) {
    String value = point.getLabels().get(label);
    return value == null ? "" : value;
  }

  private static CounterSnapshot.Builder counter(String name, String help) {
    return CounterSnapshot.builder().name(name).help(help);
  }

  private static GaugeSnapshot.Builder gauge(String name, String help) {
    return GaugeSnapshot.builder().name(name).help(help);
  }

  private static CounterDataPointSnapshot point(double value, Labels labels) {
    return CounterDataPointSnapshot.builder().value(value).labels(labels).build();
  }

  private void total(String name, String help, double value) {
    all.metricSnapshot(counter(name, help).dataPoint(point(value, Labels.EMPTY)).build());
  }

  private void value(String name, String help, double value) {
    all.metricSnapshot(
        gauge(name, help).dataPoint(GaugeDataPointSnapshot.builder().value(value).build()).build());
  }
}
