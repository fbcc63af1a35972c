package io.brrtrouter.redis;

import io.brrtrouter.server.outage.Outage;
import io.github.bucket4j.TimeMeter;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.async.RedisServerAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time of Redis, which is one for all servers that count there: a bucket remembers when it was
 * filled, so that a server whose clock is set back would keep clients out until its clock is where
 * it was. Between two looks time passes as the processor counts it, whatever is done to the clock,
 * and after one that fails too. Redis may forbid the question: where it has never told, the clock
 * of this machine counts. Safe for use by many threads.
 */
final class RedisClock implements TimeMeter {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.redis");

  /** Machines that sleep stop counting, and no two count quite alike. */
  private static final long LOOKS = Duration.ofSeconds(10).toNanos();

  private static final CompletableFuture<@Nullable Void> KNOWN =
      CompletableFuture.completedFuture(null);

  private final RedisServerAsyncCommands<String, byte[]> redis;
  private final LongSupplier processor;
  private final Outage refusals;
  private final AtomicBoolean looking = new AtomicBoolean();
  private final AtomicReference<@Nullable Look> last = new AtomicReference<>();

  /**
   * What a look has shown.
   *
   * @param at when, by the processor
   * @param ahead what to add to the processor's count, which is in ns since any moment
   * @param told whether Redis said so, and not the clock of this machine
   */
  private record Look(long at, long ahead, boolean told) {}

  /**
   * Makes one.
   *
   * @param redis tells the time
   * @param processor counts ns, as {@link System#nanoTime} does
   * @param refusals when the log is told that it does not tell
   */
  RedisClock(
      RedisServerAsyncCommands<String, byte[]> redis, LongSupplier processor, Outage refusals) {
    this.redis = redis;
    this.processor = processor;
    this.refusals = refusals;
  }

  /** {@return what ends once the time is known} Looks again now and then, without waiting. */
  CompletionStage<@Nullable Void> known() {
    Look seen = last.get();
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
      return redis.time().handle((time, failure) -> taken(time, failure));
    } catch (RuntimeException failure) {
      return CompletableFuture.completedFuture(taken(null, failure));
    }
  }

  private @Nullable Void taken(@Nullable List<byte[]> time, @Nullable Throwable failure) {
    if (time == null) {
      untold(failure);
      return null;
    }
    long nanos;
    try {
      nanos =
          TimeUnit.SECONDS.toNanos(number(time.getFirst()))
              + TimeUnit.MICROSECONDS.toNanos(number(time.getLast()));
    } catch (NoSuchElementException | NumberFormatException none) {
      untold(new RedisCommandExecutionException("its answer is no time", none));
      return null;
    }
    long now = processor.getAsLong();
    last.set(new Look(now, nanos - now, true));
    if (refusals.ends()) {
      LOG.warn("Redis tells its time again, which fills the buckets of rate limits");
    }
    return null;
  }

  /** What Redis has told goes on; the end of a connection is told of by who asks for buckets. */
  private void untold(@Nullable Throwable failure) {
    long now = processor.getAsLong();
    last.updateAndGet(seen ->
        seen != null && seen.told
            ? new Look(now, seen.ahead, true)
            : new Look(now, ownNanos() - now, false));
    if (failure instanceof RedisCommandExecutionException && refusals.begins()) {
      LOG.warn(
          "Redis does not tell its time (TIME), which fills the buckets of rate limits: what it told"
              + " last goes on, or else the clock of this machine counts: {}",
          failure.getMessage());
    }
  }

  private static long ownNanos() {
    return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
  }

  private static long number(byte[] digits) {
    return Long.parseLong(new String(digits, StandardCharsets.US_ASCII));
  }

  @Override
  public long currentTimeNanos() {
    Look seen = last.get();
    return seen == null ? ownNanos() : processor.getAsLong() + seen.ahead;
  }

  @Override
  public boolean isWallClockBased() {
    return true;
  }
}
