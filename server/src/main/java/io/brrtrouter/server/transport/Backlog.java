package io.brrtrouter.server.transport;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Octets of a connection that were read and not yet used: part of a line or later requests. */
final class Backlog {
  private static final byte[] NONE = {};

  private byte[] octets = NONE;
  private int from;
  private int to;

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
          size + length <= octets.length ? octets : new byte[Math.max(2 * size, size + length)];
      System.arraycopy(octets, from, target, 0, size);
      octets = target;
      from = 0;
      to = size;
    }
    in.readBytes(octets, to, length);
    to += length;
  }

  /** Drops octets up to an index, and the array with the last. */
  void usedUpTo(int index) {
    from = index;
    if (isEmpty()) {
      clear();
    }
  }

  void clear() {
    octets = NONE;
    from = 0;
    to = 0;
  }
}
