package io.brrtrouter.server.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/**
 * Keeps what has come of a frame of HTTP/2, or of a head and its continuations, until the rest
 * does: in an array of its size. The codec, which is given whole ones only, would keep it in
 * buffers outside the heap that grow with what has gone through them and are counted nowhere.
 *
 * <p>Used by one event loop only.
 */
final class PartialFrames {
  private final FrameMeter meter;

  /** Octets that are worth being kept: with more, a head is too large whatever is in it. */
  private final long most;

  private final Backlog backlog = new Backlog();

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
      if (in.isReadable()) {
        backlog.add(in, in.readableBytes());
        if (backlog.size() > most) {
          drain(target);
        }
      }
    } finally {
      in.release();
    }
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
