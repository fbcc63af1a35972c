package io.brrtrouter.server.transport;

/**
 * What an HTTP/1 connection waits for, and how long for that: times of requests from when it begins
 * to wait, the time of a response from what its client has taken of it. Looked at by the clock of
 * the event loop, and used by that loop only.
 */
final class Deadlines {
  /** What the connection waits for. */
  enum Phase {
    /** A request, or the rest of its head. */
    HEAD,
    /** The rest of a body. */
    BODY,
    /** The decision on a request, which takes a thread. */
    DECISION,
    /** The work. */
    WORK,
    /** The client to read the response. */
    WRITE,
    /** The client to read what is written in another protocol, in which it may write any time. */
    TUNNEL,
    /** The client to read the last response and to close; what it sends is dropped. */
    LINGER,
    /** Nothing. */
    CLOSED
  }

  private final TransportTimeouts timeouts;

  private Phase phase = Phase.HEAD;
  private long began;

  /** How many nanoseconds the phase may last, where that is known when it begins. */
  private long limit;

  /** How patiently the client is waited for to read the response, and what it has taken so far. */
  private final Pace pace;

  private long taken;

  Deadlines(TransportTimeouts timeouts) {
    this.timeouts = timeouts;
    this.pace = new Pace(timeouts);
  }

  Phase phase() {
    return phase;
  }

  /** Nothing is asked for at present. */
  void awaitRequest() {
    await(Phase.HEAD, timeouts.idle().toNanos());
  }

  /** Nothing is asked for, and the server drains. */
  void awaitLastRequest() {
    await(Phase.HEAD, timeouts.drainGrace().toNanos());
  }

  void awaitRestOfHead() {
    await(Phase.HEAD, timeouts.head().toNanos());
  }

  void awaitDecision() {
    await(Phase.DECISION, timeouts.decision().toNanos());
  }

  void awaitBody() {
    begin(Phase.BODY); // Its time grows with what has come of it.
  }

  /** How long work may take is for others to say. */
  void awaitWork() {
    phase = Phase.WORK;
  }

  void awaitReader(long now) {
    phase = Phase.WRITE;
    pace.begin(now);
  }

  /** The protocol is switched. */
  void awaitOther(long now) {
    phase = Phase.TUNNEL;
    pace.begin(now);
  }

  /** The client has taken all that is written so far. */
  void awaitContent(long now) {
    pace.begin(now);
  }

  void awaitEnd() {
    await(Phase.LINGER, timeouts.linger().toNanos());
  }

  void awaitNothing() {
    phase = Phase.CLOSED;
  }

  private void await(Phase newPhase, long newLimit) {
    begin(newPhase);
    limit = newLimit;
  }

  private void begin(Phase newPhase) {
    phase = newPhase;
    began = System.nanoTime();
  }

  /**
   * {@return whether it has taken too long}
   *
   * @param moved octets that have come of the body, or that the client has taken of all responses
   */
  boolean isOver(long now, long moved) {
    return switch (phase) {
      case HEAD, DECISION, LINGER -> now - began >= limit;
      case BODY -> now - began >= timeouts.bodyNanos(moved);
      case WRITE, TUNNEL -> {
        pace.took(moved - taken, 1, now);
        taken = Math.max(taken, moved);
        yield pace.isLate(now);
      }
      case WORK, CLOSED -> false;
    };
  }

  /** {@return when the client is late that takes nothing more of the response} */
  long late() {
    return pace.late();
  }
}
