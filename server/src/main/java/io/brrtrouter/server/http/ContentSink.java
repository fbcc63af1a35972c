package io.brrtrouter.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the content of a response that is written while it is sent. What is written is kept until
 * it is worth sending, or until {@link #flush}; where the client reads more slowly than that, the
 * calls block, so that little of a response is in memory.
 *
 * <p>To be written to by one thread at a time; may be asked and listened to by any.
 */
public interface ContentSink {
  /** Octets that are asked of a {@link Source} at once, unless a sink does it otherwise. */
  int MOST_AT_ONCE = 32 << 10;

  /** Why a response is to end before its content does. */
  enum Ending {
    /** The client has gone: nothing can be written any more. */
    GONE,
    /**
     * The server drains. What has an end goes on to it; what has none, such as events, is to end at
     * once, and well.
     */
    DRAINING,
    /**
     * Another generation of the document serves, and this response is to end for that, as {@link
     * OnReload} says. What has an end may go on to it; what has none is to end at once, and well.
     */
    REPLACED
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

  /** Where octets are that a sink takes from there itself. */
  @FunctionalInterface
  interface Source {
    /**
     * Puts octets into a buffer, up to its limit.
     *
     * @param buffer takes the octets; not to be kept
     * @throws IOException if there are not as many
     */
    void fill(ByteBuffer buffer) throws IOException;
  }

  /**
   * Takes octets from where they are, a file for example, without an array in between where that
   * can be done. Asks for some of them at a time, in their order, and as {@link #write(byte[])}
   * waits for the client first.
   *
   * @param length how many there are
   * @param source has the octets
   * @throws ClientGoneException if nobody reads them
   * @throws java.io.InterruptedIOException if the thread is interrupted while it waits for the
   *     client
   * @throws IOException if the source cannot be read; some of it may have been sent
   * @throws IllegalStateException if the content becomes longer than was announced
   */
  default void write(int length, Source source) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Math.min(length, MOST_AT_ONCE));
    for (int left = length; left > 0; left -= buffer.limit()) {
      source.fill(buffer.clear().limit(Math.min(left, buffer.capacity())));
      write(buffer.array(), 0, buffer.limit());
    }
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
