package io.brrtrouter.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines to a standard stream of the process, from a thread of its own: formatted where they
 * are logged, bounded where they wait. Safe for use by many threads.
 */
public final class QueuedAppender extends UnsynchronizedAppenderBase<ILoggingEvent> {
  private LineEncoder encoder = new JsonLineEncoder();
  private Sampling sampling = Sampling.ALL;
  private int lines = LineQueue.LINES;
  private @Nullable OutputStream out;
  private boolean stdout;
  private @Nullable Thread farewell;
  private volatile @Nullable LineQueue queue;

  /** For the backend, which makes one where a configuration names it. */
  public QueuedAppender() {}

  /**
   * Sets how lines look, JSON unless set.
   *
   * @param lineEncoder writes an event as a line
   */
  public void setEncoder(LineEncoder lineEncoder) {
    encoder = lineEncoder;
  }

  /**
   * Sets which lines are written, all unless set; warnings and errors always are.
   *
   * @param text as the variable {@code LOG_SAMPLING}
   */
  public void setSampling(String text) {
    sampling = Sampling.of(text);
  }

  /**
   * Sets where lines go, standard error unless set.
   *
   * @param name {@code stdout} or {@code stderr}
   */
  public void setOutput(String name) {
    stdout = name.equals("stdout");
  }

  /**
   * Sets how many lines wait at most.
   *
   * @param most 16 or more
   */
  public void setLines(int most) {
    lines = Math.max(16, most);
  }

  /** Sets where lines go, in tests. */
  void setStream(OutputStream stream) {
    out = stream;
  }

  @Override
  public void start() {
    OutputStream stream =
        out != null ? out : new FileOutputStream(stdout ? FileDescriptor.out : FileDescriptor.err);
    LineQueue fresh = new LineQueue(stream, lines, LineQueue.OCTETS, this::notice);
    fresh.start();
    queue = fresh;
    LogbackBackend.counts(fresh);
    Thread hook = Thread.ofPlatform().name("brrt-log-end").unstarted(fresh::close);
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      farewell = hook;
    } catch (IllegalStateException _) {
      fresh.close(); // The process is ending: who logs waits.
    }
    super.start();
  }

  private byte[] notice(Map<String, Long> dropped) {
    Entry entry =
        new Entry(
            System.currentTimeMillis(),
            Level.WARN,
            "io.brrtrouter.logging",
            Thread.currentThread().getName(),
            "lines of the log were dropped so far because nobody read it fast enough",
            "");
    dropped.forEach(
        (level, count) -> entry.add("dropped_" + level.toLowerCase(java.util.Locale.ROOT), count));
    return encoder.octets(entry);
  }

  @Override
  protected void append(ILoggingEvent event) {
    LineQueue lineQueue = queue;
    if (lineQueue != null && sampling.keeps(event.getLoggerName(), event.getLevel())) {
      lineQueue.offer(encoder.encode(event), event.getLevel());
    }
  }

  /** Waits until all that was logged is written, two seconds at most. */
  public void flush() {
    LineQueue lineQueue = queue;
    if (lineQueue != null) {
      lineQueue.flush();
    }
  }

  @Override
  public void stop() {
    super.stop();
    LineQueue last = queue;
    Thread hook = farewell;
    if (last != null) {
      last.end();
    }
    if (hook != null) {
      farewell = null;
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException _) {
        return; // It is running.
      }
    }
  }
}
