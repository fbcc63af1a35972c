package io.brrtrouter.server.limit;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/** Counts for several servers together. Safe for use by many threads. */
public interface SharedLimiter extends AutoCloseable {

  /**
   * Takes one request out of a bucket; may block.
   *
   * @param key which bucket, bounded in length
   * @param quota how much it has
   * @param patience for how long it may block at most, connecting included: the timeout of the
   *     settings, or what an earlier question of the same request has left of it
   * @return where the client stands
   * @throws IOException if whoever counts does not answer within the whole timeout, or with a
   *     failure; the message has no secret
   * @throws TimeoutException if there was no answer within what was left of the timeout, which is
   *     too short to tell whether whoever counts answers
   * @throws InterruptedException if the thread is interrupted, because nobody waits for the request
   *     any more; that does not end what others are asking
   */
  Standing take(String key, Quota quota, Duration patience)
      throws IOException, TimeoutException, InterruptedException;

  /** Gives back what it holds, threads included. */
  @Override
  void close();
}
