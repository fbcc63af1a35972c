package io.brrtrouter.server.trace;

/** Something is the current span of a thread, until this is closed there. */
@FunctionalInterface
public interface Attachment extends AutoCloseable {
  /** Nothing is. */
  Attachment NONE = () -> {};

  @Override
  void close();
}
