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

  /** So many may belong to one text. */
  private static final int TRIES = 4;

  /** Neighbours share no cache line. */
  private static final int STRIDE = 16;

  private static final AtomicReferenceArray<byte @Nullable []> WAITING =
      new AtomicReferenceArray<>(SLOTS * STRIDE);

  private Buffers() {}

  /** A buffer of {@link #SIZE} bytes, with anything in it. */
  static byte[] take() {
    int slot = slot();
    for (int i = 0; i < TRIES; i++) {
      byte[] waiting = WAITING.getAndSet(slot(slot, i), null);
      if (waiting != null) {
        return waiting;
      }
    }
    return new byte[SIZE];
  }

  /** Gives back a buffer that nobody will look at any more. */
  static void give(byte[] buffer) {
    if (buffer.length != SIZE) {
      return;
    }
    int slot = slot();
    for (int i = 0; i < TRIES; i++) {
      if (WAITING.compareAndSet(slot(slot, i), null, buffer)) {
        return;
      }
    }
  }

  /** Threads that run at the same time begin at different slots mostly; a clash costs a look. */
  private static int slot() {
    return (int) Thread.currentThread().threadId() * TRIES;
  }

  private static int slot(int first, int next) {
    return ((first + next) & (SLOTS - 1)) * STRIDE;
  }
}
