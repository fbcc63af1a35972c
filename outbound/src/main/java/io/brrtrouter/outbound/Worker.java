package io.brrtrouter.outbound;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
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
      } catch (Throwable failure) { // nobody else would send
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
    Slots.Busy busy = slots.busy();
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
    claim.claimed().forEach(this::begin);
    claim.dead().forEach(this::bury);
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
    start(
        claimed.delivery(),
        () -> attempts.make(claimed).isPresent(),
        () -> slots.giveBack(claimed.receiver()));
  }

  /** Listeners may take their time: not that of this thread. */
  private void bury(Delivery delivery) {
    start(
        delivery,
        () -> {
          attempts.buried(delivery);
          return false;
        },
        () -> {});
  }

  private void start(Delivery delivery, BooleanSupplier work, Runnable behind) {
    lock.lock();
    try {
      running++;
    } finally {
      lock.unlock();
    }
    try {
      Thread.ofVirtual()
          .name("brrt-delivery-" + delivery.id())
          .start(() -> {
            boolean again = true;
            try {
              again = work.getAsBoolean();
            } catch (Throwable failure) {
              complain(delivery, failure);
            } finally {
              end(behind, again);
            }
          });
    } catch (Throwable noThread) {
      complain(delivery, noThread);
      end(behind, true);
    }
  }

  private static void complain(Delivery delivery, Throwable failure) {
    LOG.error(
        "an attempt of delivery {} has failed, and is made again when its lease ends",
        delivery.id(),
        failure);
  }

  private void end(Runnable behind, boolean again) {
    behind.run();
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
   * Claims no more, and waits for what is under way: a look into the log too.
   *
   * @param most how long in all
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
    return awaitEnd(most);
  }

  /** Ends the thread that claims, if it is still there: whatever it waits for, nobody else does. */
  void interrupt() {
    thread.interrupt();
  }

  /**
   * Waits for what is under way, once {@link #stop} was called.
   *
   * @param most how long in all
   * @return whether all of it has ended in time
   */
  boolean awaitEnd(Duration most) {
    long end = System.nanoTime() + most.toNanos();
    try {
      if (thread.getState() != Thread.State.NEW && !thread.join(most)) {
        return false;
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      return false;
    }
    lock.lock();
    try {
      long left = end - System.nanoTime();
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
