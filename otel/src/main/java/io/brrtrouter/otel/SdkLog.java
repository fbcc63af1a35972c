package io.brrtrouter.otel;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the SDK logs, in the log of the server: the SDK uses the JDK's loggers, which nobody may
 * have set up. What its exporters say is for debugging there, because {@link TalkativeExporter}
 * says it better.
 */
final class SdkLog extends Handler {
  private static final String EXPORTERS = "io.opentelemetry.exporter";
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger("io.brrtrouter.otel");

  /** Held, because a logger that nobody holds forgets what was set. */
  private static final Logger SDK = Logger.getLogger("io.opentelemetry");

  private SdkLog() {}

  /** Once for the process. */
  static synchronized void install() {
    for (Handler handler : SDK.getHandlers()) {
      if (handler instanceof SdkLog) {
        return;
      }
    }
    SDK.addHandler(new SdkLog());
    SDK.setUseParentHandlers(false);
  }

  @Override
  public void publish(LogRecord entry) {
    String logger = String.valueOf(entry.getLoggerName());
    String text = logger + ": " + entry.getMessage();
    if (logger.startsWith(EXPORTERS) || entry.getLevel().intValue() < Level.INFO.intValue()) {
      LOG.debug(text, entry.getThrown());
    } else if (entry.getLevel().intValue() >= Level.WARNING.intValue()) {
      LOG.warn(text, entry.getThrown());
    } else {
      LOG.info(text, entry.getThrown());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
