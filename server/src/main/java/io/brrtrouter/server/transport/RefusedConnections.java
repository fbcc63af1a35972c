package io.brrtrouter.server.transport;

import io.brrtrouter.server.outage.Quiet;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections that are closed because the PROXY protocol is required and they have none, or too
 * much of it. Whoever connects learns nothing of it, so that the log has to tell: each kind once a
 * minute, with how many there were, because anybody can connect. Safe for use by many threads.
 */
final class RefusedConnections {
  private static final Logger log = LoggerFactory.getLogger(RefusedConnections.class);
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final Kind strangers;
  private final Kind withoutHeader;
  private final Kind longHeaders;

  /** Those that are refused for one reason. */
  private static final class Kind {
    private final String why;
    private final Quiet quiet;
    private final LongAdder untold = new LongAdder();

    Kind(String why, LongSupplier clock) {
      this.why = why;
      this.quiet = new Quiet(SILENCE, clock);
    }

    void tell(SocketAddress from) {
      untold.increment();
      if (quiet.ends()) {
        log.warn(
            "a connection from {} is closed: http.proxy_protocol is required, and {}; {} so far"
                + " since this was told last",
            from instanceof InetSocketAddress socket ? socket.getHostString() : from,
            why,
            untold.sumThenReset());
      }
    }
  }

  /**
   * Makes one that has told of nothing.
   *
   * @param clock tells the time as {@link System#nanoTime} does
   */
  RefusedConnections(LongSupplier clock) {
    strangers =
        new Kind(
            "nobody of http.proxy_protocol_from is there; add the address if it is a load"
                + " balancer's",
            clock);
    withoutHeader =
        new Kind(
            "it does not begin with a header of the PROXY protocol; let the load balancer send one,"
                + " or turn http.proxy_protocol off",
            clock);
    longHeaders =
        new Kind(
            "its header of the PROXY protocol is longer than the "
                + ProxyHeader.MOST_OCTETS
                + " octets that are accepted; let the load balancer tell less behind the addresses",
            clock);
  }

  /** Somebody who is no load balancer has connected. */
  void stranger(SocketAddress from) {
    strangers.tell(from);
  }

  /** A load balancer, or who has its address, begins with more than is read. */
  void longHeader(SocketAddress from) {
    longHeaders.tell(from);
  }

  /** A load balancer, or who has its address, has not begun as it has to. */
  void withoutHeader(SocketAddress from) {
    withoutHeader.tell(from);
  }
}
