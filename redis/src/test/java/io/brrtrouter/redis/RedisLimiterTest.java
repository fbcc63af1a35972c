package io.brrtrouter.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.brrtrouter.server.limit.Quota;
import io.brrtrouter.server.limit.SharedLimiter;
import io.brrtrouter.server.limit.SharedLimiterSource;
import io.brrtrouter.server.limit.Standing;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Buckets in a real Redis. */
class RedisLimiterTest {
  /** Nobody waits for so long; a machine that is busy answers all the same. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Quota HOURLY = new Quota("default", 100, Duration.ofHours(10));

  /** Nothing that other runs have counted. */
  private final String prefix = "test:" + UUID.randomUUID() + ":";

  private SharedLimiter limiter(String url, Duration timeout) {
    return new RedisLimiterSource()
        .open(new SharedLimiterSource.Settings(URI.create(url), timeout, prefix));
  }

  private static Standing taken(SharedLimiter limiter, String key, Quota quota) throws IOException {
    return limiter.take(key, quota, PATIENCE).orElseThrow();
  }

  @Test
  void a_bucket_is_taken_from_until_it_is_empty() throws Exception {
    Quota quota = new Quota("default", 3, Duration.ofHours(1));
    try (SharedLimiter limiter = limiter(TestRedis.sharedUrl(), PATIENCE)) {
      assertThat(taken(limiter, "list|4:1", quota))
          .satisfies(first -> assertStanding(first, true, 2));
      assertThat(taken(limiter, "list|4:1", quota))
          .satisfies(second -> assertStanding(second, true, 1));
      assertThat(taken(limiter, "list|4:1", quota))
          .satisfies(third -> assertStanding(third, true, 0));
      assertThat(taken(limiter, "list|4:1", quota))
          .satisfies(fourth -> assertStanding(fourth, false, 0));
      assertThat(taken(limiter, "list|4:2", quota).admitted()).isTrue();
    }
  }

  /** The next request is within the quota after 20 minutes, less what the test took. */
  private static void assertStanding(Standing standing, boolean admitted, long remaining) {
    assertThat(standing.admitted()).isEqualTo(admitted);
    assertThat(standing.remaining()).isEqualTo(remaining);
    assertThat(Duration.ofNanos(standing.nanos()))
        .isBetween(Duration.ofMinutes(19), Duration.ofMinutes(20));
  }

  @Test
  void a_bucket_fills_again_and_its_key_goes() throws Exception {
    Quota quota = new Quota("default", 1, Duration.ofSeconds(1));
    try (SharedLimiter limiter = limiter(TestRedis.sharedUrl(), PATIENCE)) {
      assertThat(taken(limiter, "list|4:1", quota).admitted()).isTrue();
      while (!taken(limiter, "list|4:1", quota).admitted()) {
        Thread.onSpinWait();
      }
      try (RedisClient client = RedisClient.create(TestRedis.sharedUrl());
          StatefulRedisConnection<String, String> redis = client.connect()) {
        List<String> keys = redis.sync().keys(prefix + "*");
        assertThat(keys).containsExactly(prefix + "list|4:1|1/1");
        assertThat(redis.sync().pttl(keys.getFirst())).isBetween(1L, 11_000L);
      }
    }
  }

  @Test
  void a_quota_that_changes_counts_at_once() throws Exception {
    try (SharedLimiter limiter = limiter(TestRedis.sharedUrl(), PATIENCE)) {
      limiter.take("list|4:1", HOURLY, PATIENCE);

      assertThat(
              taken(limiter, "list|4:1", new Quota("default", 5, Duration.ofHours(10))).remaining())
          .isEqualTo(4);
    }
  }

  @Test
  void many_requests_of_several_servers_get_exactly_the_limit() throws Exception {
    long admitted = 0;
    try (SharedLimiter one = limiter(TestRedis.sharedUrl(), PATIENCE);
        SharedLimiter other = limiter(TestRedis.sharedUrl(), PATIENCE);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Boolean>> requests = new ArrayList<>();
      for (int i = 0; i < 2000; i++) {
        SharedLimiter limiter = i % 2 == 0 ? one : other;
        requests.add(() -> taken(limiter, "list|4:1", HOURLY).admitted());
      }
      for (Future<Boolean> request : executor.invokeAll(requests)) {
        admitted += request.get() ? 1 : 0;
      }
    }

    assertThat(admitted).isEqualTo(100);
  }

  @Test
  void nobody_listening_is_a_failure_without_password() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (SharedLimiter limiter = limiter("redis://:hush@127.0.0.1:" + port, PATIENCE)) {
      assertThatThrownBy(() -> limiter.take("list|4:1", HOURLY, PATIENCE))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Redis at 127.0.0.1:" + port + " does not answer: ")
          .hasMessageNotContaining("hush");
    }
  }

  @Test
  void a_password_opens_it_and_a_wrong_one_is_a_failure_that_does_not_say_it(
      @TempDir Path directory) throws Exception {
    try (TestRedis redis = TestRedis.start(directory, "hush-1234");
        SharedLimiter right = limiter(redis.url(), PATIENCE);
        SharedLimiter wrong = limiter(redis.url().replace("hush", "guess"), PATIENCE)) {
      assertThat(taken(right, "list|4:1", HOURLY).remaining()).isEqualTo(99);
      assertThatThrownBy(() -> wrong.take("list|4:1", HOURLY, PATIENCE))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Redis at 127.0.0.1:" + redis.port() + " refuses: WRONGPASS ")
          .hasMessageNotContaining("guess-1234");
    }
  }

  /** Lettuce would show each command whole, with which the password is sent. */
  @Test
  void no_logger_says_the_password_whatever_it_traces(@TempDir Path directory) throws Exception {
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    Logger root = Loggers.named(Logger.ROOT_LOGGER_NAME);
    Level before = root.getLevel();
    said.start();
    root.addAppender(said);
    root.setLevel(Level.TRACE);
    try (TestRedis redis = TestRedis.start(directory, "hush-1234");
        SharedLimiter right = limiter(redis.url(), PATIENCE);
        SharedLimiter named = limiter(redis.url().replace(":hush", "default:hush"), PATIENCE);
        SharedLimiter wrong = limiter(redis.url().replace("hush", "guess"), PATIENCE)) {
      assertThat(taken(right, "list|4:1", HOURLY).remaining()).isEqualTo(99);
      assertThat(taken(named, "list|4:1", HOURLY).remaining()).isEqualTo(98);
      assertThatThrownBy(() -> wrong.take("list|4:1", HOURLY, PATIENCE))
          .isInstanceOf(IOException.class);
    } finally {
      root.setLevel(before);
      root.detachAppender(said);
      said.stop();
    }
    assertThat(said.list)
        .as("Lettuce was traced")
        .anyMatch(event ->
            event.getLevel() == Level.TRACE && event.getLoggerName().startsWith("io.lettuce."))
        .extracting(event -> shown(event))
        .noneMatch(line -> line.contains("hush-1234") || line.contains("guess-1234"));
  }

  private static String shown(ILoggingEvent event) {
    return event.getLoggerName()
        + " "
        + event.getFormattedMessage()
        + (event.getThrowableProxy() == null
            ? ""
            : ThrowableProxyUtil.asString(event.getThrowableProxy()));
  }

  @Test
  void one_that_does_not_answer_is_waited_for_no_longer_than_said(@TempDir Path directory)
      throws Exception {
    Duration timeout = Duration.ofMillis(200);
    try (TestRedis redis = TestRedis.start(directory, "");
        SharedLimiter limiter = limiter(redis.url(), timeout)) {
      awaitAnswer(limiter);
      redis.freeze();
      long before = System.nanoTime();
      assertThatThrownBy(() -> limiter.take("list|4:1", HOURLY, timeout))
          .isInstanceOf(IOException.class)
          .hasMessage("Redis at 127.0.0.1:" + redis.port() + " does not answer in 200 ms");
      assertThat(Duration.ofNanos(System.nanoTime() - before))
          .isBetween(timeout, timeout.plusSeconds(5));
      redis.thaw();
      awaitAnswer(limiter);
    }
  }

  /** Our own log tells of an outage once; what is beneath should not tell of every request. */
  @Test
  void many_who_wait_for_one_that_does_not_answer_are_no_lines_in_the_log(@TempDir Path directory)
      throws Exception {
    Duration timeout = Duration.ofMillis(200);
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    Logger lettuce = Loggers.named("io.lettuce");
    said.start();
    try (TestRedis redis = TestRedis.start(directory, "");
        SharedLimiter limiter = limiter(redis.url(), timeout);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      awaitAnswer(limiter);
      lettuce.addAppender(said);
      redis.freeze();
      List<Future<Object>> all = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        String key = "list|4:" + i;
        all.add(executor.submit(() -> limiter.take(key, HOURLY, timeout)));
      }
      for (Future<Object> each : all) {
        assertThatThrownBy(each::get).hasCauseInstanceOf(IOException.class);
      }
      redis.thaw();
      awaitAnswer(limiter);
      assertThat(said.list)
          .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.INFO))
          .isEmpty();
    } finally {
      lettuce.detachAppender(said);
    }
  }

  @Test
  void one_that_is_killed_and_started_again_is_found_again(@TempDir Path directory)
      throws Exception {
    try (TestRedis redis = TestRedis.start(directory, "");
        SharedLimiter limiter = limiter(redis.url(), Duration.ofSeconds(2))) {
      awaitAnswer(limiter);
      redis.kill();
      assertThatThrownBy(() -> limiter.take("list|4:1", HOURLY, PATIENCE))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("Redis at 127.0.0.1:" + redis.port() + " does not answer: ");
      redis.restart();
      awaitAnswer(limiter);
    }
  }

  /** Neither has waited for so long that it could tell. */
  @Test
  void a_question_that_ends_early_leaves_the_connection_to_the_others(@TempDir Path directory)
      throws Exception {
    try (TestRedis redis = TestRedis.start(directory, "");
        SharedLimiter limiter = limiter(redis.url(), PATIENCE);
        RedisClient client = RedisClient.create(redis.url());
        StatefulRedisConnection<String, String> other = client.connect()) {
      awaitAnswer(limiter);
      String connections = connections(other);
      redis.freeze();
      try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<Standing> patient = executor.submit(() -> taken(limiter, "list|4:1", HOURLY));
        assertThat(limiter.take("list|4:1", HOURLY, Duration.ofMillis(50))).isEmpty();
        Thread.currentThread().interrupt();
        assertThat(limiter.take("list|4:1", HOURLY, PATIENCE)).isEmpty();
        assertThat(Thread.interrupted()).as("it still is").isTrue();
        redis.thaw();
        assertThat(patient.get().admitted()).isTrue();
      }
      awaitAnswer(limiter);

      assertThat(connections(other)).isEqualTo(connections);
    }
  }

  @Test
  void a_key_that_is_no_bucket_fails_the_questions_about_it_and_not_the_connection(
      @TempDir Path directory) throws Exception {
    ListAppender<ILoggingEvent> said = new ListAppender<>();
    Logger logger = Loggers.named("io.brrtrouter.redis");
    said.start();
    try (TestRedis redis = TestRedis.start(directory, "");
        SharedLimiter limiter = limiter(redis.url(), PATIENCE);
        RedisClient client = RedisClient.create(redis.url());
        StatefulRedisConnection<String, String> other = client.connect()) {
      awaitAnswer(limiter);
      String connections = connections(other);
      logger.addAppender(said);
      other.sync().lpush(prefix + "list|4:2|100/36000", "mine");
      other.sync().set(prefix + "list|4:3|100/36000", "mine");

      for (int i = 0; i < 3; i++) {
        assertThat(limiter.take("list|4:2", HOURLY, PATIENCE)).isEmpty();
        assertThat(limiter.take("list|4:3", HOURLY, PATIENCE)).isEmpty();
        assertThat(taken(limiter, "list|4:4", HOURLY).remaining()).isEqualTo(99 - i);
      }

      assertThat(connections(other)).isEqualTo(connections);
      assertThat(said.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .singleElement()
          .asString()
          .startsWith(
              "requests are counted by this server alone where Redis at 127.0.0.1:"
                  + redis.port()
                  + " does not count them, others are counted for all servers together: WRONGTYPE");
    } finally {
      logger.detachAppender(said);
    }
  }

  /** Each attempt is answered, and none succeeds: others are always sooner. */
  @Test
  void a_bucket_that_others_always_change_sooner_leaves_the_connection() throws Exception {
    Duration timeout = Duration.ofMillis(300);
    try (ContestedRedis redis = new ContestedRedis();
        SharedLimiter limiter = limiter(redis.url(), timeout)) {
      // The library ends the first; of the second, nobody waits for the end.
      assertThat(limiter.take("list|4:1", HOURLY, PATIENCE)).isEmpty();
      assertThat(limiter.take("list|4:1", HOURLY, timeout)).isEmpty();

      assertThat(limiter.take("list|4:1", HOURLY, PATIENCE)).isEmpty();
      assertThat(redis.connections()).isEqualTo(1);
    }
  }

  /** {@return how many connections were ever made to it} */
  private static String connections(StatefulRedisConnection<String, String> redis) {
    return redis
        .sync()
        .info("stats")
        .lines()
        .filter(line -> line.startsWith("total_connections_received:"))
        .findFirst()
        .orElseThrow();
  }

  private static void awaitAnswer(SharedLimiter limiter) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        limiter.take("list|4:1", HOURLY, PATIENCE);
        return;
      } catch (IOException notYet) {
        assertThat(System.nanoTime() - end).as(notYet.getMessage()).isNegative();
      }
    }
  }
}
