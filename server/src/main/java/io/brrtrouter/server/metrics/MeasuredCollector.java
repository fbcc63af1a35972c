package io.brrtrouter.server.metrics;

import io.brrtrouter.server.measure.Measured;
import io.brrtrouter.server.measure.Measurement;
import io.brrtrouter.server.measure.Measurement.Kind;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks whoever has figures, at each scrape; who fails has none in that one. */
final class MeasuredCollector implements MultiCollector {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.metrics");

  private final Supplier<? extends Collection<? extends Measured>> sources;

  MeasuredCollector(Supplier<? extends Collection<? extends Measured>> sources) {
    this.sources = sources;
  }

  @Override
  public MetricSnapshots collect() {
    SortedMap<String, List<Measurement>> byName = new TreeMap<>();
    for (Measured source : sources.get()) {
      for (Measurement each : measurements(source)) {
        byName.computeIfAbsent(each.name(), _ -> new ArrayList<>()).add(each);
      }
    }
    List<MetricSnapshot> snapshots = new ArrayList<>();
    byName.forEach((name, all) -> snapshots.add(snapshot(name, all)));
    return new MetricSnapshots(snapshots);
  }

  private static List<Measurement> measurements(Measured source) {
    try {
      return source.measurements();
    } catch (RuntimeException failure) {
      LOG.debug("{} has no figures now", source.getClass().getName(), failure);
      return List.of();
    }
  }

  private static MetricSnapshot snapshot(String name, List<Measurement> all) {
    Measurement first = all.getFirst();
    boolean counts = first.kind() == Kind.COUNTER;
    Map<Map<String, String>, Double> values = new LinkedHashMap<>();
    for (Measurement each : all) {
      values.merge(each.labels(), each.value(), counts ? Double::sum : Double::max);
    }
    if (counts) {
      CounterSnapshot.Builder snapshot =
          CounterSnapshot.builder()
              .name(name.substring(0, name.length() - Measurement.TOTAL.length()))
              .help(first.help());
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
