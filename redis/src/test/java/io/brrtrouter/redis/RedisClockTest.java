package io.brrtrouter.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.brrtrouter.server.limit.Quota;
import io.brrtrouter.server.limit.Standing;
import io.brrtrouter.server.outage.Outage;
import io.brrtrouter.server.outage.Quiet;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Which clock fills buckets. Hears a logger that other tests write to, so that none runs beside it.
 */
@Isolated
class RedisClockTest {
  private static final Quota QUOTA = new Quota("default", 3, Duration.ofHours(1));
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final RedisClock.Memory time =
      new RedisClock.Memory(new Outage(new Quiet(Duration.ofMinutes(1), System::nanoTime)));

  /** What Redis answers. */
  private static final class Answer<T> extends CompletableFuture<T> implements RedisFuture<T> {
    @Override
    public @Nullable String getError() {
      return null;
    }

    @Override
    public boolean await(long timeout, TimeUnit unit) {
      return isDone();
    }
  }

  /** {@return what tells this time, or fails if there is none, and does all else as it is} */
  @SuppressWarnings("unchecked")
  private static RedisAsyncCommands<String, byte[]> telling(
      Supplier<@Nullable Instant> clock, @Nullable RedisAsyncCommands<String, byte[]> real) {
    return (RedisAsyncCommands<String, byte[]>)
        Proxy.newProxyInstance(
            RedisClockTest.class.getClassLoader(),
            new Class<?>[] {RedisAsyncCommands.class},
            (_, method, arguments) -> {
              if (method.getName().equals("time")) {
                Answer<List<byte[]>> answer = new Answer<>();
                Instant time = clock.get();
                if (time == null) {
                  answer.completeExceptionally(new RedisCommandExecutionException("NOPERM"));
                } else {
                  answer.complete(
                      List.of(
                          Long.toString(time.getEpochSecond()).getBytes(US_ASCII),
                          Long.toString(time.getNano() / 1_000).getBytes(US_ASCII)));
                }
                return answer;
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
  }

  @SuppressWarnings("unchecked")
  private static StatefulRedisConnection<String, byte[]> connection(
      Instant time, StatefulRedisConnection<String, byte[]> real) {
    RedisAsyncCommands<String, byte[]> commands = telling(() -> time, real.async());
    return (StatefulRedisConnection<String, byte[]>)
        Proxy.newProxyInstance(
            RedisClockTest.class.getClassLoader(),
            new Class<?>[] {StatefulRedisConnection.class},
            (_, method, arguments) ->
                method.getName().equals("async") ? commands : method.invoke(real, arguments));
  }

  private static Standing taken(RedisBuckets buckets) {
    return buckets.take("list|4:1", QUOTA).toCompletableFuture().join();
  }

  /** The machine's own clock says the same to all three. */
  @Test
  void the_time_of_Redis_fills_buckets_and_not_the_clock_of_a_server(@TempDir Path directory)
      throws Exception {
    try (TestRedis redis = TestRedis.start(directory, "");
        RedisClient client = RedisClient.create(redis.url());
        StatefulRedisConnection<String, byte[]> connection =
            client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE))) {
      Instant begin = Instant.parse("2020-01-01T00:00:00.123456Z");
      RedisBuckets first = new RedisBuckets(connection(begin, connection), PATIENCE, time);
      for (int i = 0; i < 3; i++) {
        assertThat(taken(first).admitted()).isTrue();
      }
      assertThat(taken(first).admitted()).isFalse();

      RedisBuckets soon =
          new RedisBuckets(
              connection(begin.plus(Duration.ofMinutes(21)), connection), PATIENCE, time);
      assertThat(taken(soon).admitted()).as("one came back").isTrue();
      assertThat(taken(soon).admitted()).isFalse();

      RedisBuckets later =
          new RedisBuckets(connection(begin.plus(Duration.ofHours(2)), connection), PATIENCE, time);
      assertThat(taken(later).remaining()).isEqualTo(2);
    }
  }

  private static long nanos(Instant time) {
    return TimeUnit.SECONDS.toNanos(time.getEpochSecond()) + time.getNano();
  }

  @Test
  void it_goes_on_by_itself_and_looks_again_after_ten_seconds() {
    Instant begin = Instant.parse("2020-01-01T00:00:00.123456Z");
    AtomicReference<Instant> told = new AtomicReference<>(begin);
    AtomicLong processor = new AtomicLong(-5);
    RedisClock clock = new RedisClock(telling(told::get, null), processor::get, time);
    assertThat(clock.known().toCompletableFuture()).isDone();
    told.set(begin.minus(Duration.ofHours(1)));
    for (int seconds = 0; seconds <= 10; seconds += 5) {
      processor.set(TimeUnit.SECONDS.toNanos(seconds) - 5);
      assertThat(clock.known().toCompletableFuture()).isDone();
      assertThat(clock.currentTimeNanos()).isEqualTo(nanos(begin.plusSeconds(seconds)));
    }
    processor.incrementAndGet();
    assertThat(clock.known().toCompletableFuture()).isDone();
    assertThat(clock.currentTimeNanos()).isEqualTo(nanos(begin.minus(Duration.ofHours(1))));
  }

  @Test
  void a_look_that_fails_leaves_what_Redis_has_told_and_is_logged_once() {
    Instant begin = Instant.parse("2020-01-01T00:00:00.123456Z");
    AtomicReference<@Nullable Instant> told = new AtomicReference<>(begin);
    AtomicLong processor = new AtomicLong(-5);
    RedisClock clock = new RedisClock(telling(told::get, null), processor::get, time);
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    Logger logger = Loggers.named("io.brrtrouter.redis");
    said.start();
    logger.addAppender(said);
    try {
      assertThat(clock.known().toCompletableFuture()).isDone();
      told.set(null);
      for (int seconds = 11; seconds <= 44; seconds += 11) {
        processor.set(TimeUnit.SECONDS.toNanos(seconds) - 5);
        assertThat(clock.known().toCompletableFuture()).isDone();
        assertThat(clock.currentTimeNanos()).isEqualTo(nanos(begin.plusSeconds(seconds)));
      }
      told.set(begin.plusSeconds(70));
      processor.set(TimeUnit.SECONDS.toNanos(60) - 5);
      assertThat(clock.known().toCompletableFuture()).isDone();
      assertThat(clock.currentTimeNanos()).isEqualTo(nanos(begin.plusSeconds(70)));
    } finally {
      logger.detachAppender(said);
    }
    assertThat(List.copyOf(said.list))
        .filteredOn(event -> event.getThreadName().equals(Thread.currentThread().getName()))
        .as("what threads that a test left are told is theirs")
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "Redis does not tell its time (TIME), which fills the buckets of rate limits: what it"
                + " told last goes on, or else the clock of this machine counts: NOPERM",
            "Redis tells its time again, which fills the buckets of rate limits");
  }

  /** Whoever counts has a new connection, and the first that is asked over it fails. */
  @Test
  void what_Redis_has_told_goes_on_over_another_connection_until_it_tells_again() {
    Instant begin = Instant.parse("2020-01-01T00:00:00.123456Z");
    AtomicLong processor = new AtomicLong(-5);
    RedisClock first = new RedisClock(telling(() -> begin, null), processor::get, time);
    assertThat(first.known().toCompletableFuture()).isDone();

    processor.set(TimeUnit.SECONDS.toNanos(3) - 5);
    AtomicReference<@Nullable Instant> told = new AtomicReference<>();
    RedisClock second = new RedisClock(telling(told::get, null), processor::get, time);
    assertThat(second.known().toCompletableFuture()).isDone();
    assertThat(second.currentTimeNanos()).isEqualTo(nanos(begin.plusSeconds(3)));
    processor.set(TimeUnit.SECONDS.toNanos(7) - 5);
    assertThat(second.currentTimeNanos()).isEqualTo(nanos(begin.plusSeconds(7)));

    told.set(begin.plusSeconds(100));
    RedisClock third = new RedisClock(telling(told::get, null), processor::get, time);
    assertThat(third.known().toCompletableFuture()).isDone();
    assertThat(third.currentTimeNanos())
        .as("another connection may lead to another Redis, so it is asked at once")
        .isEqualTo(nanos(begin.plusSeconds(100)));
  }

  @Test
  void a_connection_waits_for_the_time_before_it_counts() {
    Instant begin = Instant.parse("2020-01-01T00:00:00.123456Z");
    RedisClock first = new RedisClock(telling(() -> begin, null), () -> 0, time);
    assertThat(first.known().toCompletableFuture()).isDone();
    Answer<List<byte[]>> answer = new Answer<>();
    RedisClock second = new RedisClock(answering(answer), () -> 0, time);

    CompletableFuture<?> known = second.known().toCompletableFuture();
    assertThat(known).isNotDone();
    answer.completeExceptionally(new RedisException("the connection ended"));
    assertThat(known).isDone();
    assertThat(second.currentTimeNanos()).isEqualTo(nanos(begin));
  }

  @SuppressWarnings("unchecked")
  private static RedisAsyncCommands<String, byte[]> answering(Answer<List<byte[]>> answer) {
    return (RedisAsyncCommands<String, byte[]>)
        Proxy.newProxyInstance(
            RedisClockTest.class.getClassLoader(),
            new Class<?>[] {RedisAsyncCommands.class},
            (_, _, _) -> answer);
  }

  @Test
  void where_Redis_does_not_tell_the_clock_of_this_machine_counts() {
    RedisClock clock = new RedisClock(telling(() -> null, null), System::nanoTime, time);
    assertThat(clock.known().toCompletableFuture()).isDone();
    long before = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    assertThat(clock.currentTimeNanos())
        .isBetween(before - TimeUnit.MINUTES.toNanos(1), before + TimeUnit.MINUTES.toNanos(1));
  }
}
