package io.brrtrouter.server.metrics;

import io.brrtrouter.server.http.TraceContext;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * One series of a histogram. To observe a value takes no lock and makes nothing; of values that
 * belong to a trace the last one of each classic bucket is kept as its exemplar. Safe for use by
 * many threads.
 */
final class Distribution {
  private final Scale scale;
  private final Labels labels;
  private final AtomicLongArray counts;
  private final LongAdder sum = new LongAdder();
  private final long created = System.currentTimeMillis();

  /** By classic bucket; null as long as there is none. */
  private volatile @Nullable AtomicReferenceArray<@Nullable Exemplar> exemplars;

  Distribution(Scale scale, Labels labels) {
    this.scale = scale;
    this.labels = labels;
    this.counts = new AtomicLongArray(scale.cells());
  }

  /**
   * Counts a value.
   *
   * @param value the value, 0 or more
   */
  void observe(long value) {
    counts.getAndIncrement(scale.cell(value));
    sum.add(value);
  }

  /**
   * Keeps a value that has been counted as an exemplar.
   *
   * @param value the value
   * @param trace the trace it belongs to, which somebody records
   */
  void exemplify(long value, TraceContext trace) {
    AtomicReferenceArray<@Nullable Exemplar> kept = exemplars;
    if (kept == null) {
      kept = begunExemplars();
    }
    Labels of = Labels.of(Exemplar.TRACE_ID, trace.traceId(), Exemplar.SPAN_ID, trace.spanId());
    kept.set(
        scale.classicOf(scale.cell(value)),
        new Exemplar(scale.inUnit(value), of, System.currentTimeMillis()));
  }

  private synchronized AtomicReferenceArray<@Nullable Exemplar> begunExemplars() {
    AtomicReferenceArray<@Nullable Exemplar> kept = exemplars;
    if (kept == null) {
      kept = new AtomicReferenceArray<>(scale.classicBuckets());
      exemplars = kept;
    }
    return kept;
  }

  /** {@return the series as it is now} */
  HistogramDataPointSnapshot snapshot() {
    long[] now = new long[counts.length()];
    for (int i = 0; i < now.length; i++) {
      now[i] = counts.get(i);
    }
    return new HistogramDataPointSnapshot(
        scale.classicBuckets(now),
        scale.schema(),
        scale.zeros(now),
        scale.zeroThreshold(),
        scale.nativeBuckets(now),
        NativeHistogramBuckets.EMPTY,
        scale.inUnit(sum.sum()),
        labels,
        kept(),
        created);
  }

  private Exemplars kept() {
    AtomicReferenceArray<@Nullable Exemplar> all = exemplars;
    if (all == null) {
      return Exemplars.EMPTY;
    }
    List<Exemplar> present = new ArrayList<>();
    for (int i = 0; i < all.length(); i++) {
      Exemplar each = all.get(i);
      if (each != null) {
        present.add(each);
      }
    }
    return Exemplars.of(present);
  }
}
