package io.brrtrouter.server.transport;

import io.brrtrouter.server.outage.Quiet;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says why connections cannot be accepted. Stands behind the handler of Netty that accepts, which
 * pauses for a second when it fails, so that the reason may come up every second.
 */
final class AcceptFailures extends ChannelInboundHandlerAdapter {
  private static final Logger log = LoggerFactory.getLogger(AcceptFailures.class);
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final TransportLimits limits;
  private final Quiet quiet;

  /** Takes a clock in nanoseconds. */
  AcceptFailures(TransportLimits limits, LongSupplier clock) {
    this.limits = limits;
    this.quiet = new Quiet(SILENCE, clock);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    log.debug("a connection was not accepted", cause);
    if (quiet.ends()) {
      log.warn("connections cannot be accepted: {}; the server keeps trying", reason(cause));
    }
  }

  private String reason(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    // EMFILE; with ENFILE, "in system" stands behind it, and the limit is another one.
    return message.endsWith("Too many open files")
        ? "the process may not open more files, and each connection is one; raise the limit (ulimit"
            + " -n) above the "
            + limits.connections()
            + " connections that the configuration allows, or allow fewer"
        : message;
  }
}
