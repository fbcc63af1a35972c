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

  /** Clients that come with sessions of old certificates may come often. */
  private final Quiet endedSessions = new Quiet(Duration.ofMinutes(1), System::nanoTime);

  private volatile boolean draining;

  Shared(TransportConfig config, HeadHandler handler) {
    this.config = config;
    this.handler = handler;
    this.capacity = new Capacity(config.limits());
    this.unread = new UnreadResponses(config.limits());
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

  Capacity capacity() {
    return capacity;
  }

  UnreadResponses unread() {
    return unread;
  }

  ThreadFactory threads() {
    return threads;
  }

  Quiet endedSessions() {
    return endedSessions;
  }

  boolean isDraining() {
    return draining;
  }

  void beginDraining() {
    draining = true;
  }
}
