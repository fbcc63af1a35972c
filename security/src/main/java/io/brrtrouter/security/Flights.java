package io.brrtrouter.security;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Work that many ask for at once and that is done once. Nobody holds a lock meanwhile, and whoever
 * asked first may go away without ending it for the others.
 *
 * @param <K> what tells work apart
 * @param <V> what comes of it
 */
final class Flights<K, V> {
  private final Map<K, CompletableFuture<V>> running = new ConcurrentHashMap<>();

  /**
   * {@return what comes of the work, begun now unless it is under way}
   *
   * @param key which work
   * @param threads does it; where it refuses, the work has failed
   * @param work the work, which looks first whether another has just done it
   */
  CompletableFuture<V> join(K key, Executor threads, Callable<V> work) {
    CompletableFuture<V> mine = new CompletableFuture<>();
    CompletableFuture<V> other = running.putIfAbsent(key, mine);
    if (other != null) {
      return other;
    }
    try {
      threads.execute(() -> fly(key, mine, work));
    } catch (RejectedExecutionException refused) {
      running.remove(key, mine);
      mine.completeExceptionally(refused);
    }
    return mine;
  }

  /** Gone before it lands: whoever comes later must not get what was true a moment ago. */
  private void fly(K key, CompletableFuture<V> mine, Callable<V> work) {
    try {
      V done = work.call();
      running.remove(key, mine);
      mine.complete(done);
    } catch (Throwable failed) {
      running.remove(key, mine);
      mine.completeExceptionally(failed);
    }
  }
}
