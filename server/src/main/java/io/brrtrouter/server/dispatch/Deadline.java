package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Work that somebody waits for only so long. It runs on a virtual thread of its own, so that a
 * handler that ignores interruption cannot keep the client waiting.
 */
final class Deadline {
  private final FutureTask<HttpResponse> task;

  private Deadline(FutureTask<HttpResponse> task) {
    this.task = task;
  }

  /**
   * Starts the work.
   *
   * @param work filters, decoding, handler
   * @param ended run when the work has really ended, in time or not
   * @return the running work
   */
  static Deadline start(Callable<HttpResponse> work, Runnable ended) {
    FutureTask<HttpResponse> task = new FutureTask<>(work);
    Runnable whole =
        () -> {
          try {
            task.run();
          } finally {
            ended.run();
          }
        };
    Thread.ofVirtual().name("brrt-deadline").start(whole);
    return new Deadline(task);
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
      return Optional.of(task.get(millis, TimeUnit.MILLISECONDS));
    } catch (TimeoutException _) {
      task.cancel(true);
      return Optional.empty();
    } catch (InterruptedException interrupted) {
      task.cancel(true);
      throw interrupted;
    } catch (ExecutionException failed) {
      switch (failed.getCause()) {
        case Exception exception -> throw exception;
        case Error error -> throw error;
        case null, default -> throw failed;
      }
    }
  }
}
