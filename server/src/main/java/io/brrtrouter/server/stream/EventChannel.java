package io.brrtrouter.server.stream;

import io.brrtrouter.server.http.ClientGoneException;
import java.util.Optional;

/** Sends events to one client. Safe for use by many threads. */
public interface EventChannel {
  /**
   * Sends an event, or lets it wait for the client as {@link EventOptions} say.
   *
   * @param event the event
   * @throws ClientGoneException if the response has ended: the client has gone, the server drains,
   *     too many events waited
   * @throws InterruptedException if the thread is interrupted while it waits for the client
   */
  void send(Event event) throws ClientGoneException, InterruptedException;

  /**
   * Sends a comment, which clients ignore.
   *
   * @param text the comment; may have several lines
   * @throws ClientGoneException as {@link #send} does
   * @throws InterruptedException as {@link #send} does
   */
  void comment(String text) throws ClientGoneException, InterruptedException;

  /** {@return whether events are still sent} */
  boolean isOpen();

  /**
   * {@return the id of the last event that the client had before it connected again, as it says
   * itself; empty when it connects for the first time}
   */
  Optional<String> lastEventId();
}
