package io.brrtrouter.server.runtime;

import static io.brrtrouter.server.config.ConfigType.bool;
import static io.brrtrouter.server.config.ConfigType.list;
import static io.brrtrouter.server.config.ConfigType.parsed;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigType;
import io.brrtrouter.server.config.ConfigValues;
import io.brrtrouter.server.dispatch.ExchangeListener;
import io.brrtrouter.server.http.TrustedProxies;
import io.brrtrouter.server.log.AccessLog;
import io.brrtrouter.server.log.LogLevel;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The settings about what is logged; how it is written is the backend's, from its start on. */
final class LogKeys {
  private static final String LEVELS = "log.levels";

  /** The artifact of ours that takes levels. */
  private static final String ARTIFACT = "brrtrouter-logging";

  static final ConfigKey<Boolean> ACCESS =
      new ConfigKey<Boolean>(
              "log.access",
              bool(),
              true,
              "Whether one line is logged for each request, by the logger `"
                  + AccessLog.LOGGER
                  + "` at INFO; those of the endpoints for health, readiness and metrics at DEBUG.")
          .alsoCalled("access_log", "requests");
  static final ConfigKey<List<AccessLog.Extra>> ACCESS_FIELDS =
      new ConfigKey<>(
          "log.access_fields",
          list(
              ConfigType.<AccessLog.Extra>parsed("`query` or `user_agent`", text -> extra(text))
                  .renderedBy(extra -> extra.name().toLowerCase(Locale.ROOT))),
          List.of(),
          "What such a line has besides: the query without the values of its parameters, the field `User-Agent`.");
  static final ConfigKey<Optional<LogLevel>> LEVEL =
      new ConfigKey<Optional<LogLevel>>(
          LEVELS + ".<logger>",
          ConfigType.optional(
              parsed("`off`, `error`, `warn`, `info`, `debug` or `trace`", LogLevel::of)),
          Optional.empty(),
          "The level of a logger and of those below it, `root` for all; changed while the server"
              + " runs, with `watch`. Needs the artifact `"
              + ARTIFACT
              + "`.");

  static final List<ConfigKey<?>> ALL = List.of(ACCESS, ACCESS_FIELDS, LEVEL);

  private LogKeys() {}

  private static Optional<AccessLog.Extra> extra(String text) {
    return Stream.of(AccessLog.Extra.values())
        .filter(extra -> extra.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst();
  }

  /** {@return who logs requests, if they are to be logged} */
  static Optional<ExchangeListener> access(
      ConfigValues values, EndpointSettings endpoints, TrustedProxies proxies) {
    if (!values.get(ACCESS)) {
      return Optional.empty();
    }
    Set<String> quiet = new LinkedHashSet<>();
    endpoints.health().ifPresent(quiet::add);
    endpoints.ready().ifPresent(quiet::add);
    endpoints.metrics().ifPresent(quiet::add);
    return Optional.of(new AccessLog(proxies, quiet, Set.copyOf(values.get(ACCESS_FIELDS))));
  }

  /** {@return the levels that are configured, by logger} */
  static Map<String, LogLevel> levels(ConfigValues values) {
    Map<String, LogLevel> levels = new HashMap<>();
    for (String logger : values.names(LEVELS)) {
      values.get(LEVEL.of(logger)).ifPresent(level -> levels.put(logger, level));
    }
    return levels;
  }

  /** {@return that nobody takes the levels, if some are configured} */
  static List<Finding> warnings(ConfigValues values) {
    Map<String, LogLevel> levels = levels(values);
    if (levels.isEmpty() || LogBackends.areThere()) {
      return List.of();
    }
    ConfigKey<?> first = LEVEL.of(levels.keySet().stream().sorted().findFirst().orElseThrow());
    return List.of(
        new Finding(
            "log-levels",
            Severity.WARNING,
            values.place(first),
            LEVELS + " is not taken: no backend of logging that takes levels is on the class path",
            "add the dependency io.brrtrouter:" + ARTIFACT));
  }
}
