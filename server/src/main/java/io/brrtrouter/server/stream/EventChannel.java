package io.brrtrouter.server.stream;

import io.brrtrouter.schema.stream.ItemSink;
import io.brrtrouter.server.http.ClientGoneException;
import java.util.Optional;

/** Sends events to one client. Safe for use by many threads. */
public interface EventChannel extends ItemSink<Event> {
  /**
   * Sends an event, or lets it wait for the client as {@link StreamOptions} say.
   *
   * @param event the event
   * @throws ClientGoneException if the response has ended: the client has gone, the server drains,
   *     too many items waited
   * @throws InterruptedException if the thread is interrupted while it waits for the client
   * @throws IllegalArgumentException if the document does not allow the event, and that is
   *     enforced: what was sent before is, and then the response is cut off, whatever becomes of
   *     the exception
   */
  @Override
  void send(Event event) throws ClientGoneException, InterruptedException;

  /**
   * Sends a comment, which clients ignore.
   *
   * @param text the comment; may have several lines
   * @throws ClientGoneException as {@link #send} does
   * @throws InterruptedException as {@link #send} does
   */
  void comment(String text) throws ClientGoneException, InterruptedException;

  /**
   * {@return the id of the last event that the client had before it connected again, as it says
   * itself; empty when it connects for the first time}
   */
  Optional<String> lastEventId();
}
