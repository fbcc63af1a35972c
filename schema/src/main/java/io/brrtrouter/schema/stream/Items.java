package io.brrtrouter.schema.stream;

import java.io.IOException;
import java.util.Objects;
import java.util.Optional;

/**
 * The items of a request or a response, one by one: JSON values or events of a sequential media
 * type (OpenAPI 3.2 section 4.14.2). What is received is read while it comes, one item in memory at
 * a time; what is sent is made while it is read.
 *
 * <p>A handler answers with items that are produced:
 *
 * <pre>{@code
 * return new ListReadingsResponse.Ok(
 *     Items.produced(
 *         items -> {
 *           for (Reading reading : store.all()) {
 *             items.send(reading);
 *           }
 *         }));
 * }</pre>
 *
 * <p>and reads those of a request:
 *
 * <pre>{@code
 * Items<Reading> items = request.body();
 * for (var next = items.next(); next.isPresent(); next = items.next()) {
 *   store.add(next.get());
 * }
 * }</pre>
 *
 * <p>Items are read by one thread at a time, once; {@link #close} may be called by any.
 *
 * @param <T> what an item is
 */
public interface Items<T> extends AutoCloseable {
  /**
   * {@return items that a producer makes} Whoever sends them gives the producer where to; whoever
   * {@linkplain #next reads} them has it run on a virtual thread, which hands over one item at a
   * time.
   *
   * @param <T> what an item is
   * @param producer makes the items, once for each time they are sent
   */
  static <T> Items<T> produced(ItemProducer<T> producer) {
    return new ProducedItems<>(producer);
  }

  /**
   * {@return items that are there}
   *
   * @param <T> what an item is
   * @param items the items
   */
  static <T> Items<T> of(Iterable<? extends T> items) {
    Objects.requireNonNull(items, "items");
    return produced(sink -> {
      for (T item : items) {
        sink.send(item);
      }
    });
  }

  /**
   * Reads the next item, and waits for it if it is not there yet.
   *
   * @return the item; empty if there are no more
   * @throws IOException if there are no more though there should be, if the item is not what the
   *     document says, or if the items are closed
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  Optional<T> next() throws IOException, InterruptedException;

  /**
   * Sends all items that are left to a sink, on this thread.
   *
   * @param sink takes them
   * @throws Exception if there are no more though there should be, or the sink takes no more
   */
  default void sendTo(ItemSink<? super T> sink) throws Exception {
    for (Optional<T> next = next(); next.isPresent(); next = next()) {
      sink.send(next.get());
    }
  }

  /**
   * Ends the items for whoever reads them: nothing more is made, or received. Produced items that
   * nobody has begun to read can be sent all the same. The server closes those of a response when
   * that has ended, whatever ends it, and if it is not sent at all; may be called more than once.
   */
  @Override
  void close();
}
