package io.brrtrouter.server.transport;

import io.netty.buffer.ByteBuf;
import java.time.Duration;

/**
 * Follows the frames of an HTTP/2 connection (RFC 9113 section 4.1) by their first octets: since
 * when one is on its way, and how many come that ask for work and bring no request (section 10.5).
 * What is in them is read by somebody else.
 *
 * <p>Used by one event loop only.
 */
final class FrameMeter {
  /** Settings, pings, priorities and frames unknown that a client may send in {@link #WINDOW}. */
  static final int MOST_CONTROL_FRAMES = 2_000;

  /**
   * Windows that a client may open in {@link #WINDOW} beyond those for which what was written is a
   * reason: one for each frame, and one more for so many octets.
   */
  static final int MOST_WINDOW_UPDATES = 2_000;

  private static final int OCTETS_OF_WINDOW_UPDATE = 32;

  static final Duration WINDOW = Duration.ofSeconds(10);

  /** Octets of the preface (RFC 9113 section 3.4). */
  private static final int PREFACE = 24;

  /** Octets before what is in a frame. */
  static final int HEAD = 9;

  /** Octets in a frame at most, as no setting of the server allows more (section 4.2). */
  static final int MOST_OCTETS = 16_384;

  static final int TYPE = 3;
  static final int FLAGS = 4;

  /** Of content and heads: octets without a meaning stand behind. */
  static final int PADDED = 0x8;

  private static final int END_HEADERS = 0x4;
  static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int WINDOW_UPDATE = 8;
  private static final int CONTINUATION = 9;

  private final byte[] head = new byte[HEAD];
  private int headSize;

  /** Octets to come of the preface or of what is in a frame. */
  private int missing = PREFACE;

  private boolean isData;
  private boolean fieldsOpen;
  private boolean isMalformed;

  /** Where of the octets looked at last something ends first, and last; -1 where nothing does. */
  private int firstEnd;

  private int lastEnd;

  /** When what is on its way began, -1 when nothing is. */
  private long began;

  private final Rate controlFrames = new Rate(MOST_CONTROL_FRAMES, WINDOW);
  private final Rate windowUpdates = new Rate(MOST_WINDOW_UPDATES, WINDOW);

  /** Windows for whose opening there is a reason. */
  private long earned;

  private boolean calm = true;

  FrameMeter(long now) {
    began = now;
  }

  /** {@return whether the frames are not too many} */
  boolean read(ByteBuf in, long now) {
    int at = in.readerIndex();
    int to = in.writerIndex();
    firstEnd = -1;
    lastEnd = -1;
    while (at < to) {
      if (missing > 0) {
        int length = Math.min(missing, to - at);
        missing -= length;
        at += length;
      } else {
        began = began < 0 ? now : began;
        head[headSize++] = in.getByte(at++);
        if (headSize == HEAD) {
          headSize = 0;
          begin(now);
        }
      }
      endIfComplete(at);
    }
    return calm;
  }

  /**
   * {@return the first index, of the octets looked at last, at which nothing is on its way, -1 if
   * there is none} A head with all its continuations is one thing here.
   */
  int firstEnd() {
    return firstEnd;
  }

  /** {@return the last such index, -1 if there is none} */
  int lastEnd() {
    return lastEnd;
  }

  /**
   * {@return whether a frame has begun that is longer than any may be, or is within a head or
   * behind none (section 6.10)} What is wrong of it need not be waited for.
   */
  boolean isMalformed() {
    return isMalformed;
  }

  private void begin(long now) {
    missing = (head[0] & 0xFF) << 16 | (head[1] & 0xFF) << 8 | (head[2] & 0xFF);
    int type = head[TYPE];
    isMalformed |= missing > MOST_OCTETS || fieldsOpen != (type == CONTINUATION);
    isData = type == DATA;
    switch (type) {
      case DATA, RST_STREAM -> {}
      case WINDOW_UPDATE -> {
        if (earned > 0) {
          earned--;
        } else {
          calm &= windowUpdates.add(now);
        }
      }
      case HEADERS, CONTINUATION -> fieldsOpen = (head[FLAGS] & END_HEADERS) == 0;
      default -> calm &= controlFrames.add(now);
    }
  }

  /** Something was written, and the client may open windows because of that. */
  void wrote(int octets) {
    earned += 1 + octets / OCTETS_OF_WINDOW_UPDATE;
  }

  private void endIfComplete(int at) {
    if (missing == 0 && headSize == 0 && !fieldsOpen) {
      began = -1;
      isData = false;
      firstEnd = firstEnd < 0 ? at : firstEnd;
      lastEnd = at;
    }
  }

  /**
   * {@return whether something has been on its way for longer than a time} Content is not: bodies
   * have a time of their own.
   */
  boolean isLate(long now, Duration most) {
    return began >= 0 && !isData && now - began > most.toNanos();
  }
}
