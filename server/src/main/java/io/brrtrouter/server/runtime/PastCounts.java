package io.brrtrouter.server.runtime;

import io.brrtrouter.server.measure.Measured;
import io.brrtrouter.server.measure.Measurement;
import io.brrtrouter.server.measure.Measurement.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was counted by parts that are gone: a counter that went down would be taken for that of a
 * process that has started anew. Not safe for use by many threads.
 */
final class PastCounts {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server");

  private final Map<Series, Measurement> counts = new HashMap<>();

  private record Series(String name, Map<String, String> labels) {}

  /** Remembers what a part has counted, which counts no more; nothing where it counted nothing. */
  void add(Measured part) {
    try {
      for (Measurement each : part.measurements()) {
        if (each.kind() == Kind.COUNTER && each.value() > 0) {
          counts.merge(new Series(each.name(), each.labels()), each, PastCounts::sum);
        }
      }
    } catch (RuntimeException failure) {
      LOG.warn("what {} has counted is lost", part.getClass().getName(), failure);
    }
  }

  private static Measurement sum(Measurement some, Measurement more) {
    return Measurement.counter(
        some.name(), some.help(), some.labels(), some.value() + more.value());
  }

  /** {@return all of it, as it is now} */
  Measured now() {
    List<Measurement> copy = List.copyOf(counts.values());
    return () -> copy;
  }
}
