package io.brrtrouter.outbound;

import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.Headers;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A delivery that is taken, and when it is first due. */
@SuppressWarnings("ArrayRecordComponent") // identity of the body is never asked for
record NewDelivery(
    UUID id,
    String operation,
    String method,
    URI url,
    String host,
    int port,
    Optional<String> secret,
    List<Map.Entry<String, String>> headers,
    byte[] body,
    Instant time,
    Instant due) {
  /** What else belongs to a trace, such as baggage, is not for strangers. */
  private static final Set<String> OF_TRACE = Set.of("traceparent", "tracestate");

  /**
   * {@return the same, of which a receiver learns to which trace it belongs} That of the request
   * that is being handled; a message that says so itself is left alone.
   */
  NewDelivery joiningTrace() {
    if (!Request.isCurrent()) {
      return this;
    }
    Headers trace = Request.current().traceFields();
    if (trace.size() == 0 || headers.stream().anyMatch(field -> isOfTrace(field.getKey()))) {
      return this;
    }
    List<Map.Entry<String, String>> more = new ArrayList<>(headers);
    trace.forEach((name, value) -> {
      if (isOfTrace(name)) {
        more.add(Map.entry(name, value));
      }
    });
    return new NewDelivery(
        id, operation, method, url, host, port, secret, List.copyOf(more), body, time, due);
  }

  private static boolean isOfTrace(String name) {
    return OF_TRACE.contains(name.toLowerCase(Locale.ROOT));
  }
}
