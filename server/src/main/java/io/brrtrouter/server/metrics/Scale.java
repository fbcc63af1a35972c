package io.brrtrouter.server.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.Arrays;
import java.util.TreeSet;

/**
 * How values are told apart by a histogram that is native and classic at once: each cell lies
 * within one bucket of either kind, so that both are counted by one increment and never disagree.
 * Immutable.
 */
final class Scale {
  private final double unit;
  private final int schema;
  private final double zero;
  private final double[] classic;

  /** The greatest value of each cell but the last, which has none. */
  private final long[] bounds;

  private final int[] classicOf;

  /** The index of the native bucket of each cell; that of the first one has none. */
  private final int[] nativeOf;

  /**
   * Prepares it.
   *
   * @param unit how many values make one of the unit of the figure: 1e9, if nanoseconds are
   *     observed and the figure is in seconds
   * @param schema of the native histogram: each of its buckets ends at 2 to the power of
   *     2<sup>-schema</sup> times where it begins
   * @param least the exponent of 2 up to which values are zero to the native histogram
   * @param most the exponent of 2 of the last native bucket, which has all greater values too
   * @param classic upper bounds of the classic buckets, in the unit of the figure, ascending
   */
  Scale(double unit, int schema, int least, int most, double... classic) {
    this.unit = unit;
    this.schema = schema;
    this.zero = Math.pow(2, least);
    this.classic = Arrays.copyOf(classic, classic.length + 1);
    this.classic[classic.length] = Double.POSITIVE_INFINITY;
    int perDoubling = 1 << schema;
    int first = least * perDoubling;
    double[] natives = new double[(most - least) * perDoubling + 1];
    for (int i = 0; i < natives.length; i++) {
      natives[i] = Math.pow(2, (double) (first + i) / perDoubling);
    }
    TreeSet<Long> all = new TreeSet<>();
    for (double bound : natives) {
      all.add((long) Math.floor(bound * unit));
    }
    for (double bound : classic) {
      all.add(Math.round(bound * unit));
    }
    this.bounds = all.stream().mapToLong(Long::longValue).toArray();
    this.classicOf = new int[bounds.length + 1];
    this.nativeOf = new int[bounds.length + 1];
    for (int cell = 0; cell < bounds.length; cell++) {
      int in = 0;
      while (in < classic.length && Math.round(classic[in] * unit) < bounds[cell]) {
        in++;
      }
      classicOf[cell] = in;
      int at = 0;
      while (at < natives.length - 1 && (long) Math.floor(natives[at] * unit) < bounds[cell]) {
        at++;
      }
      nativeOf[cell] = first + at;
    }
    classicOf[bounds.length] = classic.length;
    nativeOf[bounds.length] = first + natives.length - 1;
  }

  /** {@return how many cells there are} */
  int cells() {
    return bounds.length + 1;
  }

  /** {@return the cell of a value} */
  int cell(long value) {
    int found = Arrays.binarySearch(bounds, value);
    return found >= 0 ? found : -found - 1;
  }

  /** {@return how many classic buckets there are, the last one without bound} */
  int classicBuckets() {
    return classic.length;
  }

  /** {@return the classic bucket of a cell} */
  int classicOf(int cell) {
    return classicOf[cell];
  }

  /** {@return a value in the unit of the figure} */
  double inUnit(long value) {
    return value / unit;
  }

  int schema() {
    return schema;
  }

  double zeroThreshold() {
    return zero;
  }

  /** {@return how many values are zero to the native histogram} */
  long zeros(long[] counts) {
    long zeros = 0;
    for (int cell = 0; nativeOf[cell] == nativeOf[0]; cell++) {
      zeros += counts[cell];
    }
    return zeros;
  }

  ClassicHistogramBuckets classicBuckets(long[] counts) {
    long[] sums = new long[classic.length];
    for (int cell = 0; cell < counts.length; cell++) {
      sums[classicOf[cell]] += counts[cell];
    }
    return ClassicHistogramBuckets.of(classic, sums);
  }

  NativeHistogramBuckets nativeBuckets(long[] counts) {
    NativeHistogramBuckets.Builder buckets = NativeHistogramBuckets.builder();
    for (int cell = 0; cell < counts.length; ) {
      int index = nativeOf[cell];
      long sum = 0;
      for (; cell < counts.length && nativeOf[cell] == index; cell++) {
        sum += counts[cell];
      }
      if (sum > 0 && index > nativeOf[0]) {
        buckets.bucket(index, sum);
      }
    }
    return buckets.build();
  }
}
