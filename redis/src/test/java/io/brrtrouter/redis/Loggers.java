package io.brrtrouter.redis;

import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** Loggers of Logback, which are others while another thread starts it. */
final class Loggers {
  private Loggers() {}

  static Logger named(String name) {
    while (true) {
      if (LoggerFactory.getLogger(name) instanceof Logger logger) {
        return logger;
      }
      Thread.onSpinWait();
    }
  }
}
