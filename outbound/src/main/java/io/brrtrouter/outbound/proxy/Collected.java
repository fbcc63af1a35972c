package io.brrtrouter.outbound.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Content of a response that is collected, so that it can be judged before a client gets any of it:
 * as far as there is room and time, and no further than a limit. Used by one thread at a time; any
 * may {@linkplain #release release} it.
 */
final class Collected {
  private static final int STEP = 16 << 10;

  private final Upstream upstream;
  private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
  private long held;

  /** Nothing yet. */
  Collected(Upstream upstream) {
    this.upstream = upstream;
  }

  /**
   * {@return whether all of it is there; else it goes on behind what is}
   *
   * @param content where it comes from
   * @param length how much there is, no more than the limit; negative where nobody knows
   * @param most the limit
   * @param time how long it may take; a pause within it may make that longer
   */
  boolean readAll(InputStream content, long length, int most, Duration time) throws IOException {
    long began = System.nanoTime();
    if (length >= 0 && !hold(length)) {
      return false;
    }
    // One octet more than the limit tells that there is more.
    long whole = length >= 0 ? length : most + 1L;
    byte[] step = new byte[Math.clamp(whole, 1, STEP)];
    while (octets.size() < whole) {
      int wanted = (int) Math.min(step.length, whole - octets.size());
      if (length < 0 && !hold(wanted)) {
        return false;
      }
      int read = content.read(step, 0, wanted);
      if (read < 0) {
        return true;
      }
      octets.write(step, 0, read);
      if (length < 0) {
        giveBack(wanted - read);
      }
      if (System.nanoTime() - began > time.toNanos()) {
        return octets.size() == length;
      }
    }
    return length >= 0;
  }

  private synchronized boolean hold(long more) {
    if (held < 0 || !upstream.take(more)) {
      return false;
    }
    held += more;
    return true;
  }

  private synchronized void giveBack(long less) {
    if (held >= 0) {
      held -= less;
      upstream.giveBack(less);
    }
  }

  /** {@return what there is} */
  byte[] octets() {
    return octets.toByteArray();
  }

  /** It is not needed any more, once and for all. */
  synchronized void release() {
    if (held >= 0) {
      upstream.giveBack(held);
      held = -1;
    }
  }
}
