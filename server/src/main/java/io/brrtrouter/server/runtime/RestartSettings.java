package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigValues;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The settings that only a start takes: those of sockets, connections and the end, and those an
 * application has read. All others are taken by each generation.
 */
final class RestartSettings {
  private static final List<ConfigKey<?>> OWN =
      Stream.of(
              List.of(
                  ConfigKeys.HOST,
                  ConfigKeys.PORT,
                  ConfigKeys.WATCH,
                  ConfigKeys.KEEP_ALIVE,
                  ConfigKeys.TIMEOUT,
                  ConfigKeys.MAX_REQUESTS,
                  ConfigKeys.MAX_CONNECTIONS,
                  ConfigKeys.MAX_IN_FLIGHT,
                  ConfigKeys.MAX_STREAMS,
                  ConfigKeys.MAX_CONCURRENT_STREAMS,
                  ConfigKeys.MAX_RESET_STREAMS,
                  ConfigKeys.MAX_TARGET,
                  ConfigKeys.MAX_HEADER_BYTES,
                  ConfigKeys.MAX_HEADERS,
                  ConfigKeys.MAX_TRAILER_BYTES,
                  ConfigKeys.MAX_CHUNK_EXTENSION_BYTES,
                  ConfigKeys.HEAD_TIMEOUT,
                  ConfigKeys.BODY_TIMEOUT,
                  ConfigKeys.BODY_TIMEOUT_PER_KIB,
                  ConfigKeys.DECISION_TIMEOUT,
                  ConfigKeys.WRITE_STALL,
                  ConfigKeys.WRITE_STALL_PER_KIB,
                  ConfigKeys.LINGER,
                  ConfigKeys.HTTP2,
                  ConfigKeys.PROXY_PROTOCOL,
                  ConfigKeys.PROXY_PROTOCOL_FROM,
                  ConfigKeys.BODY_HEAP,
                  ConfigKeys.ORIGINAL_NAMES,
                  ConfigKeys.FLIGHT_RECORDING,
                  ConfigKeys.SHUTDOWN_DELAY,
                  ConfigKeys.DRAIN),
              TlsKeys.ALL,
              TracingKeys.ALL)
          .<ConfigKey<?>>flatMap(List::stream)
          .toList();

  private RestartSettings() {}

  /**
   * {@return all there are}
   *
   * @param declared those of the application
   */
  static List<ConfigKey<?>> with(List<? extends ConfigKey<?>> declared) {
    List<ConfigKey<?>> all = new ArrayList<>(OWN);
    all.addAll(declared);
    return all;
  }

  /**
   * {@return a warning for each that has changed, which is not taken}
   *
   * @param keys those that only a start takes
   * @param running the values in force
   * @param fresh the values as they were read again
   */
  static List<Finding> changed(List<ConfigKey<?>> keys, ConfigValues running, ConfigValues fresh) {
    return keys.stream()
        .filter(key -> !rendered(key, running).equals(rendered(key, fresh)))
        .map(key -> warning(key, running, fresh))
        .toList();
  }

  private static <T> String rendered(ConfigKey<T> key, ConfigValues values) {
    return key.type().render(values.get(key));
  }

  private static Finding warning(ConfigKey<?> key, ConfigValues running, ConfigValues fresh) {
    SourceLocation place =
        fresh.isGiven(key)
            ? fresh.place(key)
            : running.isGiven(key) ? running.place(key) : new SourceLocation("configuration", 0, 0);
    return new Finding(
        "restart-needed",
        Severity.WARNING,
        place,
        "%s has changed from %s to %s, which only a start takes"
            .formatted(key.name(), shown(key, running), shown(key, fresh)),
        "restart the server");
  }

  private static String shown(ConfigKey<?> key, ConfigValues values) {
    String text = values.shown(key);
    return text.isEmpty() ? "nothing" : text;
  }
}
