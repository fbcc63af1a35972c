package io.brrtrouter.server.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells of items of one response that the document does not allow and that are sent all the same:
 * the first in full, and how many there are further, once in a while and at the end. A stream that
 * is wrong is wrong in all of its items. Safe for use by many threads.
 */
final class WrongItems {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.contract");

  private static final long PAUSE = Duration.ofMinutes(1).toNanos();

  private final String requestId;
  private final String response;
  private final LongSupplier clock;

  /** When a line was written, by the clock. Guarded by this object, as is the rest. */
  private long told;

  private boolean begun;

  /** How many are in no line yet, and which was the last of them. */
  private long more;

  private long last;

  /**
   * None yet.
   *
   * @param requestId the request that is answered
   * @param response the response, for example {@code 200 of feed}
   * @param clock a time in nanoseconds, as {@link System#nanoTime}
   */
  WrongItems(String requestId, String response, LongSupplier clock) {
    this.requestId = requestId;
    this.response = response;
    this.clock = clock;
  }

  /**
   * One more.
   *
   * @param number which item it is, from 1
   * @param violations what is wrong with it
   * @return whether it is the first, so that {@link #end} is to be called
   */
  synchronized boolean add(long number, List<String> violations) {
    long now = clock.getAsLong();
    if (!begun) {
      begun = true;
      told = now;
      LOG.warn(
          "request {}: item {} of the response {} does not match the document: {}",
          requestId,
          number,
          response,
          violations);
      return true;
    }
    more++;
    last = number;
    if (now - told >= PAUSE) {
      told = now;
      tell();
    }
    return false;
  }

  /** The response is complete. */
  synchronized void end() {
    if (more > 0) {
      tell();
    }
  }

  private void tell() {
    LOG.warn(
        "request {}: {} more of the items of the response {}, the last of them item {}, did not match"
            + " the document",
        requestId,
        more,
        response,
        last);
    more = 0;
  }
}
