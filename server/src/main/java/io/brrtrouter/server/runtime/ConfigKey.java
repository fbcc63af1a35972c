package io.brrtrouter.server.runtime;

import java.util.Locale;

/**
 * Everything there is to know about one setting; the configuration reference is generated from it.
 *
 * @param name the name in dotted form, {@code http.max_requests} for example
 * @param type the values it takes
 * @param fallback the value unless configured
 * @param description what it does, in one or two sentences
 * @param secret whether its value must not be shown
 * @param <T> the Java type of its values
 */
record ConfigKey<T>(
    String name, ConfigType<T> type, T fallback, String description, boolean secret) {

  /** Prefix of the environment variables. */
  static final String PREFIX = "BRRTR_";

  ConfigKey(String name, ConfigType<T> type, T fallback, String description) {
    this(name, type, fallback, description, false);
  }

  /** {@return the environment variable, {@code BRRTR_HTTP_MAX_REQUESTS} for example} */
  String variable() {
    return PREFIX + name.replace('.', '_').toUpperCase(Locale.ROOT);
  }
}
