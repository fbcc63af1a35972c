package io.brrtrouter.schema.stream;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Messages both ways, in Java types: a WebSocket (RFC 6455) that is open, or was. Messages are sent
 * whole, in the order in which {@link #send} begins; whoever sends waits as long as the other side
 * does not read. One that a server gives is safe for use by many threads.
 *
 * @param <I> what comes in
 * @param <O> what goes out
 */
public interface Channel<I, O> {
  /**
   * Waits for a message.
   *
   * @return the message; empty if none comes any more, because the channel is closed
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  Optional<I> receive() throws InterruptedException;

  /**
   * Waits for a message for some time.
   *
   * @param patience how long at most
   * @return the message; empty if none came in time, or none comes any more
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  Optional<I> receive(Duration patience) throws InterruptedException;

  /**
   * Sends a message.
   *
   * @param message the message
   * @throws IOException if the channel is closed
   * @throws InterruptedException if the thread is interrupted while it waits for the other side
   * @throws IllegalArgumentException if the API description does not allow it, and that is enforced
   */
  void send(O message) throws IOException, InterruptedException;

  /**
   * Closes the channel, and waits until the other side has answered that, for some seconds at most.
   * Does nothing where it is closed already.
   *
   * @param code why: 1000 where all is said, 4000 to 4999 by the application's own meanings (RFC
   *     6455 section 7.4)
   * @param reason in words, of at most 123 octets in UTF-8; may be empty
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws IllegalArgumentException if the code is none that can be sent, or the reason too long
   */
  void close(int code, String reason) throws InterruptedException;

  /** {@return whether messages can still be sent} */
  boolean isOpen();

  /** {@return the subprotocol agreed upon (RFC 6455 section 1.9)} */
  Optional<String> subprotocol();
}
