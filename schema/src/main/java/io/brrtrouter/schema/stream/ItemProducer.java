package io.brrtrouter.schema.stream;

/**
 * Makes items, with plain blocking code.
 *
 * @param <T> what an item is
 */
@FunctionalInterface
public interface ItemProducer<T> {
  /**
   * Sends items, until there are no more: they are complete when this returns. It is interrupted
   * when nobody reads them any more.
   *
   * @param items takes them
   * @throws Exception if there are no more though there should be: whoever reads them learns that
   *     they are not complete
   */
  void produce(ItemSink<? super T> items) throws Exception;
}
