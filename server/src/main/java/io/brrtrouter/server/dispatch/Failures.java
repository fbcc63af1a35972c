package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.trace.RequestStep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The one place where a failure of ours, or of a handler, is logged: once, with the request id. Who
 * records the request in a trace is told too.
 */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.failures");

  private Failures() {}

  static void operation(Arrival arrival, Throwable failure) {
    arrival.failed(null, failure);
    error(arrival, "handler.failed", failure)
        .log(
            "request {}: {} {} failed",
            arrival.requestId(),
            arrival.head().method(),
            arrival.place());
  }

  static void late(Arrival arrival, Throwable failure) {
    arrival.failed(null, failure);
    error(arrival, "handler.failed_late", failure)
        .log(
            "request {}: {} {} failed after its deadline, which had been answered for it",
            arrival.requestId(),
            arrival.head().method(),
            arrival.place());
  }

  static void security(Arrival arrival, Throwable failure) {
    arrival.failed(RequestStep.SECURITY, failure);
    error(arrival, "security.failed", failure)
        .log(
            "request {}: {} {} could not be judged, so it is not let in",
            arrival.requestId(),
            arrival.head().method(),
            arrival.place());
  }

  static void endpoint(Arrival arrival, Throwable failure) {
    arrival.failed(null, failure);
    error(arrival, "endpoint.failed", failure)
        .log("request {}: a built-in endpoint failed", arrival.requestId());
  }

  static void mount(Arrival arrival, String prefix, Throwable failure) {
    arrival.failed(null, failure);
    error(arrival, "files.failed", failure)
        .log("request {}: what is below {} could not be answered", arrival.requestId(), prefix);
  }

  static void tracing(Throwable failure) {
    LOG.error("a request could not be recorded in a trace", failure);
  }

  static void listener(Throwable failure) {
    LOG.error("an exchange listener failed", failure);
  }

  /** With what tells the request, which another thread than that of its handler may log. */
  private static LoggingEventBuilder error(Arrival arrival, String event, Throwable failure) {
    return arrival.tell(LOG.atError().addKeyValue("event", event)).setCause(failure);
  }
}
