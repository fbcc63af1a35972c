package io.brrtrouter.server.decode;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Takes a sequential media type apart while it comes, an item at a time. Only the item that is next
 * is in memory. Belongs to one body.
 */
sealed interface ItemSource permits TextItems, PartItemSource {

  /**
   * {@return the next item, null if there are no more}
   *
   * @throws MalformedItemException if the body is not in the syntax of its media type here, or the
   *     item is larger than it may be
   * @throws IOException if the body cannot be read
   */
  @Nullable RawItem next() throws IOException;
}
