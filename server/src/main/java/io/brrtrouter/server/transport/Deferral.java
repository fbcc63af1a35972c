package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.TransportFailure;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A decision that takes a thread: made on a virtual thread, applied on the event loop of its
 * connection.
 */
final class Deferral implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(Deferral.class);

  private final Carrier carrier;
  private final Exchange exchange;
  private final RequestHead head;
  private final Supplier<HeadDecision> rest;
  private @Nullable Thread thread;
  private @Nullable HeadDecision decision;
  private boolean decided;

  Deferral(Carrier carrier, Exchange exchange, RequestHead head, Supplier<HeadDecision> rest) {
    this.carrier = carrier;
    this.exchange = exchange;
    this.head = head;
    this.rest = rest;
  }

  void begin() {
    Thread deciding = carrier.shared().threads().newThread(this);
    thread = deciding;
    deciding.start();
  }

  /** Waits no longer: the client has got an answer. What is decided in spite of that is dropped. */
  void giveUp() {
    if (carrier.shared().lateDecisions().ends()) {
      log.warn(
          "nobody decided on a request within {} ms, so it is answered with 503; others are, too, and"
              + " it is told once a minute",
          carrier.shared().timeouts().decision().toMillis());
    }
    abandon();
  }

  /**
   * Waits no longer: the client has gone. Whoever decides is interrupted, to wait no longer too.
   */
  void abandon() {
    if (thread != null) {
      thread.interrupt();
    }
  }

  /** {@return what the client is told then} */
  static TransportFailure late() {
    return new TransportFailure(
        TransportFailure.Kind.OVERLOADED, "the server did not decide on the request in time");
  }

  Exchange exchange() {
    return exchange;
  }

  /** {@return the header fields of the request} */
  Headers fields() {
    return head.request().headers();
  }

  RequestHead head() {
    return head;
  }

  /** First on its thread, where it decides; then on the event loop. */
  @Override
  public void run() {
    if (decided) {
      carrier.decided(this, decision);
      return;
    }
    try {
      decision = rest.get();
    } catch (Throwable e) { // It must not; whatever it was, the client gets an answer.
      log.error("a decision on a request threw; the answer is a 500", e);
    }
    decided = true;
    try {
      carrier.execute(this);
    } catch (RejectedExecutionException e) {
      log.debug("the server was closed before a request was decided on", e);
      dropped(decision);
    }
  }

  /** Tells a decision that nobody waits for any more. */
  static void dropped(@Nullable HeadDecision decision) {
    if (decision != null) {
      try {
        decision.completion().completed(0, 0, true);
      } catch (Throwable e) {
        log.error("a completion callback threw", e);
      }
    }
  }
}
