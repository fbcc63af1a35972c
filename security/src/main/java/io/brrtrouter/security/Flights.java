package io.brrtrouter.security;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that many ask for at once and that is done once. Whoever asked first may go away without
 * ending it for the others; what nobody waits for any more is not begun. How many wait is bounded,
 * and nobody holds a lock meanwhile.
 *
 * @param <K> what tells work apart
 * @param <V> what comes of it
 */
final class Flights<K, V> {
  /** As many clients as one token has, and no more memory than their heads take. */
  static final int MOST_FOR_ONE = 1_024;

  /** Most of the requests that a server judges at once on threads unless told otherwise. */
  static final int MOST_TOGETHER = 2_048;

  private final Map<K, Flight<V>> running = new ConcurrentHashMap<>();

  /**
   * Places of those who wait. Who gets none never counts, so that nobody else is refused for it.
   */
  private final Semaphore places = new Semaphore(MOST_TOGETHER);

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

  /** What became of the wish to wait. */
  private enum Place {
    TAKEN,
    FULL,
    /** Too late: it is known already what came of it, or nobody waited. */
    GONE
  }

  /** Whoever makes one waits for it. Its state is guarded by itself. */
  private static final class Flight<V> implements Runnable {
    private final CompletableFuture<V> landed = new CompletableFuture<>();
    private final Runnable removal;
    private final Work<V> work;
    private @Nullable Thread thread;
    private int waiting = 1;
    private boolean begun;
    private boolean gone;

    Flight(Runnable removal, Work<V> work) {
      this.removal = removal;
      this.work = work;
    }

    synchronized Place join() {
      if (gone) {
        return Place.GONE;
      }
      if (waiting == MOST_FOR_ONE) {
        return Place.FULL;
      }
      waiting++;
      return Place.TAKEN;
    }

    synchronized boolean begin() {
      begun = !gone;
      return begun;
    }

    /** Work that costs nothing yet ends with the last who waits for it; other work is of use. */
    synchronized void leave() {
      waiting--;
      if (waiting == 0 && !begun) {
        land();
        if (thread != null) {
          thread.interrupt();
        }
      }
    }

    /** Gone before it is known what came of it: whoever comes later must not get what was true. */
    synchronized void land() {
      if (!gone) {
        gone = true;
        removal.run();
      }
    }

    private synchronized boolean board() {
      thread = Thread.currentThread();
      return !gone;
    }

    private synchronized void disembark() {
      thread = null;
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
    if (!places.tryAcquire()) {
      throw new RejectedExecutionException("too many wait");
    }
    try {
      Flight<V> flight = board(key, threads, work);
      try {
        return flight.landed.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      } finally {
        flight.leave();
      }
    } finally {
      places.release();
    }
  }

  private Flight<V> board(K key, Executor threads, Work<V> work) {
    while (true) {
      Flight<V> mine = new Flight<>(() -> running.remove(key), work);
      Flight<V> other = running.putIfAbsent(key, mine);
      if (other == null) {
        start(mine, threads);
        return mine;
      }
      switch (other.join()) {
        case TAKEN -> {
          return other;
        }
        case FULL -> throw new RejectedExecutionException("too many wait for the same");
        case GONE -> {} // The key is free by now.
      }
    }
  }

  private void start(Flight<V> mine, Executor threads) {
    try {
      threads.execute(mine);
    } catch (RejectedExecutionException refused) {
      mine.land();
      mine.landed.completeExceptionally(refused);
    }
  }
}
