package io.brrtrouter.server.limit;

import java.io.IOException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests: for several servers together where somebody does that and answers, else in the
 * buckets of this one. Safe for use by many threads.
 */
public final class RateLimiter implements AutoCloseable {
  private final Buckets own;
  private final @Nullable SharedLimiter shared;
  private final LongSupplier nanoTime;
  private final Outage outage = new Outage();

  /**
   * Makes one.
   *
   * @param mostClients how many buckets this server keeps
   * @param shared who counts for several servers; closed with this one
   * @param nanoTime tells the time as {@link System#nanoTime} does
   */
  public RateLimiter(int mostClients, @Nullable SharedLimiter shared, LongSupplier nanoTime) {
    this.own = new Buckets(mostClients);
    this.shared = shared;
    this.nanoTime = nanoTime;
  }

  /** {@return whether {@link #take} would ask somebody, and so block} */
  public boolean blocks() {
    return shared != null && outage.mayAsk(nanoTime.getAsLong());
  }

  /**
   * Counts a request by this server alone; never blocks.
   *
   * @param limit what it counts to
   * @param client whose it is
   * @return where the client stands
   */
  public Standing takeOwn(Limit limit, Client client) {
    return own.take(limit, client, nanoTime.getAsLong());
  }

  /**
   * Counts a request; may block.
   *
   * @param limit what it counts to
   * @param client whose it is
   * @return where the client stands
   */
  public Standing take(Limit limit, Client client) {
    if (shared != null && outage.ask(nanoTime.getAsLong())) {
      try {
        Standing standing = shared.take(key(limit, client), limit.quota());
        outage.answered();
        return standing;
      } catch (IOException | RuntimeException failure) {
        outage.failed(nanoTime.getAsLong(), failure);
      }
    }
    return takeOwn(limit, client);
  }

  private static String key(Limit limit, Client client) {
    return limit.scope() + "|" + client.key();
  }

  @Override
  public void close() {
    if (shared != null) {
      shared.close();
    }
  }
}
