package io.brrtrouter.security;

import io.brrtrouter.server.auth.Verification;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** That somebody cannot be asked, told once when it begins and once when it ends. */
final class Outage {
  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);

  /** Clients may be able to make one answer strange: that is not to fill the log. */
  private static final Duration QUIET = Duration.ofMinutes(1);

  private final String origin;
  private final InstantSource clock;
  private final AtomicReference<@Nullable String> trouble = new AtomicReference<>();
  private final AtomicLong tellAt = new AtomicLong(Long.MIN_VALUE);
  private volatile boolean told;

  Outage(String origin, InstantSource clock) {
    this.origin = origin;
    this.clock = clock;
  }

  void begun(String reason) {
    if (trouble.getAndSet(reason) != null) {
      LOG.debug("Again, {} cannot be asked: {}", origin, reason);
      return;
    }
    long now = clock.millis();
    long due = tellAt.get();
    if (now >= due && tellAt.compareAndSet(due, now + QUIET.toMillis())) {
      told = true;
      LOG.warn("{} cannot be asked about credentials, and they get a 503: {}", origin, reason);
    }
  }

  void ended() {
    if (trouble.get() != null && trouble.getAndSet(null) != null && told) {
      told = false;
      LOG.info("{} answers about credentials again.", origin);
    }
  }

  /** {@return why it cannot be asked} */
  String trouble() {
    String now = trouble.get();
    return now == null ? "it does not answer" : now;
  }

  Verification unavailable(String reason) {
    return new Verification.Unavailable(origin + " cannot be asked: " + reason);
  }
}
