package io.brrtrouter.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Collects the content of a response, within bounds. */
final class Collected {
  /** Octets: more than a test looks at. */
  private static final int MOST = 256 << 20;

  private Collected() {}

  /**
   * {@return the content, whole}
   *
   * @param request what it answers, for messages
   * @param response has the content, and is closed
   * @param patience how long the content may take
   * @throws AssertionError if it takes longer, or has more than a test looks at
   * @throws UncheckedIOException if it is cut off
   */
  static byte[] of(String request, Incoming response, Duration patience) {
    FutureTask<byte[]> reading = new FutureTask<>(() -> response.content().readNBytes(MOST + 1));
    Thread reader = Thread.ofVirtual().name("brrt-test-reader").start(reading);
    try (response) {
      byte[] content = reading.get(patience.toNanos(), TimeUnit.NANOSECONDS);
      if (content.length > MOST) {
        throw new AssertionError(request + ": the response has more than " + MOST + " octets");
      }
      return content;
    } catch (TimeoutException _) {
      throw new AssertionError(
          "%s: the response, %d of %s, is a stream that has not ended within %s; read its items with stream() in place of send(), or let the client wait longer with waiting(Duration)"
              .formatted(
                  request,
                  response.status(),
                  response.headers().first("Content-Type").orElse("no media type"),
                  text(patience)));
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException cut) {
        throw new UncheckedIOException(request + " failed: " + cut, cut);
      }
      throw new IllegalStateException(request + " failed", failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(request + " was interrupted", interrupted);
    } finally {
      reader.interrupt();
    }
  }

  /** {@return a time as people write it} */
  static String text(Duration time) {
    return time.toMillis() % 1_000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
  }
}
