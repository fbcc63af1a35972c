package io.brrtrouter.server.transport;

import java.time.Duration;
import java.util.Arrays;

/**
 * The streams of a connection that were reset last: frames of them that were on their way are
 * ignored (RFC 9113 section 5.1), as long as they are no flood. Used by one event loop only.
 */
final class ResetStreams {
  /** As many as may be reset in a time without the connection's end, and some of before. */
  static final int REMEMBERED = 2 * H2Codec.RESETS;

  /** Windows let a client send a few dozen frames of a stream before it knows. */
  static final int FRAMES_OF_STREAM = 50;

  /** Beyond that, in {@link H2Codec#RESET_SECONDS}. */
  static final int MOST_FRAMES = FRAMES_OF_STREAM * H2Codec.RESETS;

  private static final int FIRST = 8;

  private final Rate frames = new Rate(MOST_FRAMES, Duration.ofSeconds(H2Codec.RESET_SECONDS));

  /** In a ring, once all places are taken. */
  private int[] streams = {};

  private int count;
  private int highest;

  /**
   * Frames for which there is a reason: a connection on which many uploads are answered early, that
   * of a proxy for example, has many.
   */
  private long earned;

  void add(int stream) {
    if (contains(stream)) {
      return;
    }
    if (count == streams.length && count < REMEMBERED) {
      streams = Arrays.copyOf(streams, Math.min(REMEMBERED, Math.max(FIRST, 2 * count)));
    }
    earned += FRAMES_OF_STREAM;
    streams[count % REMEMBERED] = stream;
    count++;
    highest = Math.max(highest, stream);
  }

  boolean contains(int stream) {
    if (stream <= 0 || stream > highest) {
      return false; // A new one, as nearly all that are asked about.
    }
    for (int each : streams) {
      if (each == stream) {
        return true;
      }
    }
    return false;
  }

  /** {@return whether one more frame of such a stream is ignored, and no flood} */
  boolean ignores(long now) {
    if (earned > 0) {
      earned--;
      return true;
    }
    return frames.add(now);
  }
}
