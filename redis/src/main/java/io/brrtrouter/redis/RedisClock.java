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
 * and after one that fails too, over another connection as well. Redis may forbid the question:
 * where it has never told, the clock of this machine counts. One for each connection, which asks
 * before it counts. Safe for use by many threads.
 */
final class RedisClock implements TimeMeter {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.redis");

  /** Machines that sleep stop counting, and no two count quite alike. */
  private static final long LOOKS = Duration.ofSeconds(10).toNanos();

  private static final CompletableFuture<@Nullable Void> KNOWN =
      CompletableFuture.completedFuture(null);

  private final RedisServerAsyncCommands<String, byte[]> redis;
  private final LongSupplier processor;
  private final Memory memory;
  private final AtomicBoolean looking = new AtomicBoolean();

  /** Whether this connection was asked, and has answered or failed. */
  private volatile boolean looked;

  /** What Redis has told, whatever becomes of a connection. Safe for use by many threads. */
  static final class Memory {
    private final AtomicReference<@Nullable Look> last = new AtomicReference<>();
    private final Outage refusals;

    /**
     * Has nothing been told yet.
     *
     * @param refusals when the log is told that Redis does not tell
     */
    Memory(Outage refusals) {
      this.refusals = refusals;
    }
  }

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
   * @param memory has what was told over earlier connections, and takes what this one tells
   */
  RedisClock(
      RedisServerAsyncCommands<String, byte[]> redis, LongSupplier processor, Memory memory) {
    this.redis = redis;
    this.processor = processor;
    this.memory = memory;
  }

  /** {@return what ends once the time is known} Looks again now and then, without waiting. */
  CompletionStage<@Nullable Void> known() {
    Look seen = memory.last.get();
    if (seen == null || !looked) {
      return look();
    }
    if (processor.getAsLong() - seen.at > LOOKS && looking.compareAndSet(false, true)) {
      var _ = look().whenComplete((_, _) -> looking.set(false));
    }
    return KNOWN;
  }

  private CompletionStage<@Nullable Void> look() {
    try {
      return redis.time().handle((time, failure) -> looked(time, failure));
    } catch (RuntimeException failure) {
      return CompletableFuture.completedFuture(looked(null, failure));
    }
  }

  private @Nullable Void looked(@Nullable List<byte[]> time, @Nullable Throwable failure) {
    taken(time, failure);
    looked = true;
    return null;
  }

  private void taken(@Nullable List<byte[]> time, @Nullable Throwable failure) {
    if (time == null) {
      untold(failure);
      return;
    }
    long nanos;
    try {
      nanos =
          TimeUnit.SECONDS.toNanos(number(time.getFirst()))
              + TimeUnit.MICROSECONDS.toNanos(number(time.getLast()));
    } catch (NoSuchElementException | NumberFormatException none) {
      untold(new RedisCommandExecutionException("its answer is no time", none));
      return;
    }
    long now = processor.getAsLong();
    memory.last.set(new Look(now, nanos - now, true));
    if (memory.refusals.ends()) {
      LOG.warn("Redis tells its time again, which fills the buckets of rate limits");
    }
  }

  /** What Redis has told goes on; the end of a connection is told of by who asks for buckets. */
  private void untold(@Nullable Throwable failure) {
    long now = processor.getAsLong();
    memory.last.updateAndGet(seen ->
        seen != null && seen.told
            ? new Look(now, seen.ahead, true)
            : new Look(now, ownNanos() - now, false));
    if (failure instanceof RedisCommandExecutionException && memory.refusals.begins()) {
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
    Look seen = memory.last.get();
    return seen == null ? ownNanos() : processor.getAsLong() + seen.ahead;
  }

  @Override
  public boolean isWallClockBased() {
    return true;
  }
}
