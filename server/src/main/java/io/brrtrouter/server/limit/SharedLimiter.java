package io.brrtrouter.server.limit;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Counts for several servers together. Safe for use by many threads. */
public interface SharedLimiter extends AutoCloseable {

  /**
   * Takes one request out of a bucket; may block.
   *
   * @param key which bucket, bounded in length
   * @param quota how much it has
   * @param patience for how long it may block at most, connecting included: the timeout of the
   *     settings, or what an earlier question of the same request has left of it
   * @return where the client stands; empty where nobody knows, and whoever counts is not to blame:
   *     what was left of the timeout was too short for an answer, or the thread was interrupted,
   *     and still is, because nobody waits for the request any more. Neither ends what others are
   *     asking
   * @throws IOException if whoever counts does not answer within the whole timeout, or with a
   *     failure; the message has no secret
   */
  Optional<Standing> take(String key, Quota quota, Duration patience) throws IOException;

  /**
   * Asks whether requests are counted, before there are any; may block.
   *
   * @param key a bucket of nobody's
   * @param quota how much it has
   * @param patience for how long it may block at most, connecting included
   * @throws IOException if they are not; the message says who does not answer, or what he answers
   *     instead, and has no secret
   */
  default void check(String key, Quota quota, Duration patience) throws IOException {
    if (take(key, quota, patience).isEmpty()) {
      throw new IOException("nobody counts for several servers");
    }
  }

  /** Gives back what it holds, threads included. */
  @Override
  void close();
}
