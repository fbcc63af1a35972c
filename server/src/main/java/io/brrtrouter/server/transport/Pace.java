package io.brrtrouter.server.transport;

/**
 * How patient the server is with a client that takes what was written for it: for as long as
 * nothing may be taken, and each octet taken earns as much more as the slowest client served needs
 * for it, up to that time again. So whoever takes nothing is late then, and whoever takes less than
 * the slowest rate a while later, however it is spread. Used by one event loop only.
 */
final class Pace {
  private static final int KIB = 1024;

  private final TransportTimeouts timeouts;
  private long late;

  Pace(TransportTimeouts timeouts) {
    this.timeouts = timeouts;
  }

  /** Begins to wait for a client. */
  void begin(long now) {
    late = now + timeouts.writeStall().toNanos();
  }

  /**
   * Some has been taken.
   *
   * @param octets how many, 0 or less for none
   * @param sharers how many share the connection of the client, and its rate
   */
  void took(long octets, int sharers, long now) {
    if (octets > 0) {
      long most = timeouts.writeStall().toNanos();
      double earned = (double) octets * sharers * timeouts.writePerKib().toNanos() / KIB;
      late = Math.min(late + (long) Math.min(earned, (double) most), now + most);
    }
  }

  /** {@return when the client is late, if it takes nothing more} */
  long late() {
    return late;
  }

  boolean isLate(long now) {
    return now - late >= 0;
  }
}
