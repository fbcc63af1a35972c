package io.brrtrouter.server.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.dispatch.CapturedLog;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who counts when somebody counts for several servers, and then does not. */
class RateLimiterTest {
  private static final Quota QUOTA = new Quota("default", 5, Duration.ofMinutes(1));
  private static final Limit LIMIT = new Limit("list", QUOTA, RateLimits.Key.SUBJECT_THEN_IP);
  private static final Client ANN = Client.named("key", "ann");
  private static final long MILLI = 1_000_000;
  private static final Duration TIMEOUT = Duration.ofMillis(100);

  private final AtomicLong now = new AtomicLong();
  private final Counter counter = new Counter();
  private final RateLimiter limiter = new RateLimiter(100, counter, TIMEOUT, now::get);

  /** Counts down without a limit, or fails. */
  private final class Counter implements SharedLimiter {
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean failing;
    private boolean leaving;
    private long takesMillis;
    private Duration patience = Duration.ZERO;
    private volatile boolean closed;

    @Override
    public Optional<Standing> take(String key, Quota quota, Duration patience) throws IOException {
      this.patience = patience;
      now.addAndGet(takesMillis * MILLI);
      asked.incrementAndGet();
      if (failing) {
        throw new IOException("connection refused");
      }
      return leaving ? Optional.empty() : Optional.of(new Standing(quota, true, 1000, 0));
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private Standing take() {
    return limiter.take(LIMIT, ANN, limiter.patience());
  }

  private boolean isShared() {
    return take().remaining() == 1000;
  }

  @Test
  void who_answers_is_asked_each_time() {
    assertThat(limiter.blocks()).isTrue();
    assertThat(isShared()).isTrue();
    assertThat(isShared()).isTrue();
    assertThat(counter.asked).hasValue(2);
  }

  @Test
  void nobody_is_asked_where_nothing_may_block() {
    assertThat(limiter.takeOwn(LIMIT, ANN).remaining()).isEqualTo(4);
    assertThat(counter.asked).hasValue(0);
  }

  @Test
  void while_there_is_no_answer_this_server_counts_and_one_request_a_second_asks() {
    counter.failing = true;

    assertThat(take().remaining()).isEqualTo(4);
    assertThat(limiter.blocks()).isFalse();
    assertThat(take().remaining()).isEqualTo(3);
    now.addAndGet(999 * MILLI);
    assertThat(limiter.blocks()).isFalse();
    take();
    assertThat(counter.asked).hasValue(1);

    now.addAndGet(MILLI);
    assertThat(limiter.blocks()).isTrue();
    take();
    take();
    assertThat(counter.asked).hasValue(2);
    assertThat(take().admitted()).isFalse();

    now.addAndGet(1000 * MILLI);
    counter.failing = false;
    assertThat(isShared()).isTrue();
    assertThat(isShared()).isTrue();
    assertThat(counter.asked).hasValue(4);
  }

  @Test
  void an_outage_is_logged_once_and_so_is_its_end() {
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.limit")) {
      counter.failing = true;
      for (int i = 0; i < 5; i++) {
        take();
        now.addAndGet(1000 * MILLI);
      }
      counter.failing = false;
      isShared();
      isShared();

      assertThat(log.about("connection refused"))
          .singleElement()
          .hasToString("[WARN] rate limits are counted by this server alone: connection refused");
      assertThat(log.about("again"))
          .singleElement()
          .hasToString("[WARN] rate limits are counted for all servers together again");
    }
  }

  @Test
  void all_questions_of_a_request_share_one_timeout() {
    Patience patience = limiter.patience();
    counter.takesMillis = 60;

    assertThat(limiter.take(LIMIT, ANN, patience).remaining()).isEqualTo(1000);
    assertThat(counter.patience).isEqualTo(Duration.ofMillis(100));
    assertThat(limiter.take(LIMIT, ANN, patience).remaining()).isEqualTo(1000);
    assertThat(counter.patience).isEqualTo(Duration.ofMillis(40));
    assertThat(limiter.take(LIMIT, ANN, patience).remaining()).as("by this server").isEqualTo(4);
    assertThat(counter.asked).hasValue(2);
  }

  @Test
  void a_try_that_takes_long_is_the_only_one_meanwhile() {
    RateLimiter slow = new RateLimiter(100, counter, Duration.ofSeconds(5), now::get);
    counter.failing = true;
    slow.take(LIMIT, ANN, slow.patience());
    now.addAndGet(4999 * MILLI);
    assertThat(slow.blocks()).isFalse();
    now.addAndGet(MILLI);
    assertThat(slow.blocks()).isTrue();
  }

  /** Its client has hung up, or an earlier question of it took nearly all of its time. */
  @Test
  void a_request_that_stops_waiting_keeps_nobody_else_from_asking() {
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.limit")) {
      counter.leaving = true;
      assertThat(take().remaining()).as("by this server").isEqualTo(4);

      counter.leaving = false;
      assertThat(limiter.blocks()).isTrue();
      assertThat(isShared()).isTrue();
      assertThat(log.about("count")).isEmpty();
    }
  }

  @Test
  void a_start_asks_who_counts_and_waits_longer_than_a_request() {
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.limit")) {
      assertThat(limiter.connect()).isEmpty();

      assertThat(counter.asked).hasValue(1);
      assertThat(counter.patience).isEqualTo(Duration.ofSeconds(5));
      assertThat(isShared()).isTrue();
      assertThat(log.about("count")).isEmpty();
    }
    RateLimiter patient = new RateLimiter(100, counter, Duration.ofSeconds(9), now::get);
    assertThat(patient.connect()).isEmpty();
    assertThat(counter.patience).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void a_start_without_an_answer_is_an_outage_that_is_told_once() {
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.limit")) {
      counter.failing = true;
      assertThat(limiter.connect()).hasValue("connection refused");
      assertThat(take().remaining()).as("by this server").isEqualTo(4);
      assertThat(counter.asked).as("nobody waits for what does not answer").hasValue(1);

      now.addAndGet(1000 * MILLI);
      assertThat(take().remaining()).as("by this server").isEqualTo(3);
      assertThat(log.about("connection refused")).hasSize(1);

      now.addAndGet(1000 * MILLI);
      counter.failing = false;
      assertThat(isShared()).isTrue();
    }
  }

  @Test
  void a_start_where_nobody_counts_for_several_servers_asks_nobody() {
    assertThat(new RateLimiter(100, null, TIMEOUT, now::get).connect())
        .hasValue("nobody counts for several servers");
  }

  @Test
  void is_closed_with_who_counts() {
    limiter.close();

    assertThat(counter.closed).isTrue();
  }
}
