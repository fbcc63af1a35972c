package io.brrtrouter.redis;

import io.github.bucket4j.TimeMeter;
import io.lettuce.core.api.async.RedisServerAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time of Redis, which is one for all servers that count there: a bucket remembers when it was
 * filled, so that a server whose clock is set back would keep clients out until its clock is where
 * it was. Between two looks time passes as the processor counts it, whatever is done to the clock.
 * Redis may forbid the question: then the clock of this machine counts. Safe for use by many
 * threads.
 */
final class RedisClock implements TimeMeter {
  /** Machines that sleep stop counting, and no two count quite alike. */
  private static final long LOOKS = Duration.ofSeconds(10).toNanos();

  private static final CompletableFuture<@Nullable Void> KNOWN =
      CompletableFuture.completedFuture(null);

  private final RedisServerAsyncCommands<String, byte[]> redis;
  private final LongSupplier processor;
  private final AtomicBoolean looking = new AtomicBoolean();
  private volatile @Nullable Look last;

  /**
   * What a look has shown.
   *
   * @param at when, by the processor
   * @param ahead what to add to the processor's count, which is in ns since any moment
   */
  private record Look(long at, long ahead) {}

  /**
   * Makes one.
   *
   * @param redis tells the time
   * @param processor counts ns, as {@link System#nanoTime} does
   */
  RedisClock(RedisServerAsyncCommands<String, byte[]> redis, LongSupplier processor) {
    this.redis = redis;
    this.processor = processor;
  }

  /** {@return what ends once the time is known} Looks again now and then, without waiting. */
  CompletionStage<@Nullable Void> known() {
    Look seen = last;
    if (seen == null) {
      return look();
    }
    if (processor.getAsLong() - seen.at > LOOKS && looking.compareAndSet(false, true)) {
      var _ = look().whenComplete((_, _) -> looking.set(false));
    }
    return KNOWN;
  }

  private CompletionStage<@Nullable Void> look() {
    try {
      return redis.time().handle((time, _) -> taken(time));
    } catch (RuntimeException _) {
      taken(null);
      return KNOWN;
    }
  }

  private @Nullable Void taken(@Nullable List<byte[]> time) {
    long nanos =
        time == null
            ? TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis())
            : TimeUnit.SECONDS.toNanos(number(time.getFirst()))
                + TimeUnit.MICROSECONDS.toNanos(number(time.getLast()));
    long now = processor.getAsLong();
    last = new Look(now, nanos - now);
    return null;
  }

  private static long number(byte[] digits) {
    return Long.parseLong(new String(digits, StandardCharsets.US_ASCII));
  }

  @Override
  public long currentTimeNanos() {
    Look seen = last;
    return seen == null
        ? TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis())
        : processor.getAsLong() + seen.ahead;
  }

  @Override
  public boolean isWallClockBased() {
    return true;
  }
}
