package io.brrtrouter.outbound;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due: one thread claims, each attempt has a virtual thread of its own. Looks again
 * when something was taken, when an attempt has ended, when something becomes due, and at the
 * latest after a while, for what other instances have taken.
 */
final class Worker {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.outbound");

  /** Between two looks at something that is due and cannot be had: another instance has it. */
  private static final Duration LEAST = Duration.ofMillis(100);

  private final Leases leases;
  private final Attempts attempts;
  private final Slots slots;
  private final InstantSource clock;
  private final Times times;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean awake;
  private boolean stopping;
  private int running;
  private boolean failing;

  /** Whether something that is due may have to wait until an attempt ends. */
  private boolean starved;

  /**
   * Times of a worker.
   *
   * @param lease how long an instance may have a delivery
   * @param poll how long it does not look at all
   * @param attemptsInRound after how many a delivery that was lost is dead
   */
  record Times(Duration lease, Duration poll, int attemptsInRound) {}

  /** What is done before each look. */
  @FunctionalInterface
  interface Preparation {
    void run() throws SQLException;
  }

  private final Preparation preparation;
  private final Thread thread;

  Worker(
      Leases leases,
      Attempts attempts,
      Slots slots,
      InstantSource clock,
      Times times,
      Preparation preparation) {
    this.leases = leases;
    this.attempts = attempts;
    this.slots = slots;
    this.clock = clock;
    this.times = times;
    this.preparation = preparation;
    this.thread = Thread.ofVirtual().name("brrt-outbound").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** There may be something to do. */
  void wake() {
    lock.lock();
    try {
      awake = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    while (!isStopping()) {
      Duration wait = times.poll;
      try {
        preparation.run();
        if (claim()) {
          continue;
        }
        wait = untilDue();
        failing = false;
      } catch (SQLException | RuntimeException failure) {
        if (!failing) {
          LOG.error("the log of deliveries cannot be read; nothing is sent until it can", failure);
        }
        failing = true;
      }
      await(wait);
    }
  }

  /** {@return whether anything was claimed} */
  private boolean claim() throws SQLException {
    int free = slots.free();
    List<String> busy = slots.busy();
    setStarved(free == 0 || !busy.isEmpty());
    if (free == 0) {
      return false;
    }
    Instant now = clock.instant();
    List<String> admitted = new ArrayList<>();
    Leases.Claim claim = new Leases.Claim(List.of(), List.of());
    try {
      claim =
          leases.claim(
              new Leases.Wish(now, now.plus(times.lease), free, busy, times.attemptsInRound),
              receiver -> slots.take(receiver) && admitted.add(receiver));
    } finally {
      claim.claimed().forEach(claimed -> admitted.remove(claimed.receiver()));
      admitted.forEach(slots::giveBack);
    }
    claim.dead().forEach(attempts::buried);
    claim.claimed().forEach(this::begin);
    return !claim.claimed().isEmpty() || !claim.dead().isEmpty();
  }

  private void setStarved(boolean is) {
    lock.lock();
    try {
      starved = is;
    } finally {
      lock.unlock();
    }
  }

  private void begin(Claimed claimed) {
    lock.lock();
    try {
      running++;
    } finally {
      lock.unlock();
    }
    Thread.ofVirtual()
        .name("brrt-delivery-" + claimed.delivery().id())
        .start(() -> {
          boolean again = true;
          try {
            again = attempts.make(claimed).isPresent();
          } catch (RuntimeException failure) {
            LOG.error(
                "an attempt of delivery {} has failed, and is made again when its lease ends",
                claimed.delivery().id(),
                failure);
          } finally {
            end(claimed, again);
          }
        });
  }

  private void end(Claimed claimed, boolean again) {
    slots.giveBack(claimed.receiver());
    lock.lock();
    try {
      running--;
      awake |= again || starved;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** While all slots are taken, the end of an attempt is what is waited for. */
  private Duration untilDue() throws SQLException {
    if (slots.free() == 0) {
      return times.poll;
    }
    Duration due = leases.untilDue(clock.instant(), slots.busy()).orElse(times.poll);
    return due.compareTo(times.poll) > 0 ? times.poll : due.compareTo(LEAST) < 0 ? LEAST : due;
  }

  private boolean isStopping() {
    lock.lock();
    try {
      return stopping;
    } finally {
      lock.unlock();
    }
  }

  private void await(Duration most) {
    lock.lock();
    try {
      long left = most.toNanos();
      while (!awake && !stopping && left > 0) {
        left = changed.awaitNanos(left);
      }
      awake = false;
    } catch (InterruptedException stop) {
      stopping = true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Claims no more, and waits for what is under way.
   *
   * @return whether all of it has ended in time
   */
  boolean stop(Duration most) {
    lock.lock();
    try {
      stopping = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return join() && awaitEnd(most);
  }

  private boolean join() {
    try {
      thread.join();
      return true;
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  boolean awaitEnd(Duration most) {
    long left = TimeUnit.MILLISECONDS.toNanos(most.toMillis());
    lock.lock();
    try {
      while (running > 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
      return running == 0;
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
