package io.brrtrouter.schema.stream;

import java.io.IOException;

/**
 * Takes items, one by one, for whoever reads them. Safe for use by many threads.
 *
 * @param <T> what an item is
 */
public interface ItemSink<T> {
  /**
   * Sends an item, and waits while its reader has no room for it.
   *
   * @param item the item
   * @throws IOException if nobody reads items any more: the client has gone, the producer has
   *     returned, an item before was not allowed and ends the response, or that has ended for
   *     another reason
   * @throws InterruptedException if the thread is interrupted while it waits
   * @throws IllegalArgumentException if the document does not allow the item, and that is enforced
   */
  void send(T item) throws IOException, InterruptedException;

  /** {@return whether items are still read} */
  boolean isOpen();
}
