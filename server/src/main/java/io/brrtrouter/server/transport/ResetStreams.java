package io.brrtrouter.server.transport;

import java.time.Duration;
import java.util.Arrays;

/**
 * The streams of a connection that were reset last: frames of them that were on their way are
 * ignored (RFC 9113 section 5.1), as long as they are no flood. Used by one event loop only.
 */
final class ResetStreams {
  /** Windows let a client send a few dozen frames of a stream before it knows. */
  static final int FRAMES_OF_STREAM = 50;

  private static final int FIRST = 8;

  /** As many as may be reset in a time without the connection's end, and some of before. */
  private final int remembered;

  private final Rate frames;

  /** In a ring, once all places are taken. */
  private int[] streams = {};

  private int count;
  private int highest;

  /**
   * Frames for which there is a reason: a connection on which many uploads are answered early, that
   * of a proxy for example, has many.
   */
  private long earned;

  /**
   * Begins with none.
   *
   * @param most how many may be reset in {@link TransportLimits#RESET_SECONDS}
   */
  ResetStreams(int most) {
    remembered = 2 * most;
    frames = new Rate(FRAMES_OF_STREAM * most, Duration.ofSeconds(TransportLimits.RESET_SECONDS));
  }

  void add(int stream) {
    if (contains(stream)) {
      return;
    }
    if (count == streams.length && count < remembered) {
      streams = Arrays.copyOf(streams, Math.min(remembered, Math.max(FIRST, 2 * count)));
    }
    earned += FRAMES_OF_STREAM;
    streams[count % remembered] = stream;
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
