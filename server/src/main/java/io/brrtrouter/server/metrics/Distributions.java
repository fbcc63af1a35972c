package io.brrtrouter.server.metrics;

import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A histogram with all its series. Not that of the library, of which each observation allocates,
 * and takes a lock while it is scraped. Safe for use by many threads.
 */
final class Distributions implements Collector {
  private final MetricMetadata metadata;
  private final Scale scale;
  private final String[] names;
  private final Map<Labels, Distribution> series = new ConcurrentHashMap<>();

  /**
   * Begins without series.
   *
   * @param name its name, with the unit
   * @param help what it says
   * @param scale how values are told apart
   * @param labels names of its labels
   */
  Distributions(String name, String help, Scale scale, String... labels) {
    this.metadata = new MetricMetadata(name, help);
    this.scale = scale;
    this.names = labels.clone();
  }

  /** {@return the series of some labels; the same each time until it is removed} */
  Distribution of(String... values) {
    return series.computeIfAbsent(Labels.of(names, values), of -> new Distribution(scale, of));
  }

  void remove(String... values) {
    series.remove(Labels.of(names, values));
  }

  @Override
  public MetricSnapshot collect() {
    return new HistogramSnapshot(
        metadata, series.values().stream().map(Distribution::snapshot).toList());
  }
}
