package io.brrtrouter.security;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that many ask for at once and that is done once. Whoever asked first may go away without
 * ending it for the others; what nobody waits for any more is not begun. How many wait is bounded:
 * who is refused never counted, so that nobody else is refused for it. One lock is held while
 * places are taken and left, and by nobody who waits.
 *
 * @param <K> what tells work apart
 * @param <V> what comes of it
 */
final class Flights<K, V> {
  /** As many clients as one token has, and no more memory than their heads take. */
  static final int MOST_FOR_ONE = 1_024;

  /** Most of the requests that a server judges at once on threads unless told otherwise. */
  static final int MOST_TOGETHER = 2_048;

  /** Guarded by this object, as is what follows and the state of each flight. */
  private final Map<K, Flight> running = new HashMap<>();

  private int together;

  /**
   * Work in two steps: waiting for a turn, and what costs something.
   *
   * @param <V> what comes of it
   */
  interface Work<V> {
    /**
     * Does it.
     *
     * @param begins to be asked before what costs something: whether anybody still waits for it
     * @return what came of it
     * @throws Exception if it fails
     */
    V fly(BooleanSupplier begins) throws Exception;
  }

  /** Whoever makes one waits for it. */
  private final class Flight implements Runnable {
    private final CompletableFuture<V> landed = new CompletableFuture<>();
    private final K key;
    private final Work<V> work;
    private @Nullable Thread thread;
    private int waiting;
    private boolean begun;
    private boolean gone;

    Flight(K key, Work<V> work) {
      this.key = key;
      this.work = work;
    }

    boolean begin() {
      synchronized (Flights.this) {
        begun = !gone;
        return begun;
      }
    }

    /** Work that costs nothing yet ends with the last who waits for it; other work is of use. */
    void leave() {
      synchronized (Flights.this) {
        together--;
        waiting--;
        if (waiting == 0 && !begun) {
          land();
          if (thread != null) {
            thread.interrupt();
          }
        }
      }
    }

    /** Gone before it is known what came of it: whoever comes later must not get what was true. */
    void land() {
      synchronized (Flights.this) {
        if (!gone) {
          gone = true;
          running.remove(key);
        }
      }
    }

    private boolean board() {
      synchronized (Flights.this) {
        thread = Thread.currentThread();
        return !gone;
      }
    }

    private void disembark() {
      synchronized (Flights.this) {
        thread = null;
      }
    }

    @Override
    public void run() {
      if (!board()) {
        return;
      }
      try {
        V done = work.fly(this::begin);
        land();
        landed.complete(done);
      } catch (Throwable failed) {
        land();
        landed.completeExceptionally(failed);
      } finally {
        disembark();
      }
    }
  }

  /**
   * {@return what comes of the work, begun now unless it is under way}
   *
   * @param key which work
   * @param threads does it
   * @param work the work, which looks first whether another has just done it
   * @param patience how long to wait for it
   * @throws RejectedExecutionException if too many wait, or there is no thread for the work
   * @throws TimeoutException if nothing came of it in time
   * @throws ExecutionException if the work failed
   * @throws InterruptedException if interrupted
   */
  V get(K key, Executor threads, Work<V> work, Duration patience)
      throws InterruptedException, ExecutionException, TimeoutException {
    Flight mine = new Flight(key, work);
    Flight flight = join(mine);
    try {
      if (flight == mine) {
        start(mine, threads);
      }
      return flight.landed.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      flight.leave();
    }
  }

  /** {@return the flight that is waited for from now on: the one that is under way, or this} */
  private synchronized Flight join(Flight mine) {
    if (together == MOST_TOGETHER) {
      throw new RejectedExecutionException("too many wait");
    }
    Flight other = running.getOrDefault(mine.key, mine);
    if (other.waiting == MOST_FOR_ONE) {
      throw new RejectedExecutionException("too many wait for the same");
    }
    running.put(mine.key, other);
    other.waiting++;
    together++;
    return other;
  }

  private void start(Flight mine, Executor threads) {
    try {
      threads.execute(mine);
    } catch (RejectedExecutionException refused) {
      mine.land();
      mine.landed.completeExceptionally(refused);
    }
  }
}
