package io.brrtrouter.security;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Threads that compute hashes of passwords. Threads of the platform, so that the system shares the
 * processors between them and everything else: virtual ones would keep the carriers of all others
 * for tenths of a second. They end when nobody needs them.
 */
final class HashThreads implements Executor, AutoCloseable {
  /** More passwords than that would not get their turn in time. */
  private static final int MOST_WAITING = 1_000;

  private static final Duration IDLE = Duration.ofSeconds(10);

  private final ThreadPoolExecutor threads;

  HashThreads(int concurrency) {
    threads =
        new ThreadPoolExecutor(
            concurrency,
            concurrency,
            IDLE.toMillis(),
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().daemon().name("brrt-passwords-", 0).factory());
    threads.allowCoreThreadTimeOut(true);
  }

  @Override
  public void execute(Runnable work) {
    threads.execute(work);
  }

  /** A hash that is being computed cannot be interrupted; its thread ends behind it. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
