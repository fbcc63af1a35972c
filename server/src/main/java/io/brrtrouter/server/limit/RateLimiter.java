package io.brrtrouter.server.limit;

import io.brrtrouter.server.outage.Breaker;
import io.brrtrouter.server.outage.Outage;
import io.brrtrouter.server.outage.Quiet;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts requests: for several servers together where somebody does that and answers, else in the
 * buckets of this one. After a failure nobody asks for a pause, so that requests do not wait one by
 * one; then one request tries. Safe for use by many threads.
 */
final class RateLimiter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.limit");

  /** How long nobody asks after a failure; longer where the next one may take longer to fail. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Duration QUIET = Duration.ofMinutes(1);

  /** How long a start waits for who counts, which connects then; longer where a request may. */
  private static final Duration START = Duration.ofSeconds(5);

  /** Of a bucket that no client has; whoever counts forgets it soon. */
  private static final String NOBODYS = "start";

  private static final Quota FIRST = new Quota(NOBODYS, 1, Duration.ofSeconds(1));

  private final Buckets own;
  private final @Nullable SharedLimiter shared;
  private final Duration timeout;
  private final LongSupplier nanoTime;
  private final Breaker breaker;
  private final Outage outage;

  /**
   * Makes one.
   *
   * @param mostClients how many buckets this server keeps
   * @param shared who counts for several servers; closed with this one
   * @param timeout how long one request waits for that at most
   * @param nanoTime tells the time as {@link System#nanoTime} does
   */
  RateLimiter(
      int mostClients, @Nullable SharedLimiter shared, Duration timeout, LongSupplier nanoTime) {
    this.own = new Buckets(mostClients);
    this.shared = shared;
    this.timeout = timeout;
    this.nanoTime = nanoTime;
    Duration pause = timeout.compareTo(PAUSE) > 0 ? timeout : PAUSE;
    this.breaker = new Breaker(new Breaker.Patience(1, pause, pause), nanoTime);
    this.outage = new Outage(new Quiet(QUIET, nanoTime));
  }

  boolean isShared() {
    return shared != null;
  }

  boolean blocks() {
    return shared != null && breaker.mayLet();
  }

  Patience patience() {
    return new Patience(timeout);
  }

  /**
   * Asks who counts for several servers for the first time, so that no request has to wait for that
   * to be connected; blocks.
   *
   * @return why this server counts by itself, which the log has too; empty if it does not
   */
  Optional<String> connect() {
    if (shared == null) {
      return Optional.of("nobody counts for several servers");
    }
    try {
      Duration patience = timeout.compareTo(START) > 0 ? timeout : START;
      shared.check(NOBODYS, FIRST, patience);
      answered();
      return Optional.empty();
    } catch (IOException | RuntimeException failure) {
      failed(failure);
      return Optional.of(String.valueOf(failure.getMessage()));
    }
  }

  /** Counts a request by this server alone; never blocks. */
  Standing takeOwn(Limit limit, Client client) {
    return own.take(limit, client, nanoTime.getAsLong());
  }

  /** Counts a request; may block for as long as the patience of its request lasts. */
  Standing take(Limit limit, Client client, Patience patience) {
    Standing standing = takeShared(limit, client, patience);
    return standing == null ? takeOwn(limit, client) : standing;
  }

  /**
   * Counts a request for all servers; may block for as long as the patience of its request lasts.
   *
   * @return where its client stands; null if nobody has counted it
   */
  @Nullable Standing takeShared(Limit limit, Client client, Patience patience) {
    if (shared == null || patience.isOver() || !breaker.lets()) {
      return null;
    }
    long begun = nanoTime.getAsLong();
    try {
      Optional<Standing> standing = shared.take(key(limit, client), limit.quota(), patience.left());
      if (standing.isPresent()) {
        answered();
        return standing.get();
      }
    } catch (IOException | RuntimeException failure) {
      failed(failure);
    } finally {
      patience.spend(nanoTime.getAsLong() - begun);
    }
    return null;
  }

  private static String key(Limit limit, Client client) {
    return limit.scope() + "|" + client.key();
  }

  private void answered() {
    breaker.answered();
    if (outage.ends()) {
      LOG.warn("rate limits are counted for all servers together again");
    }
  }

  private void failed(Exception failure) {
    breaker.silent();
    if (outage.begins()) {
      LOG.warn("rate limits are counted by this server alone: {}", failure.getMessage());
    }
  }

  @Override
  public void close() {
    if (shared != null) {
      shared.close();
    }
  }
}
