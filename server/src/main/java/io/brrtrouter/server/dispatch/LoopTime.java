package io.brrtrouter.server.dispatch;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells when a request whose handler was declared never to block keeps an event loop for too long,
 * from its filters to the check of its response: every connection of that loop waits for it. Says
 * so once a minute at most. Safe for use by many threads.
 */
final class LoopTime {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.threads");

  /** What a client notices. */
  private static final long TOO_LONG = TimeUnit.MILLISECONDS.toNanos(50);

  private static final long BETWEEN = TimeUnit.MINUTES.toNanos(1);

  private final String handlerName;
  private final AtomicLong quietUntil = new AtomicLong(System.nanoTime());

  LoopTime(String handlerName) {
    this.handlerName = handlerName;
  }

  /** Takes note of how long a request took. */
  void took(long nanos, String requestId) {
    if (nanos < TOO_LONG) {
      return;
    }
    long now = System.nanoTime();
    long until = quietUntil.get();
    if (now - until >= 0 && quietUntil.compareAndSet(until, now + BETWEEN)) {
      LOG.warn(
          "request {}: {} is declared never to block, so all connections of its event loop waited for"
              + " filters, decoding, handler and checks together, {} ms; remove the declaration, or"
              + " make whichever of them takes long shorter",
          requestId,
          handlerName,
          TimeUnit.NANOSECONDS.toMillis(nanos));
    }
  }
}
