package io.brrtrouter.server.limit;

import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A resource that works on some requests at once and lets others wait, behind an {@link
 * AdaptiveLimit}, in a time of its own: requests come at random, whatever becomes of those before.
 */
final class SimulatedResource {
  private static final long SECOND = 1_000_000_000L;

  /** Something ends then that began then. */
  private record End(long at, long began) implements Comparable<End> {
    @Override
    public int compareTo(End other) {
      return Long.compare(at, other.at);
    }
  }

  private final Random random = new Random(42);
  private final PriorityQueue<End> working = new PriorityQueue<>();
  private final ArrayDeque<Long> waiting = new ArrayDeque<>();
  private final AdaptiveLimit limit;
  private final double spread;
  private int atOnce;
  private long nanos;
  private long now;
  private long next;
  private long answered;
  private long refused;
  private long took;

  /**
   * Begins.
   *
   * @param terms of the limit
   * @param atOnce how many requests it works on at once
   * @param millis how long it works on one
   * @param spread how much that varies, 0.2 for a fifth more or less
   */
  SimulatedResource(AdaptiveTerms terms, int atOnce, int millis, double spread) {
    this.limit = new AdaptiveLimit(terms, 0);
    this.spread = spread;
    become(atOnce, millis);
  }

  void become(int servers, int millis) {
    atOnce = servers;
    nanos = millis * 1_000_000L;
  }

  AdaptiveLimit limit() {
    return limit;
  }

  /** {@return the time it is there} */
  long now() {
    return now;
  }

  /** {@return how many requests it can answer in a second} */
  double capacity() {
    return atOnce * (double) SECOND / nanos;
  }

  /** What came of some time. */
  record Outcome(double answeredPerSecond, double meanMillis, long refused) {}

  Outcome run(double perSecond, double seconds) {
    answered = 0;
    refused = 0;
    took = 0;
    long end = now + (long) (seconds * SECOND);
    next = now + gap(perSecond);
    while (next < end || (!working.isEmpty() && working.peek().at < end)) {
      if (!working.isEmpty() && working.peek().at <= next) {
        finish(working.poll());
      } else {
        now = next;
        next += gap(perSecond);
        arrive();
      }
    }
    now = end;
    return new Outcome(answered / seconds, took / 1e6 / Math.max(1, answered), refused);
  }

  /** One that hangs, and all others go on. */
  void hang(double seconds) {
    if (limit.enter(100)) {
      long ends = now + (long) (seconds * SECOND);
      limit.leave();
      limit.answered(ends - now, ends);
    }
  }

  private long gap(double perSecond) {
    return (long) (-Math.log(1 - random.nextDouble()) * SECOND / perSecond);
  }

  private void arrive() {
    if (!limit.enter(100)) {
      refused++;
    } else if (working.size() < atOnce) {
      begin(now);
    } else {
      waiting.add(now);
    }
  }

  private void begin(long came) {
    double factor = 1 + spread * (2 * random.nextDouble() - 1);
    working.add(new End(now + (long) (nanos * factor), came));
  }

  private void finish(End end) {
    now = end.at;
    answered++;
    took += now - end.began;
    limit.leave();
    limit.answered(now - end.began, now);
    if (!waiting.isEmpty()) {
      begin(waiting.poll());
    }
  }
}
