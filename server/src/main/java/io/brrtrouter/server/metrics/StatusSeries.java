package io.brrtrouter.server.metrics;

import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Counters by status code, made when a status first occurs. */
final class StatusSeries {
  /** Codes below this one are told apart: 599 is the largest, 0 means none was sent. */
  private static final int CODES = 600;

  private final AtomicReferenceArray<@Nullable CounterDataPoint> counters =
      new AtomicReferenceArray<>(CODES);

  private final IntFunction<CounterDataPoint> maker;

  StatusSeries(IntFunction<CounterDataPoint> maker) {
    this.maker = maker;
  }

  /**
   * {@return the counter of a status}
   *
   * @param status 0 to 599
   */
  CounterDataPoint of(int status) {
    CounterDataPoint counter = counters.get(status);
    if (counter == null) {
      // Two threads may both get here; the registry gives them the same counter.
      counter = maker.apply(status);
      counters.set(status, counter);
    }
    return counter;
  }

  /** {@return the statuses that have occurred} */
  IntStream codes() {
    return IntStream.range(0, CODES).filter(status -> counters.get(status) != null);
  }
}
