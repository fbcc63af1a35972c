package io.brrtrouter.server.runtime;

import io.brrtrouter.server.transport.HeadHandler;

/** From starting to drained: who is let in, and how it ends. */
final class Lifecycle implements AutoCloseable {
  private volatile Readiness readiness = Readiness.STARTING;

  Readiness readiness() {
    return readiness;
  }

  void listen(ServerConfig config, HeadHandler handler, boolean standalone) {
    throw new IllegalStateException("no transport yet");
  }

  int port() {
    throw new IllegalStateException("started in process, without a port");
  }

  String url() {
    throw new IllegalStateException("started in process, without a port");
  }

  @Override
  public void close() {
    readiness = Readiness.DRAINING;
  }
}
