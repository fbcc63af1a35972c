package io.brrtrouter.server.http;

import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Content of known length of which any part can be written: a file, an object of a store. The
 * server opens it for a response that has some of it, once, and closes it when that has ended,
 * however it ends.
 *
 * <p>Safe for use by many threads; what is opened is used by one.
 */
public interface SeekableContent {
  /**
   * Which content it is. Immutable.
   *
   * @param length how many octets it has
   * @param lastModified when it was modified last; null if nobody knows, or if it may have been
   *     modified again since without that telling
   * @param entityTag tells it from what the same resource had or will have; null without one
   */
  record Version(long length, @Nullable Instant lastModified, @Nullable EntityTag entityTag) {
    /** Refuses lengths that there are none of. */
    public Version {
      if (length < 0) {
        throw new IllegalArgumentException("content has 0 octets or more, not " + length);
      }
    }
  }

  /** Writes parts of content that opens itself what it needs for each. */
  @FunctionalInterface
  interface PartWriter {
    /**
     * Writes a part, with plain blocking code on a virtual thread.
     *
     * @param sink takes the octets
     * @param from the index of the first one, from 0
     * @param length how many there are to be, 0 or more
     * @throws Exception if there are no more though the part is not complete; the response is cut
     *     off
     */
    void writeTo(ContentSink sink, long from, long length) throws Exception;
  }

  /** What is open: one version of the content, whatever becomes of its source meanwhile. */
  interface Opened extends PartWriter, Closeable {
    /** {@return which content it is} */
    Version version();
  }

  /**
   * {@return which content it is, as far as is known without opening it} Called by whichever
   * thread, and must not block. Decides what needs no content, a 304 for example; for everything
   * else that of {@link #open} counts.
   */
  Version version();

  /**
   * Opens it. May block.
   *
   * @return what is open; to be closed by the caller
   * @throws ContentGoneException if it is not there any more
   * @throws IOException if it cannot be opened
   */
  Opened open() throws IOException;

  /**
   * {@return content that nobody has to open}
   *
   * @param version which content it is
   * @param writer writes parts of it
   */
  static SeekableContent of(Version version, PartWriter writer) {
    return new UnopenedContent(version, writer);
  }
}
