package io.brrtrouter.server.runtime;

import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigValues;

/**
 * One setting in force, for people to read.
 *
 * @param key the name in dotted form, {@code http.max_requests} for example
 * @param value the value as one would write it; {@code ******} for a secret
 * @param source where it comes from: {@code default}, {@code config.yaml:3:9}, {@code PORT} for a
 *     variable, {@code --port} for a flag
 */
public record Setting(String key, String value, String source) {

  static Setting of(ConfigKey<?> key, ConfigValues values) {
    return new Setting(key.name(), values.shown(key), values.source(key));
  }

  /** {@return {@code key = value (source)}} */
  @Override
  public String toString() {
    return key + " = " + value + " (" + source + ")";
  }
}
