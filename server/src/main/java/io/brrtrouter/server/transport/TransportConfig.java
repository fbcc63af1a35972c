package io.brrtrouter.server.transport;

/**
 * Where and how to listen.
 *
 * @param host the name or address to bind
 * @param port the port, or 0 for a free one
 * @param eventLoops how event loops wait
 * @param threads how many event loops, or 0 for half the processors, at least one: handlers run on
 *     virtual threads and need processors too
 * @param limits how much clients may send
 * @param timeouts how long clients may take
 * @param protocols what is spoken
 */
public record TransportConfig(
    String host,
    int port,
    EventLoops eventLoops,
    int threads,
    TransportLimits limits,
    TransportTimeouts timeouts,
    Protocols protocols) {

  /** Refuses a blank host, a port outside 0 to 65535 and fewer than no threads. */
  public TransportConfig {
    if (host.isBlank()) {
      throw new IllegalArgumentException("a host is a name or an address, not blank");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
    }
    if (threads < 0) {
      throw new IllegalArgumentException("threads are 0 or more, not " + threads);
    }
  }

  /**
   * {@return a configuration with default limits and times}
   *
   * @param host the name or address to bind
   * @param port the port, or 0 for a free one
   */
  public static TransportConfig of(String host, int port) {
    return new TransportConfig(
        host,
        port,
        EventLoops.AUTO,
        0,
        TransportLimits.defaults(),
        TransportTimeouts.defaults(),
        Protocols.defaults());
  }

  int threadCount() {
    return threads > 0 ? threads : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }
}
