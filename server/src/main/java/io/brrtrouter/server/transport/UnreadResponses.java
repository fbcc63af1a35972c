package io.brrtrouter.server.transport;

import java.util.IdentityHashMap;

/**
 * How many bytes of responses wait for clients to read them, on all connections together. Content
 * that many wait for, a file of the server for example, is one array and counts once; what each
 * connection has in buffers of its own counts for each. Safe for use by many threads, which hold
 * its lock for a few instructions.
 */
final class UnreadResponses {
  private final long most;
  private final IdentityHashMap<byte[], Integer> waiting = new IdentityHashMap<>();
  private long bytes;

  UnreadResponses(TransportLimits limits) {
    this.most = limits.bufferedBytes();
  }

  /** {@return whether a response may wait, which it then does} */
  synchronized boolean hold(byte[] content) {
    long more = buffered(content) + (waiting.containsKey(content) ? 0L : content.length);
    if (bytes + more > most) {
      return false;
    }
    bytes += more;
    waiting.merge(content, 1, Integer::sum);
    return true;
  }

  /** A response that waited is read or will never be. */
  synchronized void drop(byte[] content) {
    bytes -= buffered(content);
    if (waiting.merge(content, -1, Integer::sum) == 0) {
      waiting.remove(content);
      bytes -= content.length;
    }
  }

  synchronized long bytes() {
    return bytes;
  }

  /** {@return room for the response of one exchange after the other} */
  Place newPlace() {
    return new Place();
  }

  /** Where the response of one exchange waits, if it does. Used by one event loop only. */
  final class Place {
    private byte[] content = Responses.NONE;

    /** {@return whether the content may wait until the client reads it, which it then does} */
    boolean take(byte[] newContent) {
      if (!hold(newContent)) {
        return false;
      }
      content = newContent;
      return true;
    }

    /** The response is read, or never will be; it may not have waited at all. */
    void leave() {
      if (content.length > 0) {
        drop(content);
        content = Responses.NONE;
      }
    }
  }

  private static long buffered(byte[] content) {
    return Math.min(content.length, ResponseWriter.PIECE);
  }
}
