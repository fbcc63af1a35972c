package io.brrtrouter.redis;

import io.brrtrouter.server.limit.Quota;
import io.brrtrouter.server.limit.Standing;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.AsyncBucketProxy;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.proxy.AsyncProxyManager;
import io.github.bucket4j.distributed.proxy.optimization.Optimizations;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The buckets behind one connection. Safe for use by many threads. */
final class RedisBuckets {
  /** How much longer a key lives than its bucket takes to fill, where clocks differ a little. */
  private static final Duration SPARE = Duration.ofSeconds(10);

  private final StatefulRedisConnection<String, byte[]> connection;
  private final RedisClock clock;
  private final AsyncProxyManager<String> buckets;
  private final ConcurrentHashMap<String, InUse> inUse = new ConcurrentHashMap<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * A bucket that requests are asking for. Those that ask for the same one at once are told
   * together: one by one they would keep each other from changing it, and time out.
   */
  private record InUse(AsyncBucketProxy bucket, int requests) {}

  RedisBuckets(
      StatefulRedisConnection<String, byte[]> connection,
      Duration timeout,
      RedisClock.Memory time) {
    this.connection = connection;
    this.clock = new RedisClock(connection.async(), System::nanoTime, time);
    this.buckets =
        Bucket4jLettuce.casBasedBuilder(connection)
            .clientClock(clock)
            // Ends attempts for which nobody waits any more.
            .requestTimeout(timeout.multipliedBy(2))
            .expirationAfterWrite(
                ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(SPARE))
            .build()
            .asAsync();
  }

  RedisBuckets(
      StatefulRedisConnection<String, byte[]> connection,
      AsyncProxyManager<String> buckets,
      RedisClock.Memory time) {
    this.connection = connection;
    this.clock = new RedisClock(connection.async(), System::nanoTime, time);
    this.buckets = buckets;
  }

  /** {@return whether it can be asked; not after {@link #close}} */
  boolean isOpen() {
    return !closed.get() && connection.isOpen();
  }

  /** Does not wait for the end of the connection. All who ask there close it when it fails. */
  void close() {
    if (closed.compareAndSet(false, true)) { // Lettuce warns of each further time
      CompletableFuture<Void> _ = connection.closeAsync();
    }
  }

  /**
   * Takes one request out of a bucket; does not wait for the answer. A quota that changes is
   * another bucket, since those in Redis remember theirs.
   */
  CompletionStage<Standing> take(String key, Quota quota) {
    return clock.known().thenCompose(_ -> takeNow(key, quota));
  }

  private CompletableFuture<Standing> takeNow(String key, Quota quota) {
    String name = key + "|" + quota.requests() + "/" + quota.window().toSeconds() + burst(quota);
    InUse mine = inUse.compute(name, (_, present) -> entered(present, name, quota));
    CompletableFuture<ConsumptionProbe> asked;
    try {
      asked = mine.bucket().tryConsumeAndReturnRemaining(1);
    } catch (Throwable failure) {
      leave(name);
      throw failure;
    }
    return asked.whenComplete((_, _) -> leave(name)).thenApply(probe -> standing(probe, quota));
  }

  private void leave(String name) {
    inUse.computeIfPresent(name, (_, present) -> left(present));
  }

  /** {@return how many buckets are being asked for} */
  int inUse() {
    return inUse.size();
  }

  private static String burst(Quota quota) {
    return quota.burst() == quota.requests() ? "" : "/" + quota.burst();
  }

  private InUse entered(@Nullable InUse present, String name, Quota quota) {
    return present == null
        ? new InUse(
            buckets
                .builder()
                .withOptimization(Optimizations.batching())
                .build(name, () -> CompletableFuture.completedFuture(configuration(quota))),
            1)
        : new InUse(present.bucket(), present.requests() + 1);
  }

  private static @Nullable InUse left(InUse present) {
    return present.requests() == 1 ? null : new InUse(present.bucket(), present.requests() - 1);
  }

  private static BucketConfiguration configuration(Quota quota) {
    return BucketConfiguration.builder()
        .addLimit(
            limit -> limit.capacity(quota.burst()).refillGreedy(quota.requests(), quota.window()))
        .build();
  }

  private static Standing standing(ConsumptionProbe probe, Quota quota) {
    if (!probe.isConsumed()) {
      return new Standing(quota, false, 0, probe.getNanosToWaitForRefill());
    }
    long remaining = probe.getRemainingTokens();
    long later = (quota.burst() - remaining - 1) * quota.interval();
    long next = Math.clamp(probe.getNanosToWaitForReset() - later, 0, quota.interval());
    return new Standing(quota, true, remaining, next);
  }
}
