package io.brrtrouter.otel;

import static io.opentelemetry.semconv.ServiceAttributes.SERVICE_NAME;
import static io.opentelemetry.semconv.ServiceAttributes.SERVICE_VERSION;

import io.brrtrouter.server.trace.TracingSource;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.resources.ResourceBuilder;
import java.util.HashMap;
import java.util.Map;

/** Makes an SDK of the standard variables. */
final class SdkSetup {
  private static final String UNKNOWN = "unknown_service";

  /**
   * Where our defaults are not the SDK's: metrics are scraped and logs written, so neither is
   * exported unless somebody asks, and OTLP goes over HTTP, as its specification recommends.
   */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "otel.metrics.exporter", "none",
          "otel.logs.exporter", "none",
          "otel.exporter.otlp.protocol", "http/protobuf");

  private SdkSetup() {}

  /**
   * {@return an SDK, to be closed}
   *
   * @throws io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException if the variables ask for
   *     what there is not
   */
  static OpenTelemetrySdk open(OtelVariables variables, TracingSource.Settings settings) {
    Map<String, String> properties = new HashMap<>(DEFAULTS);
    properties.putAll(variables.properties());
    SdkLog.install();
    return AutoConfiguredOpenTelemetrySdk.builder()
        .addPropertiesSupplier(() -> properties)
        .addResourceCustomizer((resource, _) -> named(resource, settings))
        .addSpanExporterCustomizer((exporter, _) -> new TalkativeExporter(exporter))
        .disableShutdownHook() // The server ends it, when it has answered the last request.
        .build()
        .getOpenTelemetrySdk();
  }

  private static Resource named(Resource resource, TracingSource.Settings settings) {
    ResourceBuilder more = Resource.builder();
    String name = resource.getAttribute(SERVICE_NAME);
    if (name == null || name.startsWith(UNKNOWN)) {
      more.put(SERVICE_NAME, settings.serviceName());
    }
    if (resource.getAttribute(SERVICE_VERSION) == null && !settings.serviceVersion().isEmpty()) {
      more.put(SERVICE_VERSION, settings.serviceVersion());
    }
    return resource.merge(more.build());
  }
}
