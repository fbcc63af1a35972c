package io.brrtrouter.server.stream;

import io.brrtrouter.server.dispatch.ItemContract;
import org.jspecify.annotations.Nullable;

/**
 * How the items of a sequential media type stand one behind the other. Immutable.
 *
 * @param <T> what an item is
 */
interface Framing<T> {
  /** Nothing. */
  byte[] NOTHING = {};

  /** {@return the media type, as it is sent} */
  String contentType();

  /**
   * {@return an item as it is sent, once it is judged}
   *
   * @param item the item
   * @param contract what the document says of it
   * @param number which item it is, from 1
   * @throws IllegalArgumentException if the document does not allow it, and that is enforced
   */
  byte[] frame(T item, ItemContract contract, long number);

  /** {@return what stands before the first item} */
  default byte[] begin() {
    return NOTHING;
  }

  /** {@return what stands behind the last item of a complete response} */
  default byte[] end() {
    return NOTHING;
  }

  /**
   * {@return what can be sent and means nothing, null where there is nothing such}
   *
   * @param begun whether an item has been sent
   */
  default byte @Nullable [] heartbeat(boolean begun) {
    return null;
  }
}
