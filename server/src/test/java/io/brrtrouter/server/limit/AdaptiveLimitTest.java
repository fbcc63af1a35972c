package io.brrtrouter.server.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.brrtrouter.server.limit.SimulatedResource.Outcome;
import java.lang.management.ManagementFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A limit that finds itself, against a resource in simulated time: the same at each run. */
class AdaptiveLimitTest {
  private static final AdaptiveTerms WIDE = new AdaptiveTerms(2, 1000, 20);
  private static final int AT_ONCE = 8;
  private static final int MILLIS = 20;

  private static SimulatedResource resource(int initial, double spread) {
    return new SimulatedResource(new AdaptiveTerms(2, 1000, initial), AT_ONCE, MILLIS, spread);
  }

  /** Within a tenth of what the resource can do, in few times what it takes at least. */
  private static void assertGood(Outcome outcome, double capacity, double millis) {
    assertThat(outcome.answeredPerSecond()).isGreaterThan(0.9 * capacity);
    assertThat(outcome.meanMillis()).isLessThan(4 * millis);
  }

  @ParameterizedTest
  @CsvSource({
    "2, 0",
    "20, 0",
    "300, 0",
    "2, 0.2",
    "20, 0.2",
    "300, 0.2",
    "2, 0.9",
    "20, 0.9",
    "300, 0.9"
  })
  void it_converges_from_both_sides_at_twice_what_can_be_answered(int initial, double spread) {
    SimulatedResource resource = resource(initial, spread);
    resource.run(2 * resource.capacity(), 5);

    Outcome outcome = resource.run(2 * resource.capacity(), 100);
    assertGood(outcome, resource.capacity(), MILLIS);
    assertThat(resource.limit().limit()).isBetween(AT_ONCE, 4 * AT_ONCE);
    assertThat(outcome.refused()).isPositive();
  }

  @Test
  void a_limit_that_bounds_nothing_lets_the_times_collapse() {
    SimulatedResource resource =
        new SimulatedResource(new AdaptiveTerms(1000, 1000, 1000), AT_ONCE, MILLIS, 0.2);
    resource.run(2 * resource.capacity(), 5);

    assertThat(resource.run(2 * resource.capacity(), 10).meanMillis()).isGreaterThan(50 * MILLIS);
  }

  @Test
  void it_recovers_when_the_resource_becomes_slower_and_faster_again() {
    SimulatedResource resource = resource(20, 0.2);
    resource.run(2 * resource.capacity(), 10);

    resource.become(AT_ONCE, 10 * MILLIS);
    resource.run(2 * resource.capacity(), 20);
    assertGood(resource.run(2 * resource.capacity(), 100), resource.capacity(), 10 * MILLIS);

    resource.become(AT_ONCE, MILLIS);
    resource.run(2 * resource.capacity(), 10);
    assertGood(resource.run(2 * resource.capacity(), 100), resource.capacity(), MILLIS);
  }

  @Test
  void it_finds_more_room_when_the_resource_grows_and_less_when_it_shrinks() {
    SimulatedResource resource = resource(20, 0.2);
    resource.run(2 * resource.capacity(), 10);

    resource.become(10 * AT_ONCE, MILLIS);
    resource.run(2 * resource.capacity(), 5);
    assertGood(resource.run(2 * resource.capacity(), 50), resource.capacity(), MILLIS);
    int wide = resource.limit().limit();

    resource.become(AT_ONCE, MILLIS);
    resource.run(2 * resource.capacity(), 10);
    assertGood(resource.run(2 * resource.capacity(), 50), resource.capacity(), MILLIS);
    assertThat(resource.limit().limit()).isLessThan(wide / 3);
  }

  @Test
  void little_load_does_not_make_it_grow_nor_refuses_anybody() {
    SimulatedResource resource = resource(20, 0.2);

    Outcome outcome = resource.run(0.3 * resource.capacity(), 3600);
    assertThat(resource.limit().limit()).isEqualTo(20);
    assertThat(outcome.refused()).isZero();
    assertThat(resource.run(0.01, 3600).refused()).isZero();
    assertThat(resource.limit().limit()).isEqualTo(20);
  }

  @Test
  void what_little_load_has_taught_holds_when_much_comes_at_once() {
    SimulatedResource resource = resource(20, 0.2);
    resource.run(0.3 * resource.capacity(), 600);

    assertGood(resource.run(2 * resource.capacity(), 5), resource.capacity(), MILLIS);
  }

  @Test
  void one_request_that_hangs_is_no_collapse() {
    SimulatedResource resource = resource(20, 0.2);
    resource.run(0.9 * resource.capacity(), 20);
    int before = resource.limit().limit();

    resource.hang(60);
    resource.run(0.9 * resource.capacity(), 1);
    assertThat((double) resource.limit().limit()).isCloseTo(before, within(0.3 * before));
    assertGood(resource.run(2 * resource.capacity(), 20), resource.capacity(), MILLIS);
  }

  @Test
  void who_says_that_he_is_overloaded_is_asked_less_down_to_the_least() {
    AdaptiveLimit limit = new AdaptiveLimit(WIDE, 0);
    long now = 0;
    int last = limit.limit();
    for (int i = 0; i < 100; i++) {
      now += 1_000_000_000L;
      limit.overloaded(now);
      assertThat(limit.limit()).isLessThanOrEqualTo(last);
      last = limit.limit();
    }
    assertThat(last).isEqualTo(2);
    assertThat(limit.enter(100)).isTrue();
    assertThat(limit.enter(100)).isTrue();
    assertThat(limit.enter(100)).isFalse();
  }

  @Test
  void one_of_a_hundred_that_is_overloaded_is_the_trouble_of_one() {
    SimulatedResource resource = resource(20, 0.2);
    resource.run(0.9 * resource.capacity(), 20);
    int before = resource.limit().limit();

    for (int i = 0; i < 100; i++) {
      resource.limit().overloaded(resource.now());
      resource.run(0.9 * resource.capacity(), 0.1);
    }
    assertThat((double) resource.limit().limit()).isCloseTo(before, within(0.3 * before));
  }

  @Test
  void what_matters_least_is_refused_first() {
    AdaptiveLimit limit = new AdaptiveLimit(new AdaptiveTerms(10, 10, 10), 0);
    int least = Priority.SHEDDABLE.share(Priority.CRITICAL);
    int usual = Priority.DEFAULT.share(Priority.CRITICAL);
    int most = Priority.CRITICAL.share(Priority.CRITICAL);

    assertThat(entered(limit, least)).isEqualTo(5);
    assertThat(entered(limit, usual)).isEqualTo(3);
    assertThat(entered(limit, most)).isEqualTo(2);
    assertThat(limit.inFlight()).isEqualTo(10);
    limit.leave();
    assertThat(limit.enter(usual)).isFalse();
    assertThat(limit.enter(most)).isTrue();
  }

  @Test
  void whatever_matters_most_of_those_there_are_has_the_whole() {
    assertThat(Priority.DEFAULT.share(Priority.DEFAULT)).isEqualTo(100);
    assertThat(Priority.SHEDDABLE.share(Priority.SHEDDABLE)).isEqualTo(100);
    assertThat(Priority.SHEDDABLE.share(Priority.DEFAULT)).isEqualTo(62);
    assertThat(new AdaptiveLimit(new AdaptiveTerms(1, 1, 1), 0).enter(50)).isTrue();
  }

  private static int entered(AdaptiveLimit limit, int percent) {
    int entered = 0;
    while (limit.enter(percent)) {
      entered++;
    }
    return entered;
  }

  @Test
  void other_bounds_hold_at_once_and_what_was_learned_lasts() {
    SimulatedResource resource = resource(20, 0.2);
    resource.run(2 * resource.capacity(), 10);
    int learned = resource.limit().limit();

    resource.limit().rebound(new AdaptiveTerms(1, 500, 100));
    assertThat(resource.limit().limit()).isEqualTo(learned);
    resource.limit().rebound(new AdaptiveTerms(1, 5, 3));
    assertThat(resource.limit().limit()).isEqualTo(5);
    resource.run(2 * resource.capacity(), 10);
    assertThat(resource.limit().limit()).isLessThanOrEqualTo(5);
  }

  @Test
  void there_are_never_more_than_the_limit_whoever_enters_at_once() throws Exception {
    AdaptiveLimit limit = new AdaptiveLimit(new AdaptiveTerms(3, 3, 3), 0);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Runnable worker =
        () -> {
          for (int i = 0; i < 20_000; i++) {
            if (limit.enter(100)) {
              most.accumulateAndGet(inside.incrementAndGet(), Math::max);
              inside.decrementAndGet();
              limit.leave();
              limit.answered(1_000_000, i * 1_000_000L);
            }
          }
        };
    Thread[] threads = new Thread[6];
    for (int i = 0; i < threads.length; i++) {
      threads[i] = Thread.ofPlatform().start(worker);
    }
    for (Thread each : threads) {
      each.join();
    }
    assertThat(most.get()).isBetween(1, 3);
    assertThat(limit.inFlight()).isZero();
  }

  @Test
  void a_request_allocates_nothing() {
    AdaptiveLimit limit = new AdaptiveLimit(WIDE, 0);
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] used = new long[2];
    for (int round = 0; round < used.length; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 100_000; i++) {
        boolean entered = limit.enter(100);
        if (entered) {
          limit.leave();
          limit.answered(20_000_000, (round * 100_000L + i) * 1_000_000L);
        }
      }
      used[round] = threads.getCurrentThreadAllocatedBytes() - before;
    }
    // Less than a byte for each: what is left is of the measurement.
    assertThat(used[1]).isLessThan(50_000);
  }

  @Test
  void bounds_that_make_no_sense_are_refused() {
    assertThatThrownBy(() -> new AdaptiveTerms(0, 10, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "an adaptive limit lies between a minimum of 1 or more and its maximum, not 0, 5, 10");
    assertThatThrownBy(() -> new AdaptiveTerms(5, 4, 5)).hasMessageContaining("5, 5, 4");
    assertThatThrownBy(() -> new AdaptiveTerms(5, 10, 11)).hasMessageContaining("5, 11, 10");
  }
}
