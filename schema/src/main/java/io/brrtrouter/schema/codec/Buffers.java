package io.brrtrouter.schema.codec;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Buffers that encoders write into, kept for the next one: a text of few kilobytes then costs the
 * bytes it has, and no buffer that grows with it. At most {@value #SLOTS} wait; who finds none
 * makes one. What an earlier encoder wrote stays in them and is never read. Thread-safe, without
 * locks.
 */
final class Buffers {
  /** Larger ones would save little and waste more at the end of a text. */
  static final int SIZE = 8192;

  private static final int SLOTS = 32;

  /** Neighbours share no cache line. */
  private static final int STRIDE = 16;

  private static final AtomicReferenceArray<byte @Nullable []> WAITING =
      new AtomicReferenceArray<>(SLOTS * STRIDE);

  private Buffers() {}

  private static int slot() {
    // Threads that run at the same time are far apart mostly; a clash costs a new buffer.
    return ((int) Thread.currentThread().threadId() & (SLOTS - 1)) * STRIDE;
  }

  /** A buffer of {@link #SIZE} bytes, with anything in it. */
  static byte[] take() {
    byte[] waiting = WAITING.getAndSet(slot(), null);
    return waiting == null ? new byte[SIZE] : waiting;
  }

  /** Gives back a buffer that nobody will look at any more. */
  static void give(byte[] buffer) {
    if (buffer.length == SIZE) {
      WAITING.lazySet(slot(), buffer);
    }
  }
}
