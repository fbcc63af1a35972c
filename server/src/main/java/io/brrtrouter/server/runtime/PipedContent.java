package io.brrtrouter.server.runtime;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.ContentSink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Streamed content on its way to a reader in the process, who closes it as a client goes. As on a
 * connection, what is written waits until it is flushed or worth sending, and the writer waits for
 * a reader that is slower.
 */
final class PipedContent extends InputStream implements ContentSink {
  /** Octets that wait for the reader. */
  private static final int MOST = 64 << 10;

  /** Whoever asks waits for the content, with a bound of its own. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Octets that are kept until a flush. */
  private static final int WORTH_SENDING = 16 << 10;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private final List<Runnable> actions = new ArrayList<>();
  private final ByteArrayOutputStream unsent = new ByteArrayOutputStream();
  private long written;
  private int waitingOctets;
  private int read;
  private boolean begun;
  private boolean complete;
  private @Nullable Exception failure;
  private @Nullable Ending ending;

  /**
   * Waits for the first flush, with which a connection sends the head: who sees it knows that the
   * writer has begun.
   */
  void awaitBegin() {
    long left = PATIENCE.toNanos();
    lock.lock();
    try {
      while (!begun && !complete && left > 0) {
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  /** {@return how much the writer has written} To be asked when {@link #writtenBy} is done. */
  long written() {
    return written;
  }

  /** {@return whether all of some content was written} It is not when the reader went before. */
  boolean writtenBy(Body.Streamed streamed) {
    Exception failed = null;
    try {
      streamed.writer().writeTo(this);
      long announced = streamed.length();
      if (announced >= 0 && written != announced) {
        throw new IOException("the content has " + written + " octets, and announced " + announced);
      }
      flush();
    } catch (Exception failing) {
      failed = failing;
    }
    lock.lock();
    try {
      failure = failed;
      complete = true;
      changed.signalAll();
      return failed == null && ending == null;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void write(byte[] octets, int from, int length) throws IOException {
    if (ending() != null) {
      throw new ClientGoneException();
    }
    written += length;
    unsent.write(octets, from, length);
    if (unsent.size() >= WORTH_SENDING) {
      flush();
    }
  }

  @Override
  public void flush() throws IOException {
    lock.lock();
    try {
      while (ending == null && waitingOctets >= MOST) {
        changed.await();
      }
      if (ending != null) {
        throw new ClientGoneException();
      }
      begun = true;
      changed.signalAll();
      if (unsent.size() > 0) {
        waiting.add(unsent.toByteArray());
        waitingOctets += unsent.size();
        unsent.reset();
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("interrupted while the reader is waited for")
              .initCause(interrupted);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable Ending ending() {
    lock.lock();
    try {
      return ending;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onEnding(Runnable action) {
    lock.lock();
    try {
      if (ending == null) {
        actions.add(action);
        return;
      }
    } finally {
      lock.unlock();
    }
    action.run();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] taker, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    lock.lock();
    try {
      while (waiting.isEmpty() && !complete && ending == null) {
        changed.await();
      }
      if (ending != null) {
        throw new IOException("closed");
      }
      byte[] first = waiting.peek();
      if (first == null) {
        if (failure != null) {
          throw new IOException("the content of the response was not completed", failure);
        }
        return -1;
      }
      int some = Math.min(length, first.length - read);
      System.arraycopy(first, read, taker, from, some);
      read += some;
      if (read == first.length) {
        waiting.remove();
        waitingOctets -= first.length;
        read = 0;
        changed.signalAll();
      }
      return some;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw (IOException)
          new InterruptedIOException("interrupted while content is waited for")
              .initCause(interrupted);
    } finally {
      lock.unlock();
    }
  }

  /** The client goes, unless it has read all. */
  @Override
  public void close() {
    List<Runnable> told;
    lock.lock();
    try {
      if (ending != null || complete) {
        return;
      }
      ending = Ending.GONE;
      told = List.copyOf(actions);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    told.forEach(Runnable::run);
  }
}
