package io.brrtrouter.server.log;

import io.brrtrouter.server.measure.Measured;
import java.util.Map;

/**
 * Writes what is logged, and is found as a service: the artifact {@code brrtrouter-logging} has
 * one. The server itself names no backend. Safe for use by many threads.
 */
public interface LogBackend extends Measured {
  /** The logger above all others. */
  String ROOT = "root";

  /**
   * Sets levels while the process runs. A logger that had one by an earlier call and has none any
   * more is again what it was before.
   *
   * @param byLogger levels by the name of the logger, {@link #ROOT} for that of all
   */
  void setLevels(Map<String, LogLevel> byLogger);
}
