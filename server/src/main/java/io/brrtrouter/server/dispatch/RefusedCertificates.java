package io.brrtrouter.server.dispatch;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;

/**
 * Logs whose client certificates are refused: whoever runs such a client sees a 401 only, and
 * whoever runs the server has to know which name is missing. The same one once in a minute, so that
 * a client that tries for ever fills no disk. Safe for use by many threads.
 */
final class RefusedCertificates {
  private static final long PAUSE = Duration.ofMinutes(1).toNanos();

  /** Beyond that the longest known is forgotten, and told again. */
  private static final int MOST = 1_000;

  private final Logger log;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();

  /** When each was told last, that one last. */
  private final SequencedMap<String, Long> told = new LinkedHashMap<>();

  RefusedCertificates(Logger log, LongSupplier nanos) {
    this.log = log;
    this.nanos = nanos;
  }

  /** Tells whose certificate was refused and why, unless that was told just now. */
  void tell(String whoseAndWhy) {
    if (isDue(whoseAndWhy)) {
      log.info("a client certificate is not accepted: {}", whoseAndWhy);
    }
  }

  private boolean isDue(String whoseAndWhy) {
    long now = nanos.getAsLong();
    lock.lock();
    try {
      Long last = told.get(whoseAndWhy);
      if (last != null && now - last < PAUSE) {
        return false;
      }
      told.remove(whoseAndWhy);
      told.put(whoseAndWhy, now);
      if (told.size() > MOST) {
        told.pollFirstEntry();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
