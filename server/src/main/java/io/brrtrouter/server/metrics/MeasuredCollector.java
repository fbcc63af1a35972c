package io.brrtrouter.server.metrics;

import io.brrtrouter.server.measure.Measured;
import io.brrtrouter.server.measure.Measurement;
import io.brrtrouter.server.measure.Measurement.Kind;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Asks whoever has figures, at each scrape; who fails has none in that one, and a figure that
 * cannot be written is left out: the others are not to suffer. Safe for use by many threads.
 */
final class MeasuredCollector {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.metrics");
  private static final String OURS = "brrtrouter_";

  /** What is wrong is wrong at each scrape, and has one line. */
  private static final int MOST_TOLD = 100;

  private final List<Supplier<? extends Collection<? extends Measured>>> sources =
      new CopyOnWriteArrayList<>();
  private final Set<String> told = ConcurrentHashMap.newKeySet();

  void add(Supplier<? extends Collection<? extends Measured>> more) {
    sources.add(more);
  }

  /**
   * {@return figures that stand beside others}
   *
   * @param others those of the server
   */
  MetricSnapshots beside(MetricSnapshots others) {
    SortedMap<String, List<Measurement>> byName = new TreeMap<>();
    for (Supplier<? extends Collection<? extends Measured>> each : sources) {
      for (Measured source : each.get()) {
        for (Measurement measurement : measurements(source)) {
          byName.computeIfAbsent(base(measurement), _ -> new ArrayList<>()).add(measurement);
        }
      }
    }
    Set<String> taken = new HashSet<>();
    MetricSnapshots.Builder all = MetricSnapshots.builder();
    others.forEach(each -> {
      taken.add(each.getMetadata().getPrometheusName());
      all.metricSnapshot(each);
    });
    byName.forEach((name, measurements) -> {
      if (taken.contains(name)) {
        complain(name, "is a figure of the server; another of that name is left out", null);
      } else {
        snapshot(name, measurements).ifPresent(all::metricSnapshot);
      }
    });
    return all.build();
  }

  /** {@return the name that Prometheus goes by, which has one type} */
  private static String base(Measurement measurement) {
    String name = measurement.name();
    return measurement.kind() == Kind.COUNTER
        ? name.substring(0, name.length() - Measurement.TOTAL.length())
        : name;
  }

  private List<Measurement> measurements(Measured source) {
    String name = source.getClass().getName();
    boolean ours = name.startsWith("io.brrtrouter.");
    List<Measurement> sound = new ArrayList<>();
    try {
      for (Measurement each : source.measurements()) {
        if (!ours && each.name().startsWith(OURS)) {
          complain(each.name(), "is a name of BRRTRouter, and left out from " + name, null);
        } else {
          sound.add(each);
        }
      }
      return sound;
    } catch (Throwable failure) { // it is somebody else's code, and the scrape goes on
      complain(name, "has no figures now", failure);
      return List.of();
    }
  }

  private void complain(String what, String why, @Nullable Throwable failure) {
    boolean first = told.size() < MOST_TOLD && told.add(what);
    LOG.atLevel(first ? Level.WARN : Level.DEBUG).setCause(failure).log("{} {}", what, why);
  }

  private Optional<MetricSnapshot> snapshot(String name, List<Measurement> all) {
    Kind kind = all.getFirst().kind();
    if (all.stream().anyMatch(each -> each.kind() != kind)) {
      complain(name, "is a counter and a gauge; the one told later is left out", null);
    }
    try {
      return Optional.of(written(name, all.stream().filter(each -> each.kind() == kind).toList()));
    } catch (RuntimeException unfit) {
      complain(name, "cannot be written, and is left out", unfit);
      return Optional.empty();
    }
  }

  private static MetricSnapshot written(String name, List<Measurement> all) {
    Measurement first = all.getFirst();
    boolean counts = first.kind() == Kind.COUNTER;
    Map<Map<String, String>, Double> values = new LinkedHashMap<>();
    for (Measurement each : all) {
      values.merge(each.labels(), each.value(), counts ? Double::sum : Double::max);
    }
    if (counts) {
      CounterSnapshot.Builder snapshot = CounterSnapshot.builder().name(name).help(first.help());
      values.forEach((labels, value) ->
          snapshot.dataPoint(
              CounterSnapshot.CounterDataPointSnapshot.builder()
                  .labels(labels(labels))
                  .value(value)
                  .build()));
      return snapshot.build();
    }
    GaugeSnapshot.Builder snapshot = GaugeSnapshot.builder().name(name).help(first.help());
    values.forEach((labels, value) ->
        snapshot.dataPoint(
            GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .labels(labels(labels))
                .value(value)
                .build()));
    return snapshot.build();
  }

  private static Labels labels(Map<String, String> labels) {
    SortedMap<String, String> sorted = new TreeMap<>(labels);
    return Labels.of(
        sorted.keySet().toArray(String[]::new), sorted.values().toArray(String[]::new));
  }
}
