package io.brrtrouter.server.limit;

import java.io.IOException;

/**
 * Counts for several servers together. May block, for as long as {@link
 * SharedLimiterSource.Settings#timeout} at most. Safe for use by many threads.
 */
public interface SharedLimiter extends AutoCloseable {

  /**
   * Takes one request out of a bucket.
   *
   * @param key which bucket, bounded in length
   * @param quota how much it has
   * @return where the client stands
   * @throws IOException if whoever counts does not answer in time, or with a failure; the message
   *     has no secret
   */
  Standing take(String key, Quota quota) throws IOException;

  /** Gives back what it holds, threads included. */
  @Override
  void close();
}
