package io.brrtrouter.server.transport;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Octets of a connection that were read and not yet used: part of a line or later requests. The
 * array that holds them is no larger than the longest line or than they are, once what can be used
 * of them has been.
 */
final class Backlog {
  private static final byte[] NONE = {};

  private final int most;

  private byte[] octets = NONE;
  private int from;
  private int to;

  /**
   * Makes one without octets.
   *
   * @param most up to how many octets there is room made for more than have come
   */
  Backlog(int most) {
    this.most = most;
  }

  boolean isEmpty() {
    return from == to;
  }

  int size() {
    return to - from;
  }

  /** {@return how many octets there is room for, used or not} */
  int room() {
    return octets.length;
  }

  byte[] octets() {
    return octets;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** Keeps a copy of octets; there are none yet. */
  void keep(byte[] source, int begin, int end) {
    octets = Arrays.copyOfRange(source, begin, end);
    from = 0;
    to = octets.length;
  }

  /** Adds octets behind those there are. */
  void add(ByteBuf in, int length) {
    int size = size();
    if (octets.length - to < length) {
      byte[] target =
          size + length <= octets.length
              ? octets
              : new byte[Math.max(Math.min(2 * size, most), size + length)];
      System.arraycopy(octets, from, target, 0, size);
      octets = target;
      from = 0;
      to = size;
    }
    in.readBytes(octets, to, length);
    to += length;
  }

  /** Drops octets up to an index, the array with the last, and one that was for many more. */
  void usedUpTo(int index) {
    from = index;
    if (isEmpty()) {
      clear();
    } else if (octets.length > Math.max(most, size())) {
      keep(octets, from, to);
    }
  }

  void clear() {
    octets = NONE;
    from = 0;
    to = 0;
  }
}
