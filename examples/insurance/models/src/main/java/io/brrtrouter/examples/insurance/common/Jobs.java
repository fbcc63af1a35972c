package io.brrtrouter.examples.insurance.common;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What takes time, done one after the other. What waits and what is remembered is bounded, so that
 * nobody can fill the memory by asking. Safe for use by many threads.
 *
 * @param <T> what is known of a job
 */
public final class Jobs<T> {
  private static final Duration IDLE = Duration.ofSeconds(10);

  private final ExecutorService worker;
  private final Map<UUID, T> begun = new HashMap<>();
  private final LinkedHashMap<UUID, T> ended = new LinkedHashMap<>();
  private final int mostRemembered;

  /**
   * Has nothing to do yet.
   *
   * @param name what the thread is called
   * @param mostWaiting how many jobs may wait for the one that is being done
   * @param mostRemembered how many that have ended are remembered; the oldest are forgotten first
   */
  public Jobs(String name, int mostWaiting, int mostRemembered) {
    this.mostRemembered = mostRemembered;
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new ArrayBlockingQueue<>(mostWaiting),
            Thread.ofVirtual().name(name).factory());
    threads.allowCoreThreadTimeOut(true);
    this.worker = threads;
  }

  /**
   * Has a job done.
   *
   * @param id what it is called
   * @param begin what is known of it until it has ended
   * @param work does it, and says what is known of it then
   * @param failure says what is known of it when it failed instead
   * @return whether it will be done; not when too many wait
   */
  public boolean start(UUID id, T begin, Supplier<T> work, Function<Throwable, T> failure) {
    put(id, begin);
    try {
      worker.execute(() -> end(id, result(work, failure)));
      return true;
    } catch (RejectedExecutionException full) {
      remove(id);
      return false;
    }
  }

  private static <T> T result(Supplier<T> work, Function<Throwable, T> failure) {
    try {
      return work.get();
    } catch (RuntimeException | Error broken) {
      return failure.apply(broken);
    }
  }

  private synchronized void put(UUID id, T begin) {
    begun.put(id, begin);
  }

  private synchronized void remove(UUID id) {
    begun.remove(id);
  }

  private synchronized void end(UUID id, T end) {
    begun.remove(id);
    ended.put(id, end);
    if (ended.size() > mostRemembered) {
      ended.pollFirstEntry();
    }
  }

  /**
   * {@return what is known of a job; empty when there never was such a one, or it is forgotten}
   *
   * @param id what it is called
   */
  public synchronized Optional<T> find(UUID id) {
    @Nullable T known = begun.get(id);
    return Optional.ofNullable(known == null ? ended.get(id) : known);
  }
}
