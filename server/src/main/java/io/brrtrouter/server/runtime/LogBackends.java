package io.brrtrouter.server.runtime;

import io.brrtrouter.server.config.ConfigValues;
import io.brrtrouter.server.log.LogBackend;
import io.brrtrouter.server.measure.Measured;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backends of logging that are there; the levels of a process are those of its last server. */
final class LogBackends {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server");

  /** Found once: what is on the class path does not change while the process lives. */
  private static final List<LogBackend> ALL = installed();

  private LogBackends() {}

  private static List<LogBackend> installed() {
    List<LogBackend> all = new ArrayList<>();
    try {
      ServiceLoader.load(LogBackend.class, LogBackend.class.getClassLoader()).forEach(all::add);
    } catch (ServiceConfigurationError unusable) {
      LOG.warn("a backend of logging cannot be used", unusable);
    }
    return List.copyOf(all);
  }

  static boolean areThere() {
    return !ALL.isEmpty();
  }

  /** Sets the configured levels, and takes back those that are not configured any more. */
  static void setLevels(ConfigValues values) {
    for (LogBackend backend : ALL) {
      backend.setLevels(LogKeys.levels(values));
    }
  }

  /** {@return what they have counted} */
  static List<Measured> measured() {
    return List.copyOf(ALL);
  }
}
