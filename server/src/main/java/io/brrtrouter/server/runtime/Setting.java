package io.brrtrouter.server.runtime;

/**
 * One setting in force, for people to read.
 *
 * @param key the name in dotted form, {@code http.max_requests} for example
 * @param value the value as one would write it; {@code ******} for a secret
 * @param source where it comes from: {@code default}, {@code config.yaml:3:9}, {@code PORT} for a
 *     variable, {@code --port} for a flag
 */
public record Setting(String key, String value, String source) {

  /** {@return {@code key = value (source)}} */
  @Override
  public String toString() {
    return key + " = " + value + " (" + source + ")";
  }
}
