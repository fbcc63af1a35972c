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

  static final Duration WINDOW = Duration.ofSeconds(10);

  /** Octets of the preface (RFC 9113 section 3.4). */
  private static final int PREFACE = 24;

  private static final int HEAD = 9;
  private static final int TYPE = 3;
  private static final int FLAGS = 4;
  private static final int END_HEADERS = 0x4;
  private static final int DATA = 0;
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

  /** When what is on its way began, -1 when nothing is. */
  private long began;

  private final Rate controlFrames = new Rate(MOST_CONTROL_FRAMES, WINDOW);
  private boolean calm = true;

  FrameMeter(long now) {
    began = now;
  }

  /** {@return whether the frames are not too many} */
  boolean read(ByteBuf in, long now) {
    int at = in.readerIndex();
    int to = in.writerIndex();
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
      endIfComplete();
    }
    return calm;
  }

  private void begin(long now) {
    missing = (head[0] & 0xFF) << 16 | (head[1] & 0xFF) << 8 | (head[2] & 0xFF);
    int type = head[TYPE];
    isData = type == DATA;
    switch (type) {
      case DATA, RST_STREAM, WINDOW_UPDATE -> {}
      case HEADERS, CONTINUATION -> fieldsOpen = (head[FLAGS] & END_HEADERS) == 0;
      default -> calm &= controlFrames.add(now);
    }
  }

  private void endIfComplete() {
    if (missing == 0 && headSize == 0 && !fieldsOpen) {
      began = -1;
      isData = false;
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
