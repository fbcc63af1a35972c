package io.brrtrouter.server.decode;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A body, of which a piece is in memory: what is looked at, and what is read at once. Places count
 * from the first octet of the body. Used by one thread.
 */
final class MultipartWindow {
  /** How large the piece is, unless the header fields of a part are allowed to be larger. */
  private static final int OCTETS = 16 * 1024;

  private static final long NOWHERE = -1;

  /** Null where all of it is there. */
  private final @Nullable InputStream rest;

  private byte[] window;

  /** How much of the window is filled. */
  private int size;

  /** The place of the first octet of the window. */
  private long base;

  /** Before here nothing is looked at any more. */
  private long kept;

  private boolean ended;

  private MultipartWindow(@Nullable InputStream rest, byte[] window, int size) {
    this.rest = rest;
    this.window = window;
    this.size = size;
    this.ended = rest == null;
  }

  static MultipartWindow of(byte[] whole) {
    return new MultipartWindow(null, whole, whole.length);
  }

  static MultipartWindow of(InputStream octets) {
    return new MultipartWindow(octets, new byte[OCTETS], 0);
  }

  /** {@return whether there is an octet at a place; waits for it} */
  boolean has(long at) throws IOException {
    while (at >= end()) {
      if (ended) {
        return false;
      }
      fill();
    }
    return true;
  }

  private void fill() throws IOException {
    if (size == window.length) {
      int free = (int) (kept - base);
      System.arraycopy(window, free, window, 0, size - free);
      base += free;
      size -= free;
      if (size == window.length) {
        window = Arrays.copyOf(window, 2 * window.length);
      }
    }
    int read = rest == null ? -1 : rest.read(window, size, window.length - size);
    if (read < 0) {
      ended = true;
    } else {
      size += read;
    }
  }

  /** {@return the place behind the last octet that is there} */
  long end() {
    return base + size;
  }

  /** {@return an octet that is there} */
  byte octet(long at) {
    return window[(int) (at - base)];
  }

  /** {@return octets that are there} */
  byte[] octets(long from, long to) {
    return Arrays.copyOfRange(window, (int) (from - base), (int) (to - base));
  }

  /** Gives octets that are there to who takes the content of a part. */
  void give(long from, long to, PartTaker taker) throws IOException {
    taker.content(window, (int) (from - base), (int) (to - from));
  }

  /** Nothing is looked at any more before a place. */
  void keepFrom(long at) {
    kept = Math.max(kept, at);
  }

  /** {@return where octets are found of all that are there, -1 if they are not} */
  long indexOf(byte[] wanted, long from) {
    int last = size - wanted.length;
    for (int i = (int) (from - base); i <= last; i++) {
      if (window[i] == wanted[0] && isAt(wanted, i)) {
        return base + i;
      }
    }
    return NOWHERE;
  }

  private boolean isAt(byte[] wanted, int index) {
    for (int i = 1; i < wanted.length; i++) {
      if (window[index + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }

  /** Reads and drops what is left. */
  void skipRest() throws IOException {
    while (!ended) {
      kept = end();
      fill();
    }
  }
}
