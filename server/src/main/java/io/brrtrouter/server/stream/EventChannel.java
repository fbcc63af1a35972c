package io.brrtrouter.server.stream;

import io.brrtrouter.server.http.ClientGoneException;
import java.util.Optional;

/** Sends events to one client. Safe for use by many threads. */
public interface EventChannel extends ItemChannel<Event> {
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
