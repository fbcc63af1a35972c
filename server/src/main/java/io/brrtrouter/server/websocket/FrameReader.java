package io.brrtrouter.server.websocket;

import io.brrtrouter.server.http.ContentSource;
import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Reads the frames of a client (RFC 6455 section 5.2). Used by one thread. */
final class FrameReader {
  /** Heads and small messages are read together. */
  private static final int BUFFER = 1024;

  private static final int LONGEST_CONTROL = 125;
  private static final int TWO_OCTETS = 126;
  private static final int EIGHT_OCTETS = 127;
  private static final int MOST_IN_TWO = 0xFFFF;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final ContentSource source;

  /** Whether compression was agreed upon, which gives the first reserved bit a meaning. */
  private final boolean compression;

  private final byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;

  /** Until when what has begun has to be there. */
  private long deadline;

  FrameReader(ContentSource source, boolean compression) {
    this.source = source;
    this.compression = compression;
  }

  /** What came of waiting for a frame. */
  enum Next {
    /** One begins. */
    FRAME,
    /** None has begun yet. */
    NOTHING,
    /** The client sends no more. */
    END
  }

  /** {@return whether a frame begins in time} */
  Next await(Duration patience) throws IOException {
    if (from < to) {
      return Next.FRAME;
    }
    int length = source.read(buffer, 0, BUFFER, patience);
    if (length < 0) {
      return Next.END;
    }
    from = 0;
    to = length;
    return length == 0 ? Next.NOTHING : Next.FRAME;
  }

  /** Says by when all that is read from now on has to be there. */
  void expect(long newDeadline) {
    deadline = newDeadline;
  }

  /**
   * {@return the head of the frame that begins}
   *
   * @throws FrameException if it is none that a client may send
   */
  FrameHead head() throws IOException {
    int first = octet();
    int second = octet();
    int opcode = first & 0x0F;
    boolean last = (first & 0x80) != 0;
    boolean compressed = (first & 0x40) != 0;
    if (!Opcode.isKnown(opcode)) {
      throw FrameException.protocol("opcode " + opcode + " has no meaning");
    }
    if ((first & 0x30) != 0
        || (compressed
            && (!compression || Opcode.isControl(opcode) || opcode == Opcode.CONTINUATION))) {
      throw FrameException.protocol("a reserved bit is set that has no meaning there");
    }
    if ((second & 0x80) == 0) {
      throw FrameException.protocol("a client masks its frames");
    }
    int shortLength = second & 0x7F;
    if (Opcode.isControl(opcode) && !last) {
      throw FrameException.protocol("a control frame is not fragmented");
    }
    if (Opcode.isControl(opcode) && shortLength > LONGEST_CONTROL) {
      throw FrameException.protocol("a control frame has at most 125 octets");
    }
    long length = length(shortLength);
    return new FrameHead(last, compressed, opcode, length, number(4));
  }

  private long length(int shortLength) throws IOException {
    long length = shortLength;
    if (shortLength == TWO_OCTETS) {
      length = number(2);
      if (length < TWO_OCTETS) {
        throw FrameException.protocol("a length is written as shortly as possible");
      }
    } else if (shortLength == EIGHT_OCTETS) {
      length = ((long) number(4) << 32) | (number(4) & 0xFFFFFFFFL);
      if (length < 0) {
        throw FrameException.protocol("the highest bit of a length is 0");
      }
      if (length <= MOST_IN_TWO) {
        throw FrameException.protocol("a length is written as shortly as possible");
      }
    }
    return length;
  }

  private int number(int octets) throws IOException {
    int number = 0;
    for (int i = 0; i < octets; i++) {
      number = number << 8 | octet();
    }
    return number;
  }

  private int octet() throws IOException {
    if (from == to) {
      to = read(buffer, 0, BUFFER);
      from = 0;
    }
    return buffer[from++] & 0xFF;
  }

  /**
   * Reads content of a frame and takes its mask off.
   *
   * @param done how much of the frame's content was read before
   */
  void content(FrameHead head, long done, byte[] octets, int at, int length) throws IOException {
    int read = Math.min(length, to - from);
    System.arraycopy(buffer, from, octets, at, read);
    from += read;
    while (read < length) {
      read += read(octets, at + read, length - read);
    }
    unmask(octets, at, length, Integer.rotateLeft(head.mask(), (int) (done & 3) * Byte.SIZE));
  }

  /** Takes a mask off (RFC 6455 section 5.3), whose first octet is that of the first one here. */
  private static void unmask(byte[] octets, int at, int length, int mask) {
    long eight = (long) mask << Integer.SIZE | (mask & 0xFFFFFFFFL);
    int i = 0;
    for (; i <= length - Long.BYTES; i += Long.BYTES) {
      LONGS.set(octets, at + i, (long) LONGS.get(octets, at + i) ^ eight);
    }
    for (; i < length; i++) {
      octets[at + i] ^= (byte) (mask >>> ((3 - (i & 3)) * Byte.SIZE));
    }
  }

  private int read(byte[] octets, int at, int length) throws IOException {
    long left = deadline - System.nanoTime();
    int read =
        left <= 0
            ? 0
            : source.read(
                octets,
                at,
                length,
                Duration.ofNanos(Math.max(left, TimeUnit.MILLISECONDS.toNanos(1))));
    if (read < 0) {
      throw new EOFException("the connection ended within a frame");
    }
    if (read == 0) {
      throw new FrameException(CloseStatus.POLICY, "a message did not come in time");
    }
    return read;
  }
}
