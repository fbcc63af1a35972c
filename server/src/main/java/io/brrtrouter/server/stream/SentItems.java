package io.brrtrouter.server.stream;

import io.brrtrouter.schema.stream.Items;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Items that are closed once, by whoever has sent them or when the response ends without. Safe for
 * use by many threads.
 */
final class SentItems {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.failures");

  private final Items<?> items;
  private final AtomicBoolean closed = new AtomicBoolean();

  SentItems(Items<?> items) {
    this.items = items;
  }

  /** Closes them, unless they are. */
  void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        items.close();
      } catch (RuntimeException failure) {
        LOG.warn("items that were sent could not be closed", failure);
      }
    }
  }
}
