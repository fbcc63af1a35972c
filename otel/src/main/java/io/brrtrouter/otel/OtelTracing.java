package io.brrtrouter.otel;

import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.trace.RequestSpan;
import io.brrtrouter.server.trace.RequestTracing;
import io.brrtrouter.server.trace.TracedRequest;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records requests with OpenTelemetry: a server span for each, by the semantic conventions of HTTP
 * spans, with the configured propagators and sampler. A server that is configured by the standard
 * variables makes its own; this is for those who have an {@link OpenTelemetry} already. Safe for
 * use by many threads.
 *
 * <pre>{@code
 * BrrtServer.builder().document(file).tracing(OtelTracing.of(openTelemetry, List.of())).start();
 * }</pre>
 */
public final class OtelTracing implements RequestTracing {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.otel");

  /** Of the instrumentation scope. */
  static final String SCOPE = "io.brrtrouter.server";

  /** What is left of a drain should not be waited for much longer. */
  private static final long CLOSING_SECONDS = 5;

  private final OpenTelemetry telemetry;
  private final Tracer tracer;
  private final TextMapPropagator propagator;
  private final SpanAttributes attributes;
  private final Runnable closing;

  private OtelTracing(
      OpenTelemetry telemetry, Set<String> methods, List<String> redacted, Runnable closing) {
    this.telemetry = telemetry;
    this.tracer = telemetry.getTracer(SCOPE);
    this.propagator = telemetry.getPropagators().getTextMapPropagator();
    this.attributes = new SpanAttributes(methods, new QueryRedaction(redacted));
    this.closing = closing;
  }

  /**
   * {@return tracing with an OpenTelemetry of the application's, which it goes on to own}
   *
   * @param telemetry records
   * @param redacted names of further query parameters whose values are not recorded
   */
  public static OtelTracing of(OpenTelemetry telemetry, List<String> redacted) {
    return new OtelTracing(telemetry, OtelVariables.usualMethods(), redacted, () -> {});
  }

  /** {@return tracing with an SDK, which is flushed and closed with it} */
  static OtelTracing closing(OpenTelemetrySdk sdk, Set<String> methods, List<String> redacted) {
    Runnable withdraw = CurrentTelemetry.offer(sdk);
    return new OtelTracing(
        sdk,
        methods,
        redacted,
        () -> {
          withdraw.run();
          if (!sdk.shutdown().join(CLOSING_SECONDS, TimeUnit.SECONDS).isSuccess()) {
            LOG.warn(
                "the last traces may be lost: they were not sent within {} s", CLOSING_SECONDS);
          }
        });
  }

  /**
   * {@return an OpenTelemetry for libraries that record what handlers do, such as queries of a
   * database} It records with the OpenTelemetry of the request on whose thread it is used; where
   * there is no request, with that of the server that was started last by the standard variables,
   * and nothing where there is none. So it can be had before the server starts, and serves several.
   */
  public static OpenTelemetry current() {
    return CurrentTelemetry.INSTANCE;
  }

  @Override
  public RequestSpan start(TracedRequest request) {
    Context parent = parent(request.head().headers());
    SpanBuilder builder =
        tracer.spanBuilder(attributes.name(request)).setSpanKind(SpanKind.SERVER).setParent(parent);
    attributes.sampled(builder, request);
    Span span = builder.startSpan();
    if (span.isRecording()) {
      attributes.recorded(span, request);
    }
    return new OtelSpan(
        tracer,
        propagator,
        attributes.queries(),
        span,
        CurrentTelemetry.within(parent.with(span), telemetry));
  }

  private Context parent(Headers headers) {
    return propagator.extract(Context.root(), headers, HeadersGetter.INSTANCE);
  }

  @Override
  public void close() {
    closing.run();
  }
}
