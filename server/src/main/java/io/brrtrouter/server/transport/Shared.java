package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.HeadHandler;
import io.brrtrouter.server.outage.Quiet;
import java.time.Duration;
import java.util.concurrent.ThreadFactory;

/** What all connections of a transport share. */
final class Shared {
  private final TransportConfig config;
  private final HeadHandler handler;
  private final Capacity capacity;
  private final UnreadResponses unread;
  private final ThreadFactory threads =
      Thread.ofVirtual().name("brrt-request").inheritInheritableThreadLocals(false).factory();

  /** Who decides for one request too late does so for thousands. */
  private final Quiet lateDecisions = new Quiet(Duration.ofMinutes(1), System::nanoTime);

  private final RefusedConnections refused = new RefusedConnections(System::nanoTime);

  private volatile boolean draining;

  Shared(TransportConfig config, HeadHandler handler) {
    this.config = config;
    this.handler = handler;
    this.capacity = new Capacity(config.limits());
    this.unread = new UnreadResponses(config.limits(), config.timeouts());
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
