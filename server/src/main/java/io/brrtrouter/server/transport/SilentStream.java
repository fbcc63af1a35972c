package io.brrtrouter.server.transport;

import java.time.Duration;

/**
 * When a client that sends no more is asked whether it is still there, while streamed content is
 * awaited: the end of what it sends does not tell one that has closed from one that only has
 * nothing more to say (RFC 9293 section 3.6), but what is sent to the former comes back as a reset.
 *
 * <p>Used by the event loop of its connection only.
 */
final class SilentStream {
  /**
   * How often a client is asked in one silence. Each time adds a digit to the size of the next
   * chunk; common clients read 16.
   */
  static final int MOST_ASKED = 6;

  /** Longer than most round trips: who is asked twice within one has not answered yet. */
  private static final long FIRST_PAUSE = Duration.ofMillis(200).toNanos();

  private final long patience;
  private boolean silent;
  private long began;
  private int asked;

  /**
   * A stream.
   *
   * @param patience how long nothing may be sent to a client that sends no more
   */
  SilentStream(Duration patience) {
    this.patience = patience.toNanos();
  }

  /** Content is sent, or none is awaited any more. */
  void end() {
    silent = false;
  }

  /**
   * {@return whether to ask the client now} Pauses between that double.
   *
   * @param now the time, by {@link System#nanoTime}
   */
  boolean asks(long now) {
    begin(now);
    if (asked == MOST_ASKED || now - began < FIRST_PAUSE * ((1L << asked) - 1)) {
      return false;
    }
    asked++;
    return true;
  }

  /**
   * {@return whether the silence is too long for a client of which nobody knows}
   *
   * @param now the time, by {@link System#nanoTime}
   */
  boolean isTooLong(long now) {
    begin(now);
    return now - began >= patience;
  }

  private void begin(long now) {
    if (!silent) {
      silent = true;
      began = now;
      asked = 0;
    }
  }
}
