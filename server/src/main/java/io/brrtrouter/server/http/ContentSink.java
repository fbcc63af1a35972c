package io.brrtrouter.server.http;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Takes the content of a response that is written while it is sent. What is written is kept until
 * it is worth sending, or until {@link #flush}; where the client reads more slowly than that, the
 * calls block, so that little of a response is in memory.
 *
 * <p>To be written to by one thread at a time; may be asked and listened to by any.
 */
public interface ContentSink {
  /** Why a response is to end before its content does. */
  enum Ending {
    /** The client has gone: nothing can be written any more. */
    GONE,
    /**
     * The server drains. What has an end goes on to it; what has none, such as events, is to end at
     * once, and well.
     */
    DRAINING
  }

  /**
   * Takes octets, which may be changed afterwards.
   *
   * @param octets has the octets
   * @param from the index of the first one
   * @param length how many there are
   * @throws ClientGoneException if nobody reads them
   * @throws java.io.InterruptedIOException if the thread is interrupted while it waits for the
   *     client
   * @throws IndexOutOfBoundsException if the array does not have them
   * @throws IllegalStateException if the content becomes longer than was announced
   */
  void write(byte[] octets, int from, int length) throws IOException;

  /**
   * Takes octets, which may be changed afterwards.
   *
   * @param octets all of these
   * @throws ClientGoneException if nobody reads them
   * @throws java.io.InterruptedIOException if the thread is interrupted while it waits for the
   *     client
   * @throws IllegalStateException if the content becomes longer than was announced
   */
  default void write(byte[] octets) throws IOException {
    write(octets, 0, octets.length);
  }

  /**
   * Sends what was written, without waiting until the client has it.
   *
   * @throws ClientGoneException if nobody reads it
   * @throws java.io.InterruptedIOException if the thread is interrupted while it waits for the
   *     client
   */
  void flush() throws IOException;

  /** {@return why the response is to end now, null if it is not} */
  @Nullable Ending ending();

  /**
   * Lets an action run when the response is to end: once for each {@link Ending}, at once if it is
   * already.
   *
   * @param action run by any thread; must not block, must not throw
   */
  void onEnding(Runnable action);
}
