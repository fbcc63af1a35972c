package io.brrtrouter.server.stream;

/**
 * Makes the items of one response, with plain blocking code on a virtual thread.
 *
 * @param <T> what an item is
 */
@FunctionalInterface
public interface ItemProducer<T> {
  /**
   * Sends items, until there are no more: the response is complete when this returns. It is
   * interrupted when the client goes, and when the response ends for another reason.
   *
   * @param items takes them
   * @throws Exception if there are no more though there should be: it is logged, and the response
   *     is cut off
   */
  void produce(ItemChannel<T> items) throws Exception;
}
