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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends, read on a thread of its own while the event loop of its connection takes it.
 * When {@link #MOST_WAITING} of it waits the client has to wait too.
 */
class IncomingContent extends ContentSource {
  /** Bytes that wait, at which no more are taken from the client. */
  static final int MOST_WAITING = 64 * 1024;

  /**
   * Bytes that a part takes beside its octets, about: many small ones are as much as a large one.
   */
  static final int PART_OVERHEAD = 64;

  private static final byte[] NONE = Responses.NONE;

  private final Carrier carrier;
  private final Capacity capacity;
  private final ConcurrentLinkedQueue<byte[]> parts = new ConcurrentLinkedQueue<>();

  /** Bytes of what waits, of the part being read too. */
  private final AtomicInteger waiting = new AtomicInteger();

  /** Octets that wait, those of the part being read included. */
  private final AtomicInteger octetsWaiting = new AtomicInteger();

  /** Why nothing more comes; null while something may. */
  private final AtomicReference<@Nullable End> end = new AtomicReference<>();

  /** Held by who reads, so that of several each waits for its turn and none is forgotten. */
  private final ReentrantLock turn = new ReentrantLock();

  private volatile @Nullable Thread reader;

  /** Bytes that the part being read counts, though it may never be read to its end. */
  private final AtomicInteger held = new AtomicInteger();

  /** Being read. Used by whoever has the turn only, as is what follows. */
  private byte[] part = NONE;

  private int from;

  /**
   * Why nothing more comes.
   *
   * @param failure what reading fails with; null at a good end
   * @param gone whether it fails at once, and not behind what came before
   */
  private record End(@Nullable Supplier<IOException> failure, boolean gone) {
    /** The client sends no more. */
    static final End ENDED = new End(null, false);

    /** The connection is gone, and what came before is of no use. */
    static final End GONE = new End(ClientGoneException::new, true);
  }

  IncomingContent(Carrier carrier) {
    this.carrier = carrier;
    this.capacity = carrier.shared().capacity();
  }

  // The event loop.

  /** {@return whether no more is to be taken from the client for now} */
  boolean isFull() {
    End why = end.get();
    return why == null ? waiting.get() >= MOST_WAITING : why.failure != null && !why.gone;
  }

  /** {@return whether there was room for what came} */
  boolean add(byte[] octets, int start, int length) {
    return length == 0
        || end.get() != null
        || add(Arrays.copyOfRange(octets, start, start + length));
  }

  /** {@return whether there was room for a part, which is not empty and not changed any more} */
  final boolean add(byte[] next) {
    int bytes = bytes(next);
    if (!capacity.hold(bytes)) {
      return false;
    }
    waiting.addAndGet(bytes);
    octetsWaiting.addAndGet(next.length);
    parts.add(next);
    LockSupport.unpark(reader);
    return true;
  }

  private static int bytes(byte[] octets) {
    return octets.length + PART_OVERHEAD;
  }

  /** The client sends no more. */
  void end() {
    end(End.ENDED);
  }

  /** Nothing more comes, and reading fails behind what has come. May be called by any thread. */
  final void fail(Supplier<IOException> failure) {
    end(new End(failure, false));
  }

  /** {@return whether something may still come} */
  final boolean isOpen() {
    return end.get() == null;
  }

  /** The connection is gone, or nobody reads on. */
  void gone() {
    end(End.GONE);
    for (byte[] left = parts.poll(); left != null; left = parts.poll()) {
      capacity.drop(bytes(left));
    }
    capacity.drop(held.getAndSet(0));
  }

  private void end(End why) {
    if (why.gone) {
      end.set(why);
    } else {
      end.compareAndSet(null, why);
    }
    LockSupport.unpark(reader);
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
    long left = patience;
    if (!turn.tryLock()) {
      long began = System.nanoTime();
      if (!awaitTurn(patience)) {
        return 0;
      }
      left -= System.nanoTime() - began;
    }
    try {
      return readInTurn(octets, start, length, left);
    } finally {
      turn.unlock();
    }
  }

  /** {@return whether nobody else reads any more} */
  private boolean awaitTurn(long patience) throws InterruptedIOException {
    try {
      return turn.tryLock(patience, TimeUnit.NANOSECONDS);
    } catch (InterruptedException _) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    return new InterruptedIOException("interrupted while the client was waited for");
  }

  private int readInTurn(byte[] octets, int start, int length, long patience) throws IOException {
    if (from == part.length && !awaitPart(patience)) {
      return atEnd();
    }
    int read = Math.min(length, part.length - from);
    System.arraycopy(part, from, octets, start, read);
    from += read;
    if (from == part.length) {
      letGo();
    }
    return read;
  }

  /** {@return what reading gives when no part is there: 0 if one may come, -1 if none does} */
  private int atEnd() throws IOException {
    End why = end.get();
    if (why != null && why.failure != null) {
      throw why.failure.get();
    }
    return why == null ? 0 : -1;
  }

  /** The part is read. The client may send on when little waits. */
  private void letGo() {
    int bytes = bytes(part);
    octetsWaiting.addAndGet(-part.length);
    part = NONE;
    from = 0;
    capacity.drop(held.getAndSet(0));
    int before = waiting.getAndAdd(-bytes);
    if (before >= MOST_WAITING && before - bytes < MOST_WAITING) {
      askForMore();
    }
  }

  /** Lets the event loop know that the client may send on. */
  final void askForMore() {
    try {
      carrier.execute(carrier::takeMore);
    } catch (RejectedExecutionException e) {
      end(End.GONE); // The server was closed.
    }
  }

  /** Nothing has come, and the reader is about to wait. */
  void awaits() {}

  /** {@return how many nanoseconds the reader may wait from now on; from then on it is late} */
  long patience() {
    return Long.MAX_VALUE;
  }

  /** The reader has waited for so many nanoseconds. */
  void awaited(long nanos) {}

  /** Nothing has come for longer than there was {@link #patience}. */
  void late() {}

  private boolean awaitPart(long patience) throws IOException {
    if (takePart()) {
      return true;
    }
    reader = Thread.currentThread();
    long began = System.nanoTime();
    try {
      awaits();
      long allowed = patience();
      while (true) {
        // Asked before it is looked for: what came before the end is read before it.
        boolean over = end.get() != null;
        if (takePart()) {
          return true;
        }
        long waited = System.nanoTime() - began;
        if (over || waited >= patience) {
          return false;
        }
        if (waited >= allowed) {
          late();
          return false;
        }
        if (Thread.interrupted()) {
          throw interrupted();
        }
        LockSupport.parkNanos(this, Math.min(patience, allowed) - waited);
      }
    } finally {
      reader = null;
      awaited(System.nanoTime() - began);
    }
  }

  private boolean isGone() {
    End why = end.get();
    return why != null && why.gone;
  }

  private boolean takePart() throws ClientGoneException {
    byte[] next = isGone() ? null : parts.poll();
    if (next != null) {
      held.set(bytes(next));
      part = next;
      from = 0;
    }
    if (isGone()) { // Whoever said so may not have seen the part.
      capacity.drop(held.getAndSet(0));
      part = NONE;
      from = 0;
      throw new ClientGoneException();
    }
    return next != null;
  }

  @Override
  public int available() {
    return octetsWaiting.get() - from;
  }
}
