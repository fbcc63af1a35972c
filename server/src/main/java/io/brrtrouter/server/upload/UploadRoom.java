package io.brrtrouter.server.upload;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of multipart bodies that are taken apart while they come is in memory, of all requests
 * together. Safe for use by many threads.
 */
public final class UploadRoom {
  /** Leaves room for what the transport holds, and for handlers. */
  private static final int PART_OF_HEAP = 16;

  private final long most;
  private final AtomicLong taken = new AtomicLong();

  /** A sixteenth of the heap. */
  public UploadRoom() {
    this(Runtime.getRuntime().maxMemory() / PART_OF_HEAP);
  }

  UploadRoom(long most) {
    this.most = most;
  }

  /** {@return whether there is room for so many more octets, which they have then} */
  boolean take(int octets) {
    if (taken.addAndGet(octets) <= most) {
      return true;
    }
    taken.addAndGet(-octets);
    return false;
  }

  /** Gives room back. */
  void release(long octets) {
    taken.addAndGet(-octets);
  }
}
