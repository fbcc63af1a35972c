package io.brrtrouter.server;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * What work costs: the time for which its thread ran. Other tests and other work on the machine do
 * not count, as they would on the clock.
 */
public final class Effort {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  /** So that a test that hangs ends. */
  private static final Duration LAST = Duration.ofMinutes(5);

  private Effort() {}

  /** {@return the time for which a thread runs {@code work}} */
  public static Duration of(Runnable work) {
    return assertTimeoutPreemptively(LAST, () -> measured(work));
  }

  private static Duration measured(Runnable work) {
    long start = THREADS.getCurrentThreadCpuTime();
    work.run();
    return Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start);
  }
}
