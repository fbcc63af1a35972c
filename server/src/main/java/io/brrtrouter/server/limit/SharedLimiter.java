package io.brrtrouter.server.limit;

import java.io.IOException;
import java.time.Duration;

/** Counts for several servers together. Safe for use by many threads. */
public interface SharedLimiter extends AutoCloseable {

  /**
   * Takes one request out of a bucket; may block.
   *
   * @param key which bucket, bounded in length
   * @param quota how much it has
   * @param patience for how long it may block at most, connecting included
   * @return where the client stands
   * @throws IOException if whoever counts does not answer in time, or with a failure; the message
   *     has no secret
   */
  Standing take(String key, Quota quota, Duration patience) throws IOException;

  /** Gives back what it holds, threads included. */
  @Override
  void close();
}
