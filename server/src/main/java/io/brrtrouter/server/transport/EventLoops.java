package io.brrtrouter.server.transport;

/** How event loops wait for sockets. */
public enum EventLoops {
  /** Epoll where there is one, else NIO. */
  AUTO,
  /** Linux epoll: the least CPU. */
  EPOLL,
  /** The JDK's selector: everywhere. */
  NIO
}
