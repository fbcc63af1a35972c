package io.brrtrouter.testing.telemetry;

import java.util.List;
import java.util.Map;

/**
 * A metric as it was received. Immutable.
 *
 * @param resource attributes of who sent it
 * @param name its name
 * @param unit its unit, as in UCUM; empty without
 * @param series the attributes of each of its points, as for spans
 */
public record ReceivedMetric(
    Map<String, Object> resource, String name, String unit, List<Map<String, Object>> series) {
  /** Copies the collections. */
  public ReceivedMetric {
    resource = Map.copyOf(resource);
    series = series.stream().map(Map::copyOf).toList();
  }
}
