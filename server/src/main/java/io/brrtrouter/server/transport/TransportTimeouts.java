package io.brrtrouter.server.transport;

import java.time.Duration;

/**
 * How long a client may take. Checked in steps of at most {@link #COARSEST_CHECK}, so a time is
 * never cut short and overrun by no more than one step.
 *
 * @param head from the first octet of a request to the end of its header fields; beyond: 408
 * @param body from there to the end of the body; beyond: 408
 * @param bodyPerKib what each KiB of body received adds to {@code body}
 * @param decision for deciding on a request where that takes a thread; beyond: 503
 * @param idle without a request on an open connection; beyond: closed
 * @param writeStall for which a client may take nothing of a response; beyond: closed. On NIO it is
 *     seen to take something in steps of the kernel's send buffer only, so choose it generously
 *     there
 * @param writePerKib what each KiB of a response taken adds to {@code writeStall}, up to that time
 *     from then on
 * @param linger for reading on after an answer that left some of the request unread, so that the
 *     client reads the answer instead of a reset (RFC 9112 section 9.6)
 * @param drainGrace for a request to come on an idle connection once the server drains
 */
public record TransportTimeouts(
    Duration head,
    Duration body,
    Duration bodyPerKib,
    Duration decision,
    Duration idle,
    Duration writeStall,
    Duration writePerKib,
    Duration linger,
    Duration drainGrace) {
  /** A head is one packet; ten seconds pass three lost ones. */
  public static final Duration HEAD = Duration.ofSeconds(10);

  /** A client that thinks before it sends. */
  public static final Duration BODY = Duration.ofSeconds(30);

  /** The slowest connection served: 1 KiB a second. */
  public static final Duration BODY_PER_KIB = Duration.ofSeconds(1);

  /** Longer than whoever verifies credentials is asked, and asked again. */
  public static final Duration DECISION = Duration.ofSeconds(20);

  /** What most load balancers use for connections to a server. */
  public static final Duration IDLE = Duration.ofSeconds(60);

  /** A client that reads nothing for so long has gone. */
  public static final Duration WRITE_STALL = Duration.ofSeconds(30);

  /** The slowest connection served, as for requests: 1 KiB a second. */
  public static final Duration WRITE_PER_KIB = Duration.ofSeconds(1);

  /** A round trip to the far side of the earth, several times. */
  public static final Duration LINGER = Duration.ofSeconds(2);

  /** Longer than a busy client waits between two requests. */
  public static final Duration DRAIN_GRACE = Duration.ofMillis(250);

  /** The longest step in which times are checked. */
  public static final Duration COARSEST_CHECK = Duration.ofMillis(250);

  private static final Duration FINEST_CHECK = Duration.ofMillis(1);

  /** Refuses a time below a millisecond, except those that may be none. */
  public TransportTimeouts {
    requireMillisecond("head", head);
    requireMillisecond("body", body);
    requireMillisecond("decision", decision);
    requireMillisecond("idle", idle);
    requireMillisecond("writeStall", writeStall);
    requireMillisecond("linger", linger);
    if (bodyPerKib.isNegative() || writePerKib.isNegative() || drainGrace.isNegative()) {
      throw new IllegalArgumentException("bodyPerKib, writePerKib and drainGrace are not negative");
    }
  }

  private static void requireMillisecond(String name, Duration value) {
    if (value.toMillis() < 1) {
      throw new IllegalArgumentException(name + " is at least 1 ms, not " + value);
    }
  }

  /** {@return the times of the constants above} */
  public static TransportTimeouts defaults() {
    return new TransportTimeouts(
        HEAD, BODY, BODY_PER_KIB, DECISION, IDLE, WRITE_STALL, WRITE_PER_KIB, LINGER, DRAIN_GRACE);
  }

  /** {@return how many nanoseconds a body may take of which so many octets have come} */
  long bodyNanos(long received) {
    double earned = (double) received * bodyPerKib.toNanos() / 1024;
    return body.toNanos() + (long) Math.min(earned, Long.MAX_VALUE / 2.0);
  }

  /** {@return the step in which times are checked: a tenth of the shortest} */
  Duration check() {
    Duration step = COARSEST_CHECK;
    for (Duration time : new Duration[] {head, body, decision, idle, writeStall, linger}) {
      Duration tenth = time.dividedBy(10);
      step = tenth.compareTo(step) < 0 ? tenth : step;
    }
    return step.compareTo(FINEST_CHECK) < 0 ? FINEST_CHECK : step;
  }
}
