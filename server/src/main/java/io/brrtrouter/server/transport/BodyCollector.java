package io.brrtrouter.server.transport;

import java.util.Arrays;

/**
 * Collects a body into one exact array, never holding much more than has arrived: a client that
 * announces a megabyte and sends nothing costs nothing.
 */
final class BodyCollector implements ContentTaker {
  private static final byte[] NONE = {};

  /** What is held for a body that has not begun to arrive. */
  private static final int FIRST = 1024;

  private final int limit;

  /** The length announced, or the limit when none was. */
  private final int most;

  private final Capacity capacity;
  private byte[] content = NONE;
  private int size;

  /** Bytes counted in the capacity. */
  private int held;

  /**
   * A collector.
   *
   * @param announced the length announced, at most the limit, or -1
   */
  BodyCollector(int limit, int announced, Capacity capacity) {
    this.limit = limit;
    this.most = announced < 0 ? limit : announced;
    this.capacity = capacity;
  }

  int size() {
    return size;
  }

  @Override
  public long room() {
    return (long) limit - size;
  }

  @Override
  public void reserve(int more) throws TooLargeException, FramingException {
    if (more > room()) {
      throw new TooLargeException();
    }
    int needed = size + more;
    if (needed > content.length) {
      int doubled = (int) Math.min(most, Math.max(FIRST, 2L * content.length));
      resize(Math.max(needed, doubled));
    }
  }

  private void resize(int length) throws FramingException {
    if (!capacity.hold(length - held)) {
      throw new FramingException(Capacity.EXHAUSTED);
    }
    held = length;
    content = Arrays.copyOf(content, length);
  }

  @Override
  public void append(byte[] octets, int from, int length) {
    System.arraycopy(octets, from, content, size, length);
    size += length;
  }

  /** {@return the content in an array of its exact length} */
  byte[] take() {
    if (size < content.length) {
      content = Arrays.copyOf(content, size);
    }
    return content;
  }

  /** Gives the bytes back to the capacity; the content is not used any more. */
  void release() {
    capacity.drop(held);
    held = 0;
    content = NONE;
  }
}
