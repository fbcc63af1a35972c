package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.HeadHandler;
import java.util.concurrent.ThreadFactory;

/** What all connections of a transport share. */
final class Shared {
  private final TransportConfig config;
  private final HeadHandler handler;
  private final Capacity capacity;
  private final UnreadResponses unread;
  private final ThreadFactory threads =
      Thread.ofVirtual().name("brrt-request").inheritInheritableThreadLocals(false).factory();

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
