package io.brrtrouter.server.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/**
 * Keeps what has come of a frame of HTTP/2, or of a head and its continuations, until the rest
 * does: in an array of its size. The codec, which is given whole ones only, would keep it in
 * buffers outside the heap that grow with what has gone through them and are counted nowhere.
 * Content does not wait: what has come of a large frame of it becomes a frame of its own (RFC 9113
 * section 6.1), so that whoever collects it counts it.
 *
 * <p>Used by one event loop only.
 */
final class PartialFrames {
  private final FrameMeter meter;

  /** Octets that are worth being kept: with more, a head is too large whatever is in it. */
  private final long most;

  private final Backlog backlog;

  /** The head of a frame of content of which parts were handed on. */
  private final byte[] content = new byte[FrameMeter.HEAD];

  /** Octets of its content that have not come. */
  private int contentToCome;

  /** Whether the end of the preface is known (RFC 9113 section 3.4). */
  private boolean isBegun;

  /**
   * Makes one that keeps nothing.
   *
   * @param meter has looked at whatever this is given
   * @param listSize octets of the largest head that the codec reads
   */
  PartialFrames(FrameMeter meter, long listSize) {
    this.meter = meter;
    this.most = listSize + FrameMeter.HEAD + FrameMeter.MOST_OCTETS;
    this.backlog = new Backlog((int) Math.min(most, Integer.MAX_VALUE));
  }

  /** {@return how many octets there is room for, used or not} */
  int room() {
    return backlog.room();
  }

  /**
   * Hands on what is whole, and what cannot become so.
   *
   * @param in octets at which the meter has looked, released here
   * @param target reads and releases what it is given, at once
   */
  void read(ByteBuf in, Consumer<ByteBuf> target) {
    try {
      if (contentToCome > 0) {
        handOnContent(in, target);
      }
      int first = meter.firstEnd();
      if ((first < 0 && !isBegun) || meter.isMalformed()) {
        drain(target);
        target.accept(in.readRetainedSlice(in.readableBytes()));
        return;
      }
      isBegun = true;
      if (first >= 0) {
        if (!backlog.isEmpty()) {
          backlog.add(in, first - in.readerIndex());
          drain(target);
        }
        if (meter.lastEnd() > in.readerIndex()) {
          target.accept(in.readRetainedSlice(meter.lastEnd() - in.readerIndex()));
        }
      }
      keepRest(in, target);
    } finally {
      in.release();
    }
  }

  private void keepRest(ByteBuf in, Consumer<ByteBuf> target) {
    if (backlog.size() < FrameMeter.HEAD && in.isReadable()) {
      backlog.add(in, Math.min(FrameMeter.HEAD - backlog.size(), in.readableBytes()));
    }
    if (in.isReadable() && isContent()) {
      System.arraycopy(backlog.octets(), backlog.from(), content, 0, FrameMeter.HEAD);
      backlog.clear();
      contentToCome = (content[0] & 0xFF) << 16 | (content[1] & 0xFF) << 8 | (content[2] & 0xFF);
      handOnContent(in, target);
    } else if (in.isReadable()) {
      backlog.add(in, in.readableBytes());
      if (backlog.size() > most) {
        drain(target);
      }
    }
  }

  /** {@return whether what is kept is the head of a frame of content without padding} */
  private boolean isContent() {
    byte[] octets = backlog.octets();
    return backlog.size() == FrameMeter.HEAD
        && octets[backlog.from() + FrameMeter.TYPE] == FrameMeter.DATA
        && (octets[backlog.from() + FrameMeter.FLAGS] & FrameMeter.PADDED) == 0;
  }

  /** Makes a frame of what has come of one; only the last ends the stream. */
  private void handOnContent(ByteBuf in, Consumer<ByteBuf> target) {
    int length = Math.min(contentToCome, in.readableBytes());
    contentToCome -= length;
    ByteBuf frame = Unpooled.buffer(FrameMeter.HEAD + length);
    frame
        .writeMedium(length)
        .writeByte(FrameMeter.DATA)
        .writeByte(contentToCome == 0 ? content[FrameMeter.FLAGS] : 0)
        .writeBytes(content, FrameMeter.FLAGS + 1, Integer.BYTES)
        .writeBytes(in, length);
    target.accept(frame);
  }

  private void drain(Consumer<ByteBuf> target) {
    if (!backlog.isEmpty()) {
      ByteBuf kept = Unpooled.wrappedBuffer(backlog.octets(), backlog.from(), backlog.size());
      backlog.clear();
      target.accept(kept);
    }
  }

  /** Nothing of it is used any more. */
  void clear() {
    backlog.clear();
  }
}
