package io.brrtrouter.otel;

import io.brrtrouter.server.trace.RequestTracing;
import io.brrtrouter.server.trace.TracingSource;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.util.Optional;

/**
 * Tracing by OpenTelemetry where the standard variables ask for it, see {@link OtelVariables}.
 * Found by the server; nobody else needs it.
 */
public final class OtelSource implements TracingSource {
  /** For the server. */
  public OtelSource() {}

  @Override
  public Optional<RequestTracing> open(Settings settings) {
    OtelVariables variables = OtelVariables.of(settings.environment());
    if (!variables.ask()) {
      return Optional.empty();
    }
    try {
      OpenTelemetrySdk sdk = SdkSetup.open(variables, settings);
      return Optional.of(OtelTracing.closing(sdk, variables.knownMethods(), settings.redacted()));
    } catch (ConfigurationException wrong) {
      throw new IllegalArgumentException(String.valueOf(wrong.getMessage()), wrong);
    }
  }
}
