package io.brrtrouter.server.outage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What is said of somebody who does not answer, and who asks him still. */
class OutageTest {
  private static final long SECOND = 1_000_000_000;

  /** Near the end of what a clock may say. */
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - SECOND);

  private final Outage outage = new Outage(new Quiet(Duration.ofMinutes(1), now::get));
  private final Breaker breaker =
      new Breaker(new Breaker.Patience(2, Duration.ofSeconds(1), Duration.ofSeconds(3)), now::get);

  @Test
  void its_beginning_and_its_end_are_told_once() {
    assertThat(outage.ends()).isFalse();
    assertThat(outage.begins()).isTrue();
    assertThat(outage.begins()).isFalse();
    now.addAndGet(61 * SECOND);
    assertThat(outage.begins()).isFalse();
    assertThat(outage.ends()).isTrue();
    assertThat(outage.ends()).isFalse();
  }

  @Test
  void one_soon_after_another_is_told_only_if_it_lasts() {
    outage.begins();
    outage.ends();
    assertThat(outage.begins()).isFalse();
    assertThat(outage.ends()).as("nobody was told that it began").isFalse();
    assertThat(outage.begins()).isFalse();
    now.addAndGet(60 * SECOND);
    assertThat(outage.begins()).isTrue();
    assertThat(outage.ends()).isTrue();
  }

  @Test
  void pauses_grow_to_the_longest_and_one_tries_after_each() {
    breaker.silent();
    assertThat(breaker.lets()).isTrue();
    breaker.silent();
    List<Integer> tries = new ArrayList<>();
    for (int second = 0; second <= 9; second++) {
      if (breaker.lets()) {
        tries.add(second);
        assertThat(breaker.mayLet()).as("only one").isFalse();
      }
      now.addAndGet(SECOND);
    }
    assertThat(tries).containsExactly(1, 3, 6, 9);
    breaker.answered();
    assertThat(breaker.lets()).isTrue();
    assertThat(breaker.lets()).isTrue();
  }

  /** The time of the day may be what counts, and somebody may set it. */
  @Test
  void where_the_clock_goes_back_nobody_is_left_alone_and_nothing_unsaid_for_longer() {
    breaker.silent();
    breaker.silent();
    outage.begins();
    outage.ends();
    assertThat(breaker.lets()).isFalse();
    assertThat(outage.begins()).isFalse();
    now.addAndGet(-3600 * SECOND);
    assertThat(breaker.lets()).isTrue();
    assertThat(outage.begins()).isTrue();
  }
}
