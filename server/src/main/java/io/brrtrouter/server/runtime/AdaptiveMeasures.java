package io.brrtrouter.server.runtime;

import io.brrtrouter.server.dispatch.AdaptiveFigures;
import io.brrtrouter.server.measure.Measured;
import io.brrtrouter.server.measure.Measurement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The figures of adaptive limits. Safe for use by many threads.
 *
 * @param limits how it stands with them now
 */
record AdaptiveMeasures(Supplier<List<AdaptiveFigures>> limits) implements Measured {
  private static final String OPERATION = "operation";

  @Override
  public List<Measurement> measurements() {
    List<Measurement> all = new ArrayList<>();
    for (AdaptiveFigures each : limits.get()) {
      Map<String, String> limit = Map.of(OPERATION, each.limit());
      all.add(
          Measurement.gauge(
              "brrtrouter_adaptive_limit",
              "Requests of an operation, or of a class of them, that may be worked on at once.",
              limit,
              each.most()));
      all.add(
          Measurement.gauge(
              "brrtrouter_adaptive_in_flight",
              "Requests of an operation, or of a class of them, that are worked on.",
              limit,
              each.inFlight()));
      all.add(
          Measurement.counter(
              "brrtrouter_adaptive_refusals_total",
              "Requests refused because the adaptive limit of their operation left no room.",
              Map.of(OPERATION, each.operation(), "priority", each.priority()),
              (double) each.refusals()));
    }
    return all;
  }
}
