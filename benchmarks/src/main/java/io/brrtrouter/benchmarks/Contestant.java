package io.brrtrouter.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One of those compared on a machine that is shared: contestants take turns, the thread's CPU time
 * counts instead of the clock, and of many short rounds the median. Used by one thread.
 */
public final class Contestant {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Long enough to warm up, and for the clock of the thread, which may tick in milliseconds. */
  private static final long WARM_UP_NANOS = 1_500_000_000L;

  private static final long ROUND_NANOS = 40_000_000L;

  private final String name;
  private final Supplier<Object> body;
  private final List<Double> nanos = new ArrayList<>();
  private int calls;

  /** What a call answered, so that none can be left out. */
  private volatile Object last = "nothing";

  /**
   * A contestant that has not begun.
   *
   * @param name what to call it
   * @param body what is measured
   */
  public Contestant(String name, Supplier<Object> body) {
    this.name = name;
    this.body = body;
  }

  /**
   * Warms all up, then measures them in turns.
   *
   * @param contestants those compared
   * @param rounds how often each has its turn
   */
  public static void takeTurns(List<Contestant> contestants, int rounds) {
    contestants.forEach(Contestant::warmUp);
    for (int round = 0; round < rounds; round++) {
      contestants.forEach(Contestant::round);
    }
  }

  /** {@return what to call it} */
  public String name() {
    return name;
  }

  /** {@return nanoseconds for a call, the median of the rounds} */
  public double median() {
    return nanos.stream().sorted().toList().get(nanos.size() / 2);
  }

  /** {@return bytes allocated for a call} */
  public long allocated() {
    long start = THREADS.getCurrentThreadAllocatedBytes();
    run(calls);
    return (THREADS.getCurrentThreadAllocatedBytes() - start) / calls;
  }

  private void warmUp() {
    long spent = 0;
    long made = 0;
    while (spent < WARM_UP_NANOS) {
      spent += run(2_000);
      made += 2_000;
    }
    calls = (int) Math.max(1, made * ROUND_NANOS / spent);
  }

  private void round() {
    nanos.add((double) run(calls) / calls);
  }

  private long run(int times) {
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < times; i++) {
      last = body.get();
    }
    long spent = THREADS.getCurrentThreadCpuTime() - start;
    if (last.equals("nothing")) {
      throw new IllegalStateException(name + " did not run");
    }
    return spent;
  }
}
