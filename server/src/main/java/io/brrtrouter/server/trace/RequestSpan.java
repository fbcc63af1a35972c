package io.brrtrouter.server.trace;

import io.brrtrouter.server.http.TraceContext;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The server's own span of one request, from its head to the end of the response. Used by several
 * threads, mostly one after the other; what happens after its end is ignored. No method blocks, and
 * none throws.
 */
public interface RequestSpan {

  /** {@return what tells the span within its trace} */
  TraceContext context();

  /**
   * A step begins; nothing happens when it has begun already, and where nothing is recorded.
   *
   * @param step which
   */
  void begin(RequestStep step);

  /**
   * A step ends; nothing happens when it has not begun or has ended. The end of the request ends
   * all that have not.
   *
   * @param step which
   */
  void end(RequestStep step);

  /**
   * Makes the span, or that of a step, the current one of this thread, so that what its code
   * records joins the trace.
   *
   * @param step the step, null for the whole request; one that has no span counts as the request
   * @return what takes it back, on the same thread
   */
  Attachment attach(@Nullable RequestStep step);

  /**
   * Something failed because of which the request, or a step, fails.
   *
   * @param step where, null for the request itself
   * @param failure what was thrown
   */
  void failed(@Nullable RequestStep step, Throwable failure);

  /**
   * Begins the span of a request that is sent on behalf of this one: below what is current on this
   * thread.
   *
   * @param call what is sent
   * @return its span, which is to be ended
   */
  CallSpan call(OutgoingCall call);

  /**
   * Tells the fields by which who is sent something later joins the trace, below what is current on
   * this thread.
   *
   * @param fields takes name and value of each
   */
  void inject(BiConsumer<String, String> fields);

  /**
   * Ends the span: the response is complete, or its connection is gone. Called once.
   *
   * @param status the status sent, 0 when none was
   * @param bytes content bytes sent
   * @param aborted whether the connection went before the response was complete
   */
  void ended(int status, long bytes, boolean aborted);
}
