package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.http.HeadDecision.Work;
import io.brrtrouter.server.http.HeadHandler;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the connections of one event loop share: arrays to read into and to render with, and one
 * clock for all their deadlines instead of a timer each. Used by its event loop only, but for
 * {@link #atWork}.
 */
final class ConnectionLoop {
  /**
   * The most read at once: fewer calls for large bodies, but see {@link Connection#MOST_WAITING}.
   */
  static final int READ_BYTES = 32 * 1024;

  private static final Logger log = LoggerFactory.getLogger(ConnectionLoop.class);

  private final EventLoop eventLoop;
  private final MemoryFailures memory;
  private final byte[] octets = new byte[READ_BYTES];
  private final ResponseHead head = new ResponseHead();

  /** What runs on the loop and is not the transport's. */
  private final AtomicReference<@Nullable Work> atWork = new AtomicReference<>();

  /** The connections, as a list through their own links. */
  private @Nullable LoopEntry first;

  ConnectionLoop(EventLoop eventLoop, MemoryFailures memory) {
    this.eventLoop = eventLoop;
    this.memory = memory;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // ends with the event loop
  void startClock(Duration step) {
    eventLoop.scheduleWithFixedDelay(
        this::check, step.toNanos(), step.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void check() {
    long now = System.nanoTime();
    forEach(connection -> check(connection, now));
  }

  /** An event loop drops a clock that throws, and all its connections would have no times then. */
  private static void check(LoopEntry connection, long now) {
    try {
      connection.check(now);
    } catch (OutOfMemoryError lack) {
      connection.failed(lack);
    } catch (Throwable failure) {
      log.error("the times of a connection cannot be kept; it is closed", failure);
      connection.attempt(connection::close);
    }
  }

  EventLoop eventLoop() {
    return eventLoop;
  }

  /** {@return who is told of connections for which there is no memory} */
  MemoryFailures memory() {
    return memory;
  }

  /**
   * Decides on a request, on the loop. An interruption that whoever judges it leaves behind is not
   * for who comes next.
   *
   * @return the decision; null is our fault
   */
  @Nullable HeadDecision decide(HeadHandler handler, HttpRequest head) {
    try {
      return handler.decide(head);
    } catch (Throwable e) { // It must not; whatever it was, the client gets an answer.
      log.error("the decision on a request threw; the answer is a 500", e);
      return null;
    } finally {
      Thread.interrupted();
    }
  }

  /** Runs work on the loop. An interruption that it leaves behind is not for who comes next. */
  HttpResponse proceed(Work work, byte[] body) {
    // Not volatile: the watch looks again and again, and a fence would cost every request.
    atWork.setRelease(work);
    try {
      return work.proceedOnLoop(body);
    } finally {
      atWork.setRelease(null);
      Thread.interrupted();
    }
  }

  /** {@return the work that keeps the loop at present} May be asked by any thread. */
  @Nullable Work atWork() {
    return atWork.getAcquire();
  }

  byte[] octets() {
    return octets;
  }

  ResponseHead head() {
    return head;
  }

  void add(LoopEntry connection) {
    connection.next = first;
    if (first != null) {
      first.previous = connection;
    }
    first = connection;
  }

  @SuppressWarnings("ReferenceEquality") // the same connection, not an equal one
  void remove(LoopEntry connection) {
    if (connection.previous != null) {
      connection.previous.next = connection.next;
    } else if (first == connection) {
      first = connection.next;
    }
    if (connection.next != null) {
      connection.next.previous = connection.previous;
    }
    connection.next = null;
    connection.previous = null;
  }

  /** Gives every connection to an action, which may remove it. */
  void forEach(Consumer<LoopEntry> action) {
    LoopEntry connection = first;
    while (connection != null) {
      LoopEntry following = connection.next;
      action.accept(connection);
      connection = following;
    }
  }
}
