package io.brrtrouter.server.trace;

/**
 * Records requests in traces. Made by a {@link TracingSource}, or given to the builder of a server.
 * Used by many threads at once.
 */
public interface RequestTracing extends AutoCloseable {

  /**
   * Begins the server's own span of a request. Called once its head has arrived and its operation
   * is known, possibly on an event loop, so it must not block; what it throws is logged, and the
   * request goes on without a span.
   *
   * @param request the request
   * @return the span, which {@link RequestSpan#ended} ends
   */
  RequestSpan start(TracedRequest request);

  /**
   * Sends what has been recorded, within a bounded time. Called when the server has stopped, if it
   * was a source that made this.
   */
  @Override
  default void close() {}
}
