package io.brrtrouter.server.limit;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A limit on requests at once that finds out by itself how many there should be: as many as make
 * those behind it busy, and few more, because more only wait for each other.
 *
 * <p>It compares how long requests take now with how long they take when they hardly meet, window
 * by window. As long as they take about as long, and the limit is reached, it grows by its square
 * root; as soon as they take {@value #TOLERANCE_PERCENT} percent of it, it shrinks in proportion.
 * The square root is room for a queue that keeps all busy, and lets small limits grow. Where what
 * was asked says that it is overloaded, it shrinks by a tenth whatever the times are.
 *
 * <p>How long requests take when they hardly meet is no minimum that has ever been seen: one lucky
 * window would hold for good. It follows what is measured while the limit is at most half full. And
 * since a limit that is full all the time never sees that, and would take its own queue for the
 * nature of things, it is lowered to a quarter for a moment now and then, which leaves next to no
 * queue: what is measured then counts. Each such probe shrinks what was wrong to less than half, so
 * that wrong estimates do not last, in either direction.
 *
 * <p>A window has {@value #LEAST_SAMPLES} requests at least, is twice as long as one of them takes,
 * and each counts as four usual ones at most: one that hangs moves nothing. A limit that is not
 * reached does not grow, so nobody's idle night ends with a limit that bounds nothing.
 *
 * <p>Safe for use by many threads. Nobody waits for anybody, and nothing is allocated: a request
 * costs a compare-and-set to enter, a decrement to leave and an addition to be measured. The clock
 * is the caller's, in nanoseconds from any origin.
 */
public final class AdaptiveLimit {
  /** Requests that are measured before anything is concluded. */
  static final int LEAST_SAMPLES = 10;

  /** What requests may take of what they take when they hardly meet, before the limit shrinks. */
  static final int TOLERANCE_PERCENT = 150;

  private static final double TOLERANCE = TOLERANCE_PERCENT / 100.0;

  /** The most that one window takes away, so that one odd window is no collapse. */
  private static final double STEEPEST = 0.5;

  /** How much of the way to where the limit should be is gone in one window. */
  private static final double STEP = 0.5;

  /** One in so many that says so is an overload; fewer are the trouble of some. */
  private static final long OVERLOAD = 10;

  /** What is left of it when somebody says that he is overloaded. */
  private static final double BACK_OFF = 0.9;

  /** What a request counts at most, in those of the estimate. */
  private static final int LONGEST_SAMPLE = 4;

  /** How the estimate follows what is measured while the limit is not full. */
  private static final double DOWN = 0.5;

  private static final double UP = 0.05;

  private static final int PROBE_DIVISOR = 4;

  /** Full windows from one probe to the next: half a minute where they are shortest. */
  private static final int PROBE_EVERY = 300;

  /** The same, where the last one has shown that the estimate is far off, or shrinking is vain. */
  private static final int PROBE_SOON = 8;

  private static final double FAR_OFF = 0.25;

  private static final long SHORTEST_WINDOW = 100_000_000L;
  private static final long LONGEST_WINDOW = 10_000_000_000L;

  /** Where the count of a window begins, above the sum of microseconds. */
  private static final int COUNT = 44;

  private static final long SUM = (1L << COUNT) - 1;

  private enum Phase {
    /** The limit follows what is measured. */
    ADAPTING,
    /** The limit is low, and what began before is still on its way. */
    LOWERED,
    /** The limit is low, and what it was lowered for is measured. */
    PROBING,
    /** The limit is back, and what began before is still on its way. */
    RAISED
  }

  private final AtomicInteger inFlight = new AtomicInteger();

  /** How many requests were measured in this window, and for how many microseconds. */
  private final AtomicLong samples = new AtomicLong();

  private final AtomicInteger overloads = new AtomicInteger();

  /** The most that were in flight in this window. */
  private final AtomicInteger peak = new AtomicInteger();

  /** Whether somebody found no room in this window. */
  private volatile boolean full;

  private volatile AdaptiveTerms terms;
  private volatile int limit;
  private volatile long windowEnd;
  private volatile long longestSample = Long.MAX_VALUE;

  /** Held by who ends a window; others go on meanwhile. Guards what follows. */
  private final AtomicBoolean ending = new AtomicBoolean();

  private Phase phase = Phase.ADAPTING;

  /** The limit before it is rounded. */
  private double exact;

  /** How long a request takes when it hardly meets another, in microseconds; 0 for unknown. */
  private double alone;

  private int sinceProbe;
  private int vain;

  /**
   * Begins without knowing anything.
   *
   * @param terms the bounds
   * @param now the time
   */
  public AdaptiveLimit(AdaptiveTerms terms, long now) {
    this.terms = terms;
    this.exact = terms.initial();
    this.limit = terms.initial();
    this.windowEnd = now + SHORTEST_WINDOW;
  }

  /**
   * Has other bounds from now on, and knows what it has learned.
   *
   * @param other the bounds
   */
  public void rebound(AdaptiveTerms other) {
    terms = other;
    limit = other.within(limit);
  }

  /**
   * {@return whether one more request may begin; it must {@link #leave} then} Who may not was never
   * counted.
   *
   * @param percent the share of the limit that may be full with it, at least one request
   */
  public boolean enter(int percent) {
    int most = Math.max(1, (int) ((long) limit * percent / 100));
    int now = inFlight.get();
    while (now < most) {
      int seen = inFlight.compareAndExchange(now, now + 1);
      if (seen == now) {
        saw(now + 1);
        return true;
      }
      now = seen;
    }
    if (!full) {
      full = true;
    }
    return false;
  }

  private void saw(int requests) {
    int most = peak.get();
    while (requests > most) {
      int seen = peak.compareAndExchange(most, requests);
      if (seen == most) {
        return;
      }
      most = seen;
    }
  }

  /** One request has ended. */
  public void leave() {
    inFlight.decrementAndGet();
  }

  /**
   * Measures one request that was answered.
   *
   * @param nanos how long it took
   * @param now the time
   */
  public void answered(long nanos, long now) {
    long micros = Math.max(0, Math.min(nanos, longestSample)) / 1000;
    long taken = samples.addAndGet((1L << COUNT) + micros);
    if (now - windowEnd >= 0 && taken >>> COUNT >= LEAST_SAMPLES) {
      endWindow(now);
    }
  }

  /**
   * Learns that what was asked is overloaded: it said so, or did not answer in time.
   *
   * @param now the time
   */
  public void overloaded(long now) {
    overloads.incrementAndGet();
    if (now - windowEnd >= 0) {
      endWindow(now);
    }
  }

  private void endWindow(long now) {
    if (!ending.compareAndSet(false, true)) {
      return;
    }
    try {
      if (now - windowEnd >= 0) {
        long taken = samples.getAndSet(0);
        long count = taken >>> COUNT;
        int refused = overloads.getAndSet(0);
        boolean wasFull = full;
        full = false;
        int most = peak.getAndSet(inFlight.get());
        boolean enough = count >= LEAST_SAMPLES;
        if (enough || refused > 0) {
          conclude(
              !enough ? 0 : (double) (taken & SUM) / count,
              refused > 0 && refused * OVERLOAD >= count + refused,
              wasFull || most >= limit,
              most);
        }
        long usual = (long) (2000 * alone);
        windowEnd = now + Math.max(SHORTEST_WINDOW, Math.min(LONGEST_WINDOW, usual));
      }
    } finally {
      ending.set(false);
    }
  }

  /** What is learned of a window; the mean is 0 where there is none. */
  private void conclude(double mean, boolean overload, boolean reached, int most) {
    switch (phase) {
      case ADAPTING -> adapt(mean, overload, reached, most);
      case LOWERED -> phase = Phase.PROBING;
      case PROBING -> probed(mean);
      case RAISED -> phase = Phase.ADAPTING;
    }
  }

  private void adapt(double mean, boolean overload, boolean reached, int most) {
    if (overload) {
      moveTo(exact * BACK_OFF);
      return;
    }
    if (alone == 0) {
      estimate(mean);
      if (reached) {
        probe();
      }
      return;
    }
    if (mean < alone) {
      if (isFarOff(mean)) {
        sinceProbe = Math.max(sinceProbe, PROBE_EVERY - PROBE_SOON);
      }
      estimate(alone + DOWN * (mean - alone));
    } else if (!reached && most <= limit / 2) {
      estimate(alone + UP * (mean - alone));
    }
    double gradient = Math.max(STEEPEST, Math.min(1, TOLERANCE * alone / mean));
    double wanted = gradient * exact + Math.sqrt(exact);
    if (wanted < exact ? most >= limit / 2 : reached) {
      moveTo(exact + STEP * (wanted - exact));
    }
    if (reached) {
      vain = gradient == STEEPEST ? vain + 1 : 0;
      sinceProbe++;
      if (sinceProbe >= PROBE_EVERY || (vain >= PROBE_SOON && sinceProbe >= PROBE_SOON)) {
        probe();
      }
    }
  }

  private void moveTo(double wanted) {
    AdaptiveTerms bounds = terms;
    exact = Math.max(bounds.min(), Math.min(bounds.max(), wanted));
    limit = bounds.within(exact);
  }

  private void probe() {
    phase = Phase.LOWERED;
    limit = terms.within(exact / PROBE_DIVISOR);
    sinceProbe = 0;
    vain = 0;
  }

  private void probed(double mean) {
    if (mean > 0) {
      if (isFarOff(mean)) {
        sinceProbe = PROBE_EVERY - PROBE_SOON;
      }
      estimate(mean);
    }
    phase = Phase.RAISED;
    moveTo(exact);
  }

  private boolean isFarOff(double mean) {
    return Math.abs(mean - alone) > FAR_OFF * alone;
  }

  private void estimate(double micros) {
    alone = Math.max(1, micros);
    longestSample = (long) (LONGEST_SAMPLE * 1000 * alone);
  }

  /** {@return how many requests may be in flight now} */
  public int limit() {
    return limit;
  }

  /** {@return how many are} */
  public int inFlight() {
    return inFlight.get();
  }
}
