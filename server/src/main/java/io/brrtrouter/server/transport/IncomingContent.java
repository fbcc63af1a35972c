package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.ContentSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends, read on a thread of its own while the event loop of its connection takes it.
 * When {@link #MOST_WAITING} of it waits the client has to wait too.
 */
final class IncomingContent extends ContentSource {
  /** Octets that wait, at which no more are taken from the client. */
  static final int MOST_WAITING = 64 * 1024;

  private static final byte[] NONE = Responses.NONE;

  private final Carrier carrier;
  private final Capacity capacity;
  private final ConcurrentLinkedQueue<byte[]> parts = new ConcurrentLinkedQueue<>();

  /** Octets that wait, those of the part being read included. */
  private final AtomicInteger waiting = new AtomicInteger();

  /** Why nothing more comes; null while something may. */
  private volatile @Nullable End end;

  private volatile @Nullable Thread reader;

  /** Octets that the part being read counts, though it may never be read to its end. */
  private final AtomicInteger held = new AtomicInteger();

  /** Being read. Used by the reader only, as is what follows. */
  private byte[] part = NONE;

  private int from;

  private enum End {
    /** The client sends no more. */
    ENDED,
    /** The connection is gone. */
    GONE
  }

  IncomingContent(Carrier carrier) {
    this.carrier = carrier;
    this.capacity = carrier.shared().capacity();
  }

  // The event loop.

  /** {@return whether no more is to be taken from the client for now} */
  boolean isFull() {
    return waiting.get() >= MOST_WAITING;
  }

  /** {@return whether there was room for what came} */
  boolean add(byte[] octets, int start, int length) {
    if (length == 0 || end != null) {
      return true;
    }
    if (!capacity.hold(length)) {
      return false;
    }
    waiting.addAndGet(length);
    parts.add(Arrays.copyOfRange(octets, start, start + length));
    LockSupport.unpark(reader);
    return true;
  }

  /** The client sends no more. */
  void end() {
    end(End.ENDED);
  }

  /** The connection is gone, or nobody reads on. */
  void gone() {
    end(End.GONE);
    for (byte[] left = parts.poll(); left != null; left = parts.poll()) {
      capacity.drop(left.length);
    }
    capacity.drop(held.getAndSet(0));
  }

  private void end(End why) {
    if (end == null || why == End.GONE) {
      end = why;
      LockSupport.unpark(reader);
    }
  }

  // The reader.

  @Override
  public int read(byte[] octets, int start, int length) throws IOException {
    return read(octets, start, length, Long.MAX_VALUE);
  }

  @Override
  public int read(byte[] octets, int start, int length, Duration patience) throws IOException {
    return read(octets, start, length, patience.toNanos());
  }

  private int read(byte[] octets, int start, int length, long patience) throws IOException {
    Objects.checkFromIndexSize(start, length, octets.length);
    if (length == 0) {
      return 0;
    }
    if (from == part.length && !awaitPart(patience)) {
      return end == null ? 0 : -1;
    }
    int read = Math.min(length, part.length - from);
    System.arraycopy(part, from, octets, start, read);
    from += read;
    if (from == part.length) {
      letGo();
    }
    return read;
  }

  /** The part is read. The client may send on when little waits. */
  private void letGo() {
    int length = part.length;
    part = NONE;
    from = 0;
    capacity.drop(held.getAndSet(0));
    int before = waiting.getAndAdd(-length);
    if (before >= MOST_WAITING && before - length < MOST_WAITING) {
      try {
        carrier.execute(carrier::takeMore);
      } catch (RejectedExecutionException e) {
        end(End.GONE); // The server was closed.
      }
    }
  }

  private boolean awaitPart(long patience) throws IOException {
    reader = Thread.currentThread();
    try {
      long began = System.nanoTime();
      while (true) {
        // Asked before it is looked for: what came before the end is read before it.
        End seen = end;
        byte[] next = seen == End.GONE ? null : parts.poll();
        if (next != null) {
          held.set(next.length);
          if (end == End.GONE) { // Whoever said so may not have seen the part.
            capacity.drop(held.getAndSet(0));
            throw new ClientGoneException();
          }
          part = next;
          from = 0;
          return true;
        }
        if (seen == End.GONE) {
          throw new ClientGoneException();
        }
        long left = patience - (System.nanoTime() - began);
        if (seen == End.ENDED || left <= 0) {
          return false;
        }
        if (Thread.interrupted()) {
          throw new InterruptedIOException("interrupted while the client was waited for");
        }
        LockSupport.parkNanos(this, left);
      }
    } finally {
      reader = null;
    }
  }

  @Override
  public int available() {
    return waiting.get() - from;
  }
}
