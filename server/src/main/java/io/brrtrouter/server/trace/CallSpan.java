package io.brrtrouter.server.trace;

import java.util.function.BiConsumer;

/**
 * A span of an {@link OutgoingCall}. Used by one thread at a time; what happens after its end is
 * ignored. No method blocks, and none throws by itself.
 */
public interface CallSpan {
  /** Nothing is recorded, and nothing told to who is asked. */
  CallSpan NONE =
      new CallSpan() {
        @Override
        public void inject(BiConsumer<String, String> fields) {}

        @Override
        public void answered(int status) {}

        @Override
        public void failed(Throwable failure) {}
      };

  /**
   * Tells the fields by which who is asked joins the trace, such as {@code traceparent}.
   *
   * @param fields takes name and value of each, in place of any other field of that name
   */
  void inject(BiConsumer<String, String> fields);

  /**
   * Ends the span: the head of a response has come.
   *
   * @param status its status
   */
  void answered(int status);

  /**
   * Ends the span: no response comes.
   *
   * @param failure why
   */
  void failed(Throwable failure);
}
