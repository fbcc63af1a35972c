package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.upload.MemoryRoom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the values take that bodies are decoded into, and what is kept of bodies while they are
 * taken apart, of all requests together: it is bounded, as their octets are. A body within every
 * limit may be a value thirty times as large. Takes no lock.
 */
final class RequestMemory implements MemoryRoom {
  private final long most;
  private final AtomicLong taken = new AtomicLong();

  /**
   * Nothing is taken.
   *
   * @param most bytes that may be
   */
  RequestMemory(long most) {
    this.most = most;
  }

  @Override
  public boolean take(long bytes) {
    long now = taken.get();
    // A value that is there alone has room: it is bounded by itself.
    while (now == 0 || now + bytes <= most) {
      long seen = taken.compareAndExchange(now, now + bytes);
      if (seen == now) {
        return true;
      }
      now = seen;
    }
    return false;
  }

  @Override
  public void release(long bytes) {
    taken.addAndGet(-bytes);
  }
}
