package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.ContentSink;
import io.brrtrouter.server.http.SeekableContent;
import io.brrtrouter.server.http.SeekableContent.Version;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Content that is open for one response, and closed once: by whoever has written it, or when the
 * response ends without.
 */
final class OpenContent {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.failures");

  private final SeekableContent.Opened opened;
  private final AtomicBoolean closed = new AtomicBoolean();

  OpenContent(SeekableContent.Opened opened) {
    this.opened = opened;
  }

  /** {@return which content it is} */
  Version version() {
    return opened.version();
  }

  /**
   * Writes what was chosen of it, and closes it.
   *
   * @param stream keeps it open as long as somebody holds it
   */
  void writeTo(ContentSink sink, Selection.Writer chosen, Permit stream) throws Exception {
    if (!stream.hold()) {
      throw new ClientGoneException(); // The response has ended, and this is closed.
    }
    try {
      chosen.writeTo(opened, sink);
    } finally {
      close();
      stream.release();
    }
  }

  /** Closes it, unless it is. */
  void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        opened.close();
      } catch (IOException | RuntimeException failure) {
        LOG.warn("content that was sent could not be closed", failure);
      }
    }
  }

  /** Closes it, unless it is, without making an event loop wait for that. */
  void abandon() {
    if (!closed.get()) {
      Thread.ofVirtual().name("close").start(this::close);
    }
  }
}
