package io.brrtrouter.server.websocket;

import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses messages, each for itself (RFC 7692 section 7.2). Compressors are shared: each takes a
 * quarter of a megabyte outside the heap. Safe for use by many threads.
 */
final class Compression {
  /** Octets of a message below which compressing it gains nothing. */
  static final int LEAST = 128;

  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};
  private static final int KEPT = Math.max(2, Runtime.getRuntime().availableProcessors());

  private static final ArrayBlockingQueue<Deflater> DEFLATERS = new ArrayBlockingQueue<>(KEPT);
  private static final ArrayBlockingQueue<Inflater> INFLATERS = new ArrayBlockingQueue<>(KEPT);

  private Compression() {}

  /** {@return a message compressed, null where that is not shorter} */
  static byte @Nullable [] compress(byte[] message) {
    if (message.length < LEAST) {
      return null;
    }
    Deflater kept = DEFLATERS.poll();
    Deflater deflater = kept == null ? new Deflater(Deflater.BEST_SPEED, true) : kept;
    try {
      deflater.setInput(message);
      byte[] compressed = new byte[message.length];
      int length = 0;
      int more;
      do {
        more =
            deflater.deflate(compressed, length, compressed.length - length, Deflater.SYNC_FLUSH);
        length += more;
      } while (more > 0 && length < compressed.length);
      return length < compressed.length ? Arrays.copyOf(compressed, length - TAIL.length) : null;
    } finally {
      deflater.reset();
      if (!DEFLATERS.offer(deflater)) {
        deflater.end();
      }
    }
  }

  /**
   * Decompresses a message.
   *
   * @param into takes the message, and bounds it
   * @throws FrameException if it is no compressed message, or too large
   */
  static void decompress(byte[] compressed, int length, MessageBuffer into) throws FrameException {
    Inflater kept = INFLATERS.poll();
    Inflater inflater = kept == null ? new Inflater(true) : kept;
    byte[] piece = new byte[Math.clamp(4L * length, 512, 8192)];
    try {
      inflate(inflater, compressed, length, piece, into);
      inflate(inflater, TAIL, TAIL.length, piece, into);
    } catch (DataFormatException e) {
      throw new FrameException(CloseStatus.INVALID, "a message is not compressed as RFC 7692 says");
    } finally {
      inflater.reset();
      if (!INFLATERS.offer(inflater)) {
        inflater.end();
      }
    }
  }

  /** A block that says to be the last one may be followed by others (RFC 7692 section 7.2.3.4). */
  private static void inflate(
      Inflater inflater, byte[] octets, int length, byte[] piece, MessageBuffer into)
      throws DataFormatException, FrameException {
    int from = 0;
    while (from < length) {
      inflater.setInput(octets, from, length - from);
      int more;
      do {
        more = inflater.inflate(piece);
        into.append(piece, 0, more);
      } while (more > 0);
      if (!inflater.finished()) {
        if (inflater.needsDictionary()) {
          throw new DataFormatException("a dictionary");
        }
        return;
      }
      from = length - inflater.getRemaining();
      inflater.reset();
    }
  }
}
