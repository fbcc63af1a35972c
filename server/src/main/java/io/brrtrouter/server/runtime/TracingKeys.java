package io.brrtrouter.server.runtime;

import static io.brrtrouter.server.config.ConfigType.bool;
import static io.brrtrouter.server.config.ConfigType.list;
import static io.brrtrouter.server.config.ConfigType.optional;
import static io.brrtrouter.server.config.ConfigType.text;

import io.brrtrouter.server.config.ConfigKey;
import java.util.List;
import java.util.Optional;

/** The settings about traces, beside the variables {@code OTEL_*} that OpenTelemetry has. */
final class TracingKeys {
  private static final int MOST = 255;

  static final ConfigKey<Boolean> ENABLED =
      new ConfigKey<>(
          "tracing.enabled",
          bool(),
          true,
          "Whether requests are recorded in traces, where the environment says where to: by"
              + " `OTEL_EXPORTER_OTLP_ENDPOINT` for example, with `io.brrtrouter:brrtrouter-otel` on"
              + " the class path. Nothing is recorded, and nothing kept open, where it does not.");
  static final ConfigKey<Optional<String>> SERVICE_NAME =
      new ConfigKey<>(
          "tracing.service_name",
          optional(text("a name", name -> !name.isBlank() && name.length() <= MOST)),
          Optional.empty(),
          "What the service is called in traces (`service.name`), unless `OTEL_SERVICE_NAME` or"
              + " `OTEL_RESOURCE_ATTRIBUTES` say it; the title of the document, unless set.");
  static final ConfigKey<List<String>> REDACTED =
      new ConfigKey<>(
          "tracing.redacted_query_parameters",
          list(text("name of a query parameter", name -> !name.isBlank())),
          List.of(),
          "Query parameters whose values traces do not have, beside those that carry the"
              + " document's API keys and those whose names sound like secrets (`token`,"
              + " `password`, `signature`, ...).");

  static final List<ConfigKey<?>> ALL = List.of(ENABLED, SERVICE_NAME, REDACTED);

  private TracingKeys() {}
}
