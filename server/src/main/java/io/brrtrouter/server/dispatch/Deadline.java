package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.HttpResponse;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

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
   * @param name for the thread
   * @return the running work
   */
  static Deadline start(Callable<HttpResponse> work, Runnable ended, String name) {
    FutureTask<HttpResponse> task = new FutureTask<>(work);
    Thread.ofVirtual()
        .name("handler-" + name)
        .start(() -> {
          try {
            task.run();
          } finally {
            ended.run();
          }
        });
    return new Deadline(task);
  }

  /**
   * Waits for the work.
   *
   * @param millis how long
   * @return the response, or null when there was none in time: the work's thread is then
   *     interrupted
   * @throws Exception what the work threw in time
   */
  @Nullable HttpResponse await(long millis) throws Exception {
    try {
      return task.get(millis, TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      task.cancel(true);
      return null;
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
