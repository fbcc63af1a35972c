package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.TraceContext;
import org.jspecify.annotations.Nullable;

/**
 * One exchange, complete.
 *
 * @param head the request's head; null when what arrived never became a request
 * @param operation the operation; null when none was matched
 * @param template the path template matched, base path included; null when none was
 * @param requestId the request id
 * @param status the status sent, 0 when none was
 * @param nanos nanoseconds from the head's arrival to the end of the response
 * @param bytes content bytes sent
 * @param aborted whether the connection went before the response was complete
 * @param span the server's own span of it; null when tracing records none
 */
public record CompletedExchange(
    @Nullable HttpRequest head,
    @Nullable Operation operation,
    @Nullable String template,
    String requestId,
    int status,
    long nanos,
    long bytes,
    boolean aborted,
    @Nullable TraceContext span) {

  /**
   * {@return what tells it within a trace: the own span, else what the client says in {@code
   * traceparent}, which is read at each call; null without}
   */
  public @Nullable TraceContext trace() {
    return span != null || head == null ? span : TraceContext.of(head.headers());
  }
}
