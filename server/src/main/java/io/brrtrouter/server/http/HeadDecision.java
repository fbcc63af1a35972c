package io.brrtrouter.server.http;

import java.util.function.Supplier;

/** What becomes of a request whose head has arrived. */
public sealed interface HeadDecision {

  /** {@return told once, when the response is complete or the connection is gone} */
  Completion completion();

  /**
   * Answer at once. When the request has a body that is still unread, the transport answers,
   * half-closes, drains for a moment and closes (RFC 9112 section 9.6); a body that has come
   * already is skipped and the connection lives on.
   *
   * @param response the answer
   * @param completion told when it is sent
   */
  record Refuse(HttpResponse response, Completion completion) implements HeadDecision {}

  /**
   * Collect the body into memory, then run the work: on a thread of its own, or on an event loop
   * when it never blocks and the body is small.
   *
   * @param limit the most bytes the body may have; beyond it {@link Work#tooLarge} is the answer
   * @param work what to run
   * @param completion told when the response is sent
   */
  record Collect(int limit, Work work, Completion completion) implements HeadDecision {}

  /**
   * Run the work at once, on a thread of its own, which reads the body while it comes (RFC 9110
   * section 6.4). A client that waits for a 100 gets it when the body is first asked for.
   *
   * @param limit the most bytes the body may have; beyond it reading fails
   * @param work what to run
   * @param completion told when the response is sent
   */
  record Stream(long limit, StreamedWork work, Completion completion) implements HeadDecision {}

  /**
   * It takes a thread to decide. Meanwhile the transport reads no body, and of what comes behind
   * the head no more than a little.
   *
   * @param rest decides on a thread of its own; may block, must not throw, and never answers
   *     another one of these. Asked once, and its answer's completion is told even when the
   *     connection has gone meanwhile
   */
  record Deferred(Supplier<HeadDecision> rest) implements HeadDecision {
    @Override
    public Completion completion() {
      return Completion.NONE;
    }
  }

  /** The part of a request that has a thread. */
  interface Work {
    /** {@return whether {@link #proceed} never blocks, so that it may run on an event loop} */
    default boolean neverBlocks() {
      return false;
    }

    /**
     * {@return what is being done, for a log line: {@code request 4f: handler list_pets} for
     * example} Asked by another thread while {@link #proceed} keeps an event loop for long.
     */
    default String doing() {
      return "a request";
    }

    /**
     * Handles the request; may block unless {@link #neverBlocks}.
     *
     * @param body the whole body, empty without one
     * @return the response; must not throw
     */
    HttpResponse proceed(byte[] body);

    /**
     * Handles the request on an event loop, where nothing may block: only called when it {@link
     * #neverBlocks}. Without a default, because work that surrounds other work has to hand this on
     * too.
     *
     * @param body the whole body, empty without one
     * @return the response; must not throw
     */
    HttpResponse proceedOnLoop(byte[] body);

    /**
     * {@return the answer when the body exceeds its limit} Called on an event loop, so it must not
     * block.
     *
     * @param declared the length the request announced, or -1 when it was exceeded while reading
     */
    HttpResponse tooLarge(long declared);

    /**
     * {@return the answer when the body cannot be read to its end} Called on an event loop, so it
     * must not block.
     *
     * @param failure why
     */
    HttpResponse unreadable(TransportFailure failure);
  }

  /** The part of a request that has a thread, and reads the body itself. */
  interface StreamedWork {
    /** {@return what is being done, for a log line} */
    default String doing() {
      return "a request";
    }

    /**
     * Handles the request; may block.
     *
     * @param content the body while it comes; to be read until the response is complete, by what
     *     writes the content of the response too
     * @return the response; must not throw. What is left of the body then is dropped, and a
     *     connection of HTTP/1.1 whose client has not sent all of it ends
     */
    HttpResponse proceed(ContentSource content);
  }

  /** The single completion callback of a response. */
  interface Completion {
    /** Does nothing. */
    Completion NONE = (status, bytes, aborted) -> {};

    /**
     * Called once for each decision, on any thread; must not block.
     *
     * @param status the status sent, 0 when none was
     * @param bytes content bytes written
     * @param aborted whether the connection went before the response was complete
     */
    void completed(int status, long bytes, boolean aborted);

    /**
     * {@return the answer in place of a response that is not sent} Called on an event loop, so it
     * must not block.
     *
     * @param failure why
     */
    default HttpResponse instead(TransportFailure failure) {
      return HttpResponse.of(failure.kind().status());
    }
  }
}
