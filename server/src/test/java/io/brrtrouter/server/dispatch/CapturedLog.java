package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What a logger wrote while a test ran; tests pick their own lines by request id. */
@SuppressWarnings("exports") // tests are no module of their own
public final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  /** More than any logging takes to come up, or any thread to write a line. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final List<ILoggingEvent> events = new ArrayList<>();
  private final Logger logger;

  /** Begins to listen to a logger. */
  public CapturedLog(String name) {
    logger = logger(name);
    start();
    logger.addAppender(this);
  }

  /**
   * {@return a logger} Another test may just be initialising the logging, which others cannot wait
   * for otherwise.
   */
  public static Logger logger(String name) {
    assertTimeoutPreemptively(
        PATIENCE,
        () -> {
          while (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext)) {
            Thread.onSpinWait();
          }
        });
    return (Logger) LoggerFactory.getLogger(name);
  }

  @Override
  protected void append(ILoggingEvent event) {
    synchronized (events) {
      events.add(event);
      events.notifyAll();
    }
  }

  /** {@return the events that mention a text} */
  public List<ILoggingEvent> about(String text) {
    synchronized (events) {
      return events.stream().filter(e -> e.getFormattedMessage().contains(text)).toList();
    }
  }

  /** {@return the first event that mentions a text, which may be yet to come} */
  public ILoggingEvent next(String text) throws InterruptedException {
    long began = System.nanoTime();
    synchronized (events) {
      while (about(text).isEmpty()) {
        long left = PATIENCE.toMillis() - (System.nanoTime() - began) / 1_000_000;
        assertThat(left).as("milliseconds left for a line about " + text).isPositive();
        events.wait(left);
      }
    }
    return about(text).getFirst();
  }

  @Override
  public void close() {
    logger.detachAppender(this);
    stop();
  }
}
