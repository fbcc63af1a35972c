package io.brrtrouter.outbound.proxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Content of a response that is collected, so that it can be judged before a client gets any of it:
 * as far as there is room, and no further than a limit. Used by one thread at a time; any may
 * {@linkplain #release release} it.
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
   */
  boolean readAll(InputStream content, long length, int most) throws IOException {
    if (length >= 0) {
      if (!hold(length)) {
        return false;
      }
      octets.write(content.readNBytes((int) length));
      return true;
    }
    byte[] step = new byte[STEP];
    while (octets.size() <= most) {
      // One octet more than the limit tells that there is more.
      int wanted = Math.min(STEP, most + 1 - octets.size());
      if (!hold(wanted)) {
        return false;
      }
      int read = content.readNBytes(step, 0, wanted);
      octets.write(step, 0, read);
      if (read < wanted) {
        return true;
      }
    }
    return false;
  }

  private synchronized boolean hold(long more) {
    if (held < 0 || !upstream.take(more)) {
      return false;
    }
    held += more;
    return true;
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
