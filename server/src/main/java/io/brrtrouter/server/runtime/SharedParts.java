package io.brrtrouter.server.runtime;

import io.brrtrouter.server.measure.Measured;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What several generations of a server have in common, because it was made of the same settings:
 * providers with the keys they have fetched, buckets of clients, connections to who counts for
 * several servers. Each generation claims what it needs; what nobody claims any more is closed.
 * Safe for use by many threads, though only one at a time makes parts.
 */
final class SharedParts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server");

  /** Guards all below; never held while something is made or closed. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Map<Object, Part> parts = new HashMap<>();

  private final PastCounts past = new PastCounts();

  private boolean closed;

  private static final class Part {
    final Object value;
    int claims;

    Part(Object value) {
      this.value = value;
    }
  }

  /** Makes a part, and may fail. */
  @FunctionalInterface
  interface Maker<T, X extends Exception> {
    /** {@return a part} */
    T make() throws X;
  }

  /** {@return a claim of nothing yet} */
  Claim claim() {
    return new Claim(Map.of());
  }

  /** What one generation needs. Used by one thread at a time until it is released. */
  final class Claim {
    private final Map<Object, Part> claimed = new LinkedHashMap<>();

    private Claim(Map<Object, Part> same) {
      claimed.putAll(same);
      same.values().forEach(part -> part.claims++);
    }

    /**
     * {@return the part that is made of something; another generation's, if it needs one made of an
     * equal thing}
     *
     * @param madeOf all that the part depends on
     * @param type its class
     * @param maker makes it; one that is {@link AutoCloseable} is closed when nobody needs it
     * @throws X if it cannot be made
     * @throws IllegalStateException if the server has stopped
     */
    <T, X extends Exception> T get(Object madeOf, Class<T> type, Maker<? extends T, X> maker)
        throws X {
      T present = claimed(madeOf, type);
      return present == null ? made(madeOf, type, maker.make()) : present;
    }

    private <T> @Nullable T claimed(Object madeOf, Class<T> type) {
      lock.lock();
      try {
        Part part = parts.get(madeOf);
        if (part == null) {
          return null;
        }
        if (claimed.putIfAbsent(madeOf, part) == null) {
          part.claims++;
        }
        return type.cast(part.value);
      } finally {
        lock.unlock();
      }
    }

    private <T> T made(Object madeOf, Class<T> type, T value) {
      lock.lock();
      try {
        if (!closed) {
          parts.put(madeOf, new Part(value));
        }
      } finally {
        lock.unlock();
      }
      T part = claimed(madeOf, type);
      if (part == null) {
        closeAll(List.of(value));
        throw new IllegalStateException("the server has stopped");
      }
      return part;
    }

    /** {@return another claim of the same} */
    Claim again() {
      lock.lock();
      try {
        return new Claim(claimed);
      } finally {
        lock.unlock();
      }
    }

    /** Needs nothing any more; closes what nobody else needs. A second call does nothing. */
    void release() {
      List<Object> unclaimed = new ArrayList<>();
      lock.lock();
      try {
        claimed.forEach((madeOf, part) -> {
          if (--part.claims == 0 && parts.remove(madeOf, part)) {
            unclaimed.add(part.value);
            if (part.value instanceof Measured measured) {
              past.add(measured);
            }
          }
        });
        claimed.clear();
      } finally {
        lock.unlock();
      }
      closeAll(unclaimed);
    }
  }

  /**
   * {@return all parts of a class that somebody needs}
   *
   * @param type the class
   */
  <T> List<T> all(Class<T> type) {
    lock.lock();
    try {
      return parts.values().stream()
          .map(part -> part.value)
          .filter(type::isInstance)
          .map(type::cast)
          .toList();
    } finally {
      lock.unlock();
    }
  }

  /** {@return whatever has figures, and what those have counted that are gone} */
  List<Measured> measured() {
    lock.lock();
    try {
      List<Measured> all = new ArrayList<>(all(Measured.class));
      all.add(past.now());
      return all;
    } finally {
      lock.unlock();
    }
  }

  /** Closes what is left, claimed or not: nobody is served any more. */
  @Override
  public void close() {
    List<Object> left = new ArrayList<>();
    lock.lock();
    try {
      closed = true;
      parts.values().forEach(part -> left.add(part.value));
      parts.clear();
    } finally {
      lock.unlock();
    }
    closeAll(left);
  }

  private static void closeAll(List<Object> values) {
    for (Object value : values) {
      if (value instanceof AutoCloseable closeable) {
        try {
          closeable.close();
        } catch (Exception failure) {
          LOG.warn("something of the server failed to close", failure);
        }
      }
    }
  }
}
