package io.brrtrouter.security;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What is logged under a name meanwhile. */
final class Lines implements AutoCloseable {
  private final Logger logger;
  private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

  Lines(Class<?> of) {
    this(of.getName());
  }

  Lines(String name) {
    logger = (Logger) LoggerFactory.getLogger(name);
    appender.start();
    logger.setLevel(Level.TRACE);
    logger.addAppender(appender);
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    appender.list.forEach(each -> lines.add(each.getLevel() + " " + each.getFormattedMessage()));
    return lines;
  }

  @Override
  public void close() {
    logger.detachAppender(appender);
    logger.setLevel(null);
  }
}
