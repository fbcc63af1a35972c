package io.brrtrouter.server.transport;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Follows the records of a TLS connection (RFC 8446 section 5.1) by their first octets, which are
 * readable whatever is encrypted: since when one is on its way, and what no client may send. What
 * is in them is read by somebody else.
 *
 * <p>A second handshake is such a thing: TLS 1.2 lets a client begin one, each costs the server a
 * signature, and HTTP/2 forbids it (RFC 9113 section 9.2.1). Behind a client's change of cipher
 * there is one record of a handshake more (RFC 5246 section 7.3), and in TLS 1.3, which knows no
 * second handshake, one at most.
 *
 * <p>Used by one event loop only.
 */
final class RecordMeter {
  /** Octets before what is in a record. */
  static final int HEAD = 5;

  /** Octets in a record at most (RFC 5246 section 6.2.3); TLS 1.3 allows fewer. */
  static final int MOST_OCTETS = (1 << 14) + 2048;

  private static final int CHANGE_CIPHER_SPEC = 20;
  private static final int HANDSHAKE = 22;

  private final byte[] head = new byte[HEAD];
  private int headSize;

  /** Octets to come of what is in a record. */
  private int missing;

  /** What has come of the record that is on its way, and when it began. */
  private int received;

  private long began;

  private boolean changed;
  private boolean finished;

  /** {@return what is wrong with what comes, null if nothing is} No octet is used up. */
  @Nullable String read(ByteBuf in) {
    boolean isNew = !isWaiting();
    int start = in.readerIndex();
    int at = start;
    int to = in.writerIndex();
    while (at < to) {
      if (missing > 0) {
        int length = Math.min(missing, to - at);
        missing -= length;
        at += length;
        continue;
      }
      if (headSize == 0) {
        isNew = true;
        start = at;
      }
      head[headSize++] = in.getByte(at++);
      if (headSize == HEAD) {
        headSize = 0;
        missing = (head[3] & 0xff) << 8 | (head[4] & 0xff);
        if (missing > MOST_OCTETS) {
          return "a TLS record is longer than any may be";
        }
        if (isSecondHandshake(head[0])) {
          return "a client wants a second handshake";
        }
      }
    }
    if (isWaiting()) {
      received = isNew ? to - start : received + to - start;
      began = isNew ? System.nanoTime() : began;
    }
    return null;
  }

  private boolean isSecondHandshake(int type) {
    if (type == CHANGE_CIPHER_SPEC) {
      changed = true;
    } else if (type == HANDSHAKE && changed) {
      boolean second = finished;
      finished = true;
      return second;
    }
    return false;
  }

  /** {@return whether a record is on its way} */
  boolean isWaiting() {
    return headSize > 0 || missing > 0;
  }

  /**
   * {@return whether a record has been on its way for longer than a body may be of which as much
   * has come} There may be one in it.
   */
  boolean isLate(long now, TransportTimeouts timeouts) {
    return isWaiting() && now - began >= timeouts.bodyNanos(received);
  }

  /** Nothing is read at present: the client is waited for from now on. */
  void beginAgain(long now) {
    began = now;
  }
}
