package io.brrtrouter.server.metrics;

import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Durations by status code, with a series made when a status first occurs. */
final class StatusSeries {
  /** Codes below this one are told apart: 599 is the largest, 0 means none was sent. */
  private static final int CODES = 600;

  private final AtomicReferenceArray<@Nullable Distribution> durations =
      new AtomicReferenceArray<>(CODES);

  private final Function<String, Distribution> maker;

  /**
   * Begins without.
   *
   * @param maker gives the series of a status, the same each time; of an empty one, if none was
   *     sent
   */
  StatusSeries(Function<String, Distribution> maker) {
    this.maker = maker;
  }

  /**
   * {@return the durations of a status}
   *
   * @param status 0 to 599
   */
  Distribution of(int status) {
    Distribution duration = durations.get(status);
    if (duration == null) {
      // Two threads may both get here, and are given the same one.
      duration = maker.apply(label(status));
      durations.set(status, duration);
    }
    return duration;
  }

  private static String label(int status) {
    return status == 0 ? "" : String.valueOf(status);
  }

  /** {@return the labels of the statuses that have occurred} */
  Stream<String> occurred() {
    return IntStream.range(0, CODES)
        .filter(status -> durations.get(status) != null)
        .mapToObj(StatusSeries::label);
  }
}
