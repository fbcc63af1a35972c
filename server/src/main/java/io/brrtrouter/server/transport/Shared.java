package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.HeadHandler;
import io.brrtrouter.server.outage.Quiet;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;

/** What all connections of a transport share. */
final class Shared {
  private final TransportConfig config;
  private final HeadHandler handler;
  private final Capacity capacity;
  private final UnreadResponses unread;
  private final ThreadFactory threads =
      Thread.ofVirtual().name("brrt-request").inheritInheritableThreadLocals(false).factory();

  /** What large parts take beside the room for responses that nobody has read yet. */
  private static final int LARGE_PARTS_DIVISOR = 16;

  /** More clients at once are not as fast as this is for. */
  private static final int MOST_LARGE_PARTS = 64;

  /** Who decides for one request too late does so for thousands. */
  private final Quiet lateDecisions = new Quiet(Duration.ofMinutes(1), System::nanoTime);

  private final RefusedConnections refused = new RefusedConnections(System::nanoTime);

  /** Of how many responses large parts may be in memory at once. */
  private final Semaphore largeParts;

  private volatile boolean draining;

  Shared(TransportConfig config, HeadHandler handler) {
    this.config = config;
    this.handler = handler;
    this.capacity = new Capacity(config.limits());
    this.unread = new UnreadResponses(config.limits(), config.timeouts());
    this.largeParts =
        new Semaphore(
            (int)
                Math.min(
                    MOST_LARGE_PARTS,
                    config.limits().bufferedBytes()
                        / LARGE_PARTS_DIVISOR
                        / ContentStream.LARGE_PART));
  }

  HeadHandler handler() {
    return handler;
  }

  TransportLimits limits() {
    return config.limits();
  }

  TransportTimeouts timeouts() {
    return config.timeouts();
  }

  Protocols protocols() {
    return config.protocols();
  }

  Quiet lateDecisions() {
    return lateDecisions;
  }

  RefusedConnections refused() {
    return refused;
  }

  Capacity capacity() {
    return capacity;
  }

  UnreadResponses unread() {
    return unread;
  }

  /** {@return the right to hand over parts of {@link ContentStream#LARGE_PART}} */
  Semaphore largeParts() {
    return largeParts;
  }

  ThreadFactory threads() {
    return threads;
  }

  boolean isDraining() {
    return draining;
  }

  void beginDraining() {
    draining = true;
  }
}
