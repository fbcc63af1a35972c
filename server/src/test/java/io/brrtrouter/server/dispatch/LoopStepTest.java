package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The first times that a step is taken are excused; a clock may not see how short they are. */
class LoopStepTest {
  private static final int FIRST = 20;
  private static final long LONG = TimeUnit.MILLISECONDS.toNanos(60);

  private static boolean isToldAfterFirst(long nanos, String name) {
    LoopStep step = LoopStep.handler(name, 1);
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.threads")) {
      for (int i = 0; i < FIRST; i++) {
        step.took(nanos, "first");
      }
      step.took(LONG, "late");
      return !log.about("request late: handler " + name + " is declared never to block").isEmpty();
    }
  }

  @Test
  void what_is_over_before_the_clock_ticks_was_taken() {
    assertThat(isToldAfterFirst(0, "LoopStepTest.short")).isTrue();
  }

  @Test
  void what_was_not_taken_is_not_one_of_the_first_times() {
    assertThat(isToldAfterFirst(LoopStep.NOT_TAKEN, "LoopStepTest.none")).isFalse();
  }
}
