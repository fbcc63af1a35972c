package io.brrtrouter.schema;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * What work costs: the time for which its thread ran. Other tests, the compiler of the JVM and
 * other work on the machine do not count, as they would on the clock.
 */
public final class Effort {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private Effort() {}

  /** {@return the time for which this thread runs {@code work}} */
  public static Duration of(Runnable work) {
    long start = THREADS.getCurrentThreadCpuTime();
    work.run();
    return Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - start);
  }
}
