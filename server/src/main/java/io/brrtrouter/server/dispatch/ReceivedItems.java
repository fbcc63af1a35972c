package io.brrtrouter.server.dispatch;

import io.brrtrouter.schema.codec.JsonDecoder;
import io.brrtrouter.schema.stream.Items;
import io.brrtrouter.server.decode.ItemReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The items of a request in their Java type, read while they come. */
final class ReceivedItems<T> implements Items<T> {
  private final ItemReader reader;
  private final JsonDecoder<T> decoder;
  private final ReentrantLock lock = new ReentrantLock();

  /** Who reads an item, and may wait for it. Guarded by the lock, as is what follows. */
  private @Nullable Thread reading;

  private boolean closed;

  /** Whether who reads has been interrupted for {@link #close}. */
  private boolean woken;

  ReceivedItems(ItemReader reader, JsonDecoder<T> decoder) {
    this.reader = reader;
    this.decoder = decoder;
  }

  @Override
  public Optional<T> next() throws IOException, InterruptedException {
    begin();
    Optional<T> next;
    try {
      next = reader.next(decoder);
    } catch (InterruptedIOException interrupted) {
      if (end()) {
        throw closed();
      }
      InterruptedException told = new InterruptedException(interrupted.getMessage());
      told.initCause(interrupted);
      throw told;
    } catch (Throwable failure) {
      end();
      throw failure;
    }
    if (end()) {
      throw closed();
    }
    return next;
  }

  private void begin() throws IOException {
    lock.lock();
    try {
      if (closed) {
        throw closed();
      }
      reading = Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  /** {@return whether the items were closed meanwhile} */
  private boolean end() {
    lock.lock();
    try {
      reading = null;
      if (woken) {
        woken = false;
        Thread.interrupted(); // It was for what has been read here, and is for nobody else.
      }
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private static IOException closed() {
    return new IOException("the items are closed");
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      if (reading != null) {
        woken = true;
        reading.interrupt();
      }
    } finally {
      lock.unlock();
    }
  }
}
