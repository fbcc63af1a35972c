package io.brrtrouter.server.websocket;

import io.brrtrouter.server.dispatch.Request;
import java.time.Duration;
import java.util.Optional;

/**
 * A WebSocket that is open, or was. Messages are sent whole, in the order in which {@link #send}
 * begins; whoever sends waits as long as the client does not read. Safe for use by many threads.
 */
public interface WebSocket {
  /**
   * Waits for a message of the client.
   *
   * @return the message; empty if none comes any more, because the WebSocket is closed
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  Optional<Message> receive() throws InterruptedException;

  /**
   * Waits for a message of the client for some time.
   *
   * @param patience how long at most
   * @return the message; empty if none came in time, or none comes any more
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  Optional<Message> receive(Duration patience) throws InterruptedException;

  /**
   * Sends a message.
   *
   * @param message the message
   * @throws WebSocketClosedException if the WebSocket is closed
   * @throws InterruptedException if the thread is interrupted while it waits for the client
   * @throws IllegalArgumentException if the API description does not allow it
   */
  void send(Message message) throws WebSocketClosedException, InterruptedException;

  /**
   * Sends text.
   *
   * @param text the text
   * @throws WebSocketClosedException as {@link #send(Message)} does
   * @throws InterruptedException as {@link #send(Message)} does
   */
  default void send(String text) throws WebSocketClosedException, InterruptedException {
    send(new Message.Text(text));
  }

  /**
   * Closes the WebSocket, and waits until the client has answered that, for some seconds at most.
   * Does nothing where it is closed already.
   *
   * @param status why
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  void close(CloseStatus status) throws InterruptedException;

  /** {@return whether messages can still be sent} */
  boolean isOpen();

  /** {@return why it is closed: what who closed it first said; empty while it is open} */
  Optional<CloseStatus> closed();

  /** {@return the subprotocol agreed upon (RFC 6455 section 1.9)} */
  Optional<String> subprotocol();

  /** {@return the request that opened it: its parameters, its principal} */
  Request request();
}
