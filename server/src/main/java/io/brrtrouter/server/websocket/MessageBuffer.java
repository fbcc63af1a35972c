package io.brrtrouter.server.websocket;

import java.util.Arrays;

/**
 * Collects one message after the other, never holding much more than has come. What all of them
 * hold together is bounded. Used by one thread.
 */
final class MessageBuffer {
  private static final int FIRST = 512;
  private static final byte[] NONE = {};

  private final int most;
  private byte[] octets = NONE;
  private int size;

  MessageBuffer(int most) {
    this.most = most;
  }

  int size() {
    return size;
  }

  byte[] octets() {
    return octets;
  }

  /**
   * Makes room.
   *
   * @throws FrameException if the message becomes too large, or there is no room for it
   */
  void reserve(int more) throws FrameException {
    if (more > most - size) {
      throw tooLarge(most);
    }
    if (size + more > octets.length) {
      resize(Math.max(size + more, (int) Math.min(most, Math.max(FIRST, 2L * octets.length))));
    }
  }

  static FrameException tooLarge(int most) {
    return new FrameException(CloseStatus.TOO_LARGE, "a message has at most " + most + " octets");
  }

  static FrameException noRoom() {
    return new FrameException(
        CloseStatus.TRY_AGAIN, "the server holds as much of messages as it can");
  }

  private void resize(int length) throws FrameException {
    if (!HeldOctets.hold(length - octets.length)) {
      throw noRoom();
    }
    octets = Arrays.copyOf(octets, length);
  }

  void append(byte[] more, int from, int length) throws FrameException {
    reserve(length);
    System.arraycopy(more, from, octets, size, length);
    size += length;
  }

  /** Takes note of octets that were put behind the others, for which room was reserved. */
  void grown(int more) {
    size += more;
  }

  /** {@return the message, in an array of its length; the next one begins} */
  byte[] take() {
    byte[] message = Arrays.copyOf(octets, size);
    clear();
    return message;
  }

  /** Lets go of what was collected. */
  void clear() {
    HeldOctets.drop(octets.length);
    octets = NONE;
    size = 0;
  }
}
