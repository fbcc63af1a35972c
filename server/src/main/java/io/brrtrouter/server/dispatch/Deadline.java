package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.HttpResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Work that somebody waits for only so long. It runs on a virtual thread of its own, so that a
 * handler that ignores interruption cannot keep the client waiting.
 */
final class Deadline {
  /** Completed by the work or by whoever stops waiting: one of them only, and both can tell. */
  private final CompletableFuture<HttpResponse> outcome = new CompletableFuture<>();

  private final Thread thread;

  private Deadline(Callable<HttpResponse> work, Consumer<Throwable> late, Runnable ended) {
    this.thread = Thread.ofVirtual().name("brrt-deadline").unstarted(() -> run(work, late, ended));
  }

  /**
   * Starts the work.
   *
   * @param work filters, decoding, handler
   * @param late takes what the work threw when nobody waited any more
   * @param ended run when the work has really ended, in time or not
   * @return the running work
   */
  static Deadline start(Callable<HttpResponse> work, Consumer<Throwable> late, Runnable ended) {
    Deadline deadline = new Deadline(work, late, ended);
    deadline.thread.start();
    return deadline;
  }

  private void run(Callable<HttpResponse> work, Consumer<Throwable> late, Runnable ended) {
    try {
      outcome.complete(work.call());
    } catch (Throwable failure) {
      if (!outcome.completeExceptionally(failure) && !isInterruption(failure)) {
        late.accept(failure);
      }
    } finally {
      ended.run();
    }
  }

  /** {@return whether a failure after the deadline is the answer to our interruption} */
  private static boolean isInterruption(Throwable failure) {
    return failure instanceof InterruptedException
        || failure instanceof InterruptedIOException
        || (failure instanceof IOException && Thread.currentThread().isInterrupted());
  }

  /**
   * Waits for the work.
   *
   * @param millis how long
   * @return the response; nothing when there was none in time: the work is interrupted then
   * @throws Exception what the work threw in time
   */
  Optional<HttpResponse> await(long millis) throws Exception {
    try {
      return Optional.of(outcome.get(millis, TimeUnit.MILLISECONDS));
    } catch (TimeoutException _) {
      return giveUp() ? Optional.empty() : await(0);
    } catch (InterruptedException interrupted) {
      giveUp();
      throw interrupted;
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case Exception exception -> throw exception;
        case Error error -> throw error;
        case null, default -> throw failed;
      }
    }
  }

  /** Stops waiting; {@return false if the work has ended just now} */
  private boolean giveUp() {
    boolean gaveUp = outcome.cancel(false);
    if (gaveUp) {
      thread.interrupt();
    }
    return gaveUp;
  }
}
