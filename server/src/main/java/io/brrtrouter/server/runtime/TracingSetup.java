package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.model.Info;
import io.brrtrouter.server.config.ConfigValues;
import io.brrtrouter.server.trace.RequestTracing;
import io.brrtrouter.server.trace.TracingSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds who records requests in traces. */
final class TracingSetup {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server");

  /** Says where traces go to, and nobody here may know how. */
  private static final List<String> ASKING =
      List.of("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");

  private static final String UNNAMED = "unknown_service:java";

  private TracingSetup() {}

  /**
   * {@return who records requests, closed with the server; null where nobody is asked to}
   *
   * @param lifecycle of the server
   * @param loaded the document, which may have errors
   * @throws StartupException if the environment asks for what there is not
   */
  static @Nullable RequestTracing open(Lifecycle lifecycle, Loaded loaded) {
    RequestTracing tracing = open(lifecycle.config(), loaded).orElse(null);
    if (tracing != null) {
      lifecycle.keepToTheEnd(tracing);
    }
    return tracing;
  }

  private static Optional<RequestTracing> open(ServerConfig config, Loaded loaded) {
    ConfigValues values = config.values();
    if (!values.get(TracingKeys.ENABLED) || config.environment().isEmpty()) {
      return Optional.empty();
    }
    List<TracingSource> sources = new ArrayList<>();
    ServiceLoader.load(TracingSource.class).forEach(sources::add);
    Map<String, String> environment = foreign(config.environment());
    if (sources.isEmpty()) {
      warn(environment);
      return Optional.empty();
    }
    Optional<Info> info = loaded.api().map(api -> api.info());
    return open(
        sources,
        new TracingSource.Settings(
            environment,
            values
                .get(TracingKeys.SERVICE_NAME)
                .or(() -> info.map(Info::title))
                .filter(name -> !name.isBlank())
                .orElse(UNNAMED),
            info.map(Info::version).orElse(""),
            values.get(TracingKeys.REDACTED)));
  }

  private static Optional<RequestTracing> open(
      List<TracingSource> sources, TracingSource.Settings settings) {
    for (TracingSource source : sources) {
      try {
        Optional<RequestTracing> tracing = source.open(settings);
        if (tracing.isPresent()) {
          return tracing;
        }
      } catch (IllegalArgumentException wrong) {
        throw new StartupException(
            "requests cannot be recorded in traces: "
                + wrong.getMessage()
                + "; correct the variable, or set tracing.enabled to false",
            wrong);
      }
    }
    return Optional.empty();
  }

  private static Map<String, String> foreign(Map<String, String> environment) {
    return environment.entrySet().stream()
        .filter(variable -> !variable.getKey().startsWith("BRRTR_"))
        .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static void warn(Map<String, String> environment) {
    for (String name : ASKING) {
      if (!environment.getOrDefault(name, "").isEmpty()) {
        LOG.warn(
            "{} is set, but nothing on the class path records traces; add"
                + " io.brrtrouter:brrtrouter-otel to the dependencies, or set tracing.enabled to"
                + " false",
            name);
        return;
      }
    }
  }
}
