package io.brrtrouter.server.stream;

import io.brrtrouter.server.http.ClientGoneException;

/**
 * Sends items to one client. Safe for use by many threads.
 *
 * @param <T> what an item is
 */
public interface ItemChannel<T> {
  /**
   * Sends an item, or lets it wait for the client as {@link StreamOptions} say.
   *
   * @param item the item
   * @throws ClientGoneException if the response has ended: the client has gone, the server drains,
   *     too many items waited
   * @throws InterruptedException if the thread is interrupted while it waits for the client
   * @throws IllegalArgumentException if the document does not allow the item, and that is enforced:
   *     what was sent before is, and then the response is cut off, whatever becomes of the
   *     exception
   */
  void send(T item) throws ClientGoneException, InterruptedException;

  /** {@return whether items are still sent} */
  boolean isOpen();
}
