package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.ContentTooLargeException;
import io.brrtrouter.server.http.TransportFailure;
import io.brrtrouter.server.http.TransportFailure.Kind;
import io.brrtrouter.server.http.UnreadableContentException;
import java.util.Arrays;

/**
 * The content of a request, which the work reads while it comes. Its client has the time that it
 * has for one that is collected, and only the time counts in which the reader waits for it. What it
 * was early with is not saved for later: content that has no end could stop for days.
 */
final class RequestContent extends IncomingContent implements ContentTaker {
  private static final byte[] NONE = Responses.NONE;

  private final long limit;
  private final TransportTimeouts timeouts;

  /** Octets that have come. Written by the event loop only. */
  private volatile long received;

  /** What has come of one read of the connection, which may be many small chunks. */
  private byte[] fresh = NONE;

  private int size;

  /** Nanoseconds that the client still has. Used by the reader only, as is what follows. */
  private long credit;

  /** Octets that have earned some of it. */
  private long counted;

  private boolean asked;

  /**
   * Nothing has come yet.
   *
   * @param limit the most octets there may be
   */
  RequestContent(Carrier carrier, long limit) {
    super(carrier);
    this.limit = limit;
    this.timeouts = carrier.shared().timeouts();
    this.credit = timeouts.body().toNanos();
  }

  // The event loop.

  @Override
  public long room() {
    return limit - received;
  }

  @Override
  public void reserve(int more) throws TooLargeException {
    if (more > room()) {
      throw new TooLargeException();
    }
    if (isOpen() && size + more > fresh.length) {
      fresh = Arrays.copyOf(fresh, Math.max(size + more, Math.min(2 * size, 2 * MOST_WAITING)));
    }
  }

  @Override
  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  public void append(byte[] octets, int from, int length) {
    received += length;
    if (isOpen()) {
      System.arraycopy(octets, from, fresh, size, length);
      size += length;
    }
  }

  /**
   * Gives what was appended to the reader.
   *
   * @throws FramingException if there is no room for it
   */
  void publish() throws FramingException {
    byte[] part = size == fresh.length ? fresh : Arrays.copyOf(fresh, size);
    fresh = NONE;
    size = 0;
    if (part.length > 0 && isOpen() && !add(part)) {
      throw new FramingException(Capacity.EXHAUSTED);
    }
  }

  /** Takes all that has come; what is wrong with it is told to the reader. */
  void take(byte[] octets, int length) {
    try {
      reserve(length);
      append(octets, 0, length);
      publish();
    } catch (TooLargeException e) {
      failTooLarge();
    } catch (FramingException e) {
      fail(e.failure());
    }
  }

  /** The content cannot be read to its end. */
  void fail(TransportFailure failure) {
    fail(() -> new UnreadableContentException(failure));
  }

  /** The content is larger than it may be. */
  void failTooLarge() {
    fail(() -> new ContentTooLargeException(limit));
  }

  // The reader.

  @Override
  void awaits() {
    if (!asked) {
      asked = true;
      askForMore(); // A client that waits for a 100 is to be told.
    }
  }

  @Override
  long patience() {
    long now = received;
    long most = timeouts.body().toNanos();
    credit = Math.min(most, credit + timeouts.bodyNanos(now - counted) - most);
    counted = now;
    return credit;
  }

  @Override
  void awaited(long nanos) {
    credit -= nanos;
  }

  @Override
  void late() {
    fail(new TransportFailure(Kind.TIMEOUT, "the body did not come in time"));
  }
}
