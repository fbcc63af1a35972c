package io.brrtrouter.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.TraceContext;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.NativeHistogramBucket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class DistributionTest {
  private static final double[] BOUNDS = {0.001, 0.0025, 0.01, 0.1, 1, 10};
  private static final Scale NANOS = new Scale(1e9, 3, -20, 17, BOUNDS);
  private static final Scale OCTETS = new Scale(1, 2, -1, 40, 256, 1024, 65536);

  private static Map<Integer, Long> natives(HistogramDataPointSnapshot snapshot) {
    Map<Integer, Long> buckets = new TreeMap<>();
    for (NativeHistogramBucket each : snapshot.getNativeBucketsForPositiveValues()) {
      buckets.put(each.getBucketIndex(), each.getCount());
    }
    return buckets;
  }

  private static List<Long> classics(HistogramDataPointSnapshot snapshot) {
    return snapshot.getClassicBuckets().stream().map(bucket -> bucket.getCount()).toList();
  }

  /** The library's own histogram is right about where a value belongs. */
  private static void agrees(Scale scale, double unit, double[] bounds, long[] values) {
    Histogram library =
        Histogram.builder()
            .name("library")
            .classicUpperBounds(bounds)
            .nativeInitialSchema(scale.schema())
            .nativeMaxNumberOfBuckets(0)
            .nativeMaxZeroThreshold(scale.zeroThreshold())
            .nativeMinZeroThreshold(scale.zeroThreshold())
            .withoutExemplars()
            .build();
    Distribution ours = new Distribution(scale, Labels.EMPTY);
    DistributionDataPoint theirs = library;
    for (long value : values) {
      ours.observe(value);
      theirs.observe(value / unit);
    }
    HistogramDataPointSnapshot expected = library.collect().getDataPoints().getFirst();
    HistogramDataPointSnapshot actual = ours.snapshot();
    assertThat(natives(actual)).isEqualTo(natives(expected));
    assertThat(classics(actual)).isEqualTo(classics(expected));
    assertThat(actual.getNativeZeroCount()).isEqualTo(expected.getNativeZeroCount());
    assertThat(actual.getCount()).isEqualTo(values.length);
    assertThat(actual.getSum()).isCloseTo(expected.getSum(), Percentage.withPercentage(0.0001));
  }

  @Test
  void durations_are_where_the_library_has_them() {
    RandomGenerator random = RandomGenerator.of("L64X128MixRandom");
    long[] values =
        random
            .longs(20_000, 0, 48)
            .map(bits -> random.nextLong(1L << Math.min(bits + 1, 46)))
            .toArray();
    agrees(NANOS, 1e9, BOUNDS, values);
  }

  @Test
  void bounds_belong_to_the_bucket_they_end() {
    agrees(
        NANOS,
        1e9,
        BOUNDS,
        new long[] {
          0,
          1,
          1_000_000,
          1_000_001,
          2_500_000,
          2_500_001,
          1_000_000_000,
          500_000_000,
          250_000_000,
          10_000_000_000L,
          10_000_000_001L
        });
    long[] octets = new long[5000];
    for (int i = 0; i < octets.length; i++) {
      octets[i] = i;
    }
    agrees(OCTETS, 1, new double[] {256, 1024, 65536}, octets);
  }

  @Test
  void what_is_beyond_all_bounds_is_counted_too() {
    Distribution distribution = new Distribution(NANOS, Labels.EMPTY);
    distribution.observe(Long.MAX_VALUE);
    assertThat(distribution.snapshot().getCount()).isEqualTo(1);
    assertThat(natives(distribution.snapshot())).containsExactly(Map.entry(17 * 8, 1L));
  }

  @Test
  void exemplars_are_the_last_of_each_classic_bucket() {
    Distribution distribution = new Distribution(NANOS, Labels.EMPTY);
    assertThat(distribution.snapshot().getExemplars().size()).isZero();
    for (int i = 1; i <= 3; i++) {
      long nanos = i * 1_200_000L; // two in the bucket up to 2.5 ms, one in that up to 10 ms
      distribution.observe(nanos);
      distribution.exemplify(nanos, new TraceContext("a".repeat(31) + i, "b".repeat(15) + i, true));
    }
    assertThat(distribution.snapshot().getExemplars())
        .extracting(exemplar -> exemplar.getLabels().get(Exemplar.TRACE_ID))
        .containsExactlyInAnyOrder("a".repeat(31) + 2, "a".repeat(31) + 3);
    assertThat(distribution.snapshot().getExemplars())
        .extracting(exemplar -> exemplar.getLabels().get(Exemplar.SPAN_ID))
        .containsExactlyInAnyOrder("b".repeat(15) + 2, "b".repeat(15) + 3);
  }
}
