package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.BrokenContentException;
import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.ContentSink;
import io.brrtrouter.server.http.ContentTooLargeException;
import io.brrtrouter.server.http.InvalidItemException;
import io.brrtrouter.server.http.UnreadableContentException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Content that is written on a thread of its own while the event loop of its connection sends it.
 * No more of it waits than {@link #MOST_WAITING}: the writer waits instead.
 */
final class ContentStream implements ContentSink, Runnable {
  /** Octets that are sent though nobody asks for it; longer parts than that would gain nothing. */
  static final int PART = 32 * 1024;

  /**
   * Bytes that a part takes beside its octets, about: many small ones are as much as a large one.
   */
  static final int PART_OVERHEAD = 512;

  /** Bytes handed to the event loop that the client has not taken, beyond which writing waits. */
  static final int MOST_WAITING = 2 * (PART + PART_OVERHEAD);

  /**
   * Octets of a part that is read from where it is, while that is allowed: handing parts over costs
   * more than copying them, so files in parts of this length cost half.
   */
  static final int LARGE_PART = 256 * 1024;

  private static final Logger log = LoggerFactory.getLogger(ContentStream.class);

  /** Most events fit; a buffer grows up to a part. */
  private static final int FIRST_BUFFER = 512;

  private final Carrier carrier;
  private final Body.Streamed content;

  /** What is being done, for a log line. */
  private final String doing;

  /** What is written and not yet handed over; used by the writer only. */
  private byte[] buffer = Responses.NONE;

  private int size;
  private long written;

  /** Bytes of the parts handed over that the client has not taken yet. */
  private final AtomicLong waiting = new AtomicLong();

  private volatile @Nullable Thread writer;

  /** Who waits for the client: the writer, or a thread that it lets write. */
  private volatile @Nullable Thread blocked;

  /** Guarded by {@code actions}, and read without. */
  private volatile @Nullable Ending ending;

  private final List<Runnable> actions = new ArrayList<>(1);

  /** Whether the head of the response is sent. Used by the event loop only. */
  private boolean begun;

  ContentStream(Carrier carrier, Body.Streamed content, String doing) {
    this.carrier = carrier;
    this.content = content;
    this.doing = doing;
  }

  // The writer.

  /** Lets the content be written, on this thread, and sends what is left of it. */
  @Override
  public void run() {
    writer = Thread.currentThread();
    boolean whole = false;
    try {
      requireClient();
      content.writer().writeTo(this);
      whole = end();
    } catch (ClientGoneException gone) {
      log.debug("{}: the client does not take the rest of the content", doing);
    } catch (InvalidItemException wrong) {
      if (ending != Ending.GONE) {
        log.warn(
            "{}: item {} of the request, at octet {}, is not what the document says; the response"
                + " is cut off",
            doing,
            wrong.number(),
            wrong.offset());
      }
    } catch (ContentTooLargeException | UnreadableContentException unreadable) {
      log.debug("{}: the content cannot be written to its end: {}", doing, unreadable.getMessage());
    } catch (BrokenContentException broken) {
      if (ending != Ending.GONE) {
        log.warn("{}: {}; the response is cut off", doing, broken.getMessage());
      }
    } catch (Throwable failure) {
      // Nobody misses what is not written for a client that has gone.
      if (ending != Ending.GONE) {
        log.error("{}: writing the content failed; the response is cut off", doing, failure);
      }
    } finally {
      writer = null;
      if (!whole) {
        onLoop(() -> carrier.cutOff(this));
      }
    }
  }

  private boolean end() throws IOException {
    boolean whole = content.length() < 0 || written == content.length();
    if (whole) {
      send(true);
    } else {
      log.error(
          "{}: {} octets of content were written, and {} were announced; the response is cut off",
          doing,
          written,
          content.length());
    }
    return whole;
  }

  @Override
  public void write(byte[] octets, int from, int length) throws IOException {
    Objects.checkFromIndexSize(from, length, octets.length);
    requireRoom(length);
    requireClient();
    int at = from;
    int left = length;
    while (left > 0) {
      int taken = Math.min(left, PART - size);
      reserve(taken);
      System.arraycopy(octets, at, buffer, size, taken);
      size += taken;
      written += taken;
      at += taken;
      left -= taken;
      if (size == PART) {
        send(false);
      }
    }
  }

  /** Into buffers that the kernel takes them from: an array in between would be two copies more. */
  @Override
  public void write(int length, Source source) throws IOException {
    requireRoom(length);
    requireClient();
    if (size > 0) {
      send(false);
    }
    boolean large = length > LARGE_PART && carrier.shared().largeParts().tryAcquire();
    try {
      int left = length;
      while (left > 0) {
        // The last ones are small: they wait for the large ones, which nobody has then any more.
        int taken = Math.min(left, large && left > LARGE_PART ? LARGE_PART : PART);
        read(taken, source);
        left -= taken;
      }
    } finally {
      if (large) {
        carrier.shared().largeParts().release();
      }
    }
  }

  private void read(int length, Source source) throws IOException {
    awaitRoom(length);
    ByteBuf part = ByteBufAllocator.DEFAULT.directBuffer(length, length);
    boolean filled = false;
    try {
      ByteBuffer room = part.internalNioBuffer(0, length);
      source.fill(room);
      if (room.hasRemaining()) {
        throw new IOException(
            "a source has " + room.remaining() + " octets less than it was asked for");
      }
      filled = true;
    } finally {
      if (!filled) {
        part.release();
      }
    }
    part.writerIndex(length);
    written += length;
    waiting.addAndGet(length + PART_OVERHEAD);
    onLoop(() -> carrier.send(this, part), part);
  }

  private void requireRoom(int length) {
    if (content.length() >= 0 && length > content.length() - written) {
      throw new IllegalStateException(
          "the content has more than the " + content.length() + " octets that were announced");
    }
  }

  private void reserve(int more) {
    if (size + more > buffer.length) {
      int room = Math.min(PART, Math.max(2 * buffer.length, Math.max(FIRST_BUFFER, size + more)));
      buffer = Arrays.copyOf(buffer, room);
    }
  }

  @Override
  public void flush() throws IOException {
    if (size > 0) {
      send(false);
    } else {
      requireClient();
    }
  }

  private void send(boolean last) throws IOException {
    awaitRoom(size);
    byte[] part = buffer;
    int length = size;
    buffer = Responses.NONE;
    size = 0;
    waiting.addAndGet(length + PART_OVERHEAD);
    onLoop(() -> carrier.send(this, part, length, last));
  }

  /** Waits until the client has taken enough of what was handed over. */
  private void awaitRoom(int more) throws IOException {
    requireClient();
    if (!isFull(more)) {
      return;
    }
    blocked = Thread.currentThread();
    try {
      while (isFull(more)) {
        requireClient();
        if (Thread.interrupted()) {
          throw new InterruptedIOException("interrupted while the client was waited for");
        }
        LockSupport.park(this);
      }
    } finally {
      blocked = null;
    }
    requireClient();
  }

  private boolean isFull(int more) {
    long now = waiting.get();
    return now > 0 && now + more + PART_OVERHEAD > MOST_WAITING;
  }

  private void requireClient() throws ClientGoneException {
    if (ending == Ending.GONE) {
      throw new ClientGoneException();
    }
  }

  private void onLoop(Runnable task, ByteBuf part) {
    try {
      carrier.execute(task);
    } catch (RejectedExecutionException e) {
      part.release();
      end(Ending.GONE); // The server was closed.
    }
  }

  private void onLoop(Runnable task) {
    try {
      carrier.execute(task);
    } catch (RejectedExecutionException e) {
      end(Ending.GONE); // The server was closed.
    }
  }

  @Override
  public @Nullable Ending ending() {
    return ending;
  }

  @Override
  public void onEnding(Runnable action) {
    boolean late;
    synchronized (actions) {
      late = ending != null;
      if (ending != Ending.GONE) {
        actions.add(action);
      }
    }
    if (late) {
      run(action);
    }
  }

  // The event loop.

  /** {@return how long the content will be, or {@link Body.Streamed#UNKNOWN_LENGTH}} */
  long length() {
    return content.length();
  }

  /** The head is sent. */
  void begin() {
    begun = true;
  }

  boolean isBegun() {
    return begun;
  }

  /**
   * The client has taken a part of what was handed over.
   *
   * @return whether it has taken all of it
   */
  boolean taken(int octets) {
    boolean all = waiting.addAndGet(-octets - PART_OVERHEAD) == 0;
    LockSupport.unpark(blocked);
    return all;
  }

  /** Nothing that is written from now on is sent. */
  void gone() {
    if (end(Ending.GONE)) {
      Thread writing = writer;
      if (writing != null) {
        writing.interrupt();
      }
      LockSupport.unpark(blocked);
    }
  }

  /** The server drains. */
  void drain() {
    end(Ending.DRAINING);
  }

  /** {@return whether the content is to end from now on for that reason} */
  private boolean end(Ending why) {
    List<Runnable> told;
    synchronized (actions) {
      if (ending == why || ending == Ending.GONE) {
        return false;
      }
      ending = why;
      told = List.copyOf(actions);
      if (why == Ending.GONE) {
        actions.clear();
      }
    }
    told.forEach(ContentStream::run);
    return true;
  }

  private static void run(Runnable action) {
    try {
      action.run();
    } catch (Throwable failure) {
      log.error("an action for the end of a response threw", failure);
    }
  }
}
