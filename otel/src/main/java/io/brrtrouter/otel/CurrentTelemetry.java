package io.brrtrouter.otel;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.logs.LoggerProvider;
import io.opentelemetry.api.metrics.MeterProvider;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerBuilder;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The OpenTelemetry of the request on whose thread one is, else the one that was offered last. Who
 * is told of it may be made before any server is. Safe for use by many threads.
 */
final class CurrentTelemetry implements OpenTelemetry {
  static final CurrentTelemetry INSTANCE = new CurrentTelemetry();

  private static final ContextKey<OpenTelemetry> KEY =
      ContextKey.named("io.brrtrouter.otel.telemetry");
  private static final List<OpenTelemetry> OFFERED = new CopyOnWriteArrayList<>();

  private CurrentTelemetry() {}

  /** {@return a context in which one is the current} */
  static Context within(Context context, OpenTelemetry telemetry) {
    return context.with(KEY, telemetry);
  }

  /** Offers one where there is no request; {@return what takes it back} */
  static Runnable offer(OpenTelemetry telemetry) {
    OFFERED.add(telemetry);
    return () -> OFFERED.remove(telemetry);
  }

  private static OpenTelemetry now() {
    OpenTelemetry ofRequest = Context.current().get(KEY);
    if (ofRequest != null) {
      return ofRequest;
    }
    for (OpenTelemetry offered : OFFERED.reversed()) {
      return offered;
    }
    return OpenTelemetry.noop();
  }

  @Override
  public TracerProvider getTracerProvider() {
    return new TracerProvider() {
      @Override
      public Tracer get(String name) {
        return new Scope(name, null, null);
      }

      @Override
      public Tracer get(String name, String version) {
        return new Scope(name, version, null);
      }

      @Override
      public TracerBuilder tracerBuilder(String name) {
        return new ScopeBuilder(name);
      }
    };
  }

  @Override
  public MeterProvider getMeterProvider() {
    return now().getMeterProvider();
  }

  @Override
  public LoggerProvider getLogsBridge() {
    return now().getLogsBridge();
  }

  @Override
  public ContextPropagators getPropagators() {
    return ContextPropagators.create(Propagator.INSTANCE);
  }

  /** An instrumentation scope, whose tracer is looked up where a span begins. */
  private record Scope(String name, @Nullable String version, @Nullable String schema)
      implements Tracer {
    @Override
    public SpanBuilder spanBuilder(String span) {
      TracerBuilder builder = now().getTracerProvider().tracerBuilder(name);
      if (version != null) {
        builder.setInstrumentationVersion(version);
      }
      if (schema != null) {
        builder.setSchemaUrl(schema);
      }
      return builder.build().spanBuilder(span);
    }
  }

  private static final class ScopeBuilder implements TracerBuilder {
    private final String name;
    private @Nullable String version;
    private @Nullable String schema;

    ScopeBuilder(String name) {
      this.name = name;
    }

    @Override
    public TracerBuilder setSchemaUrl(String url) {
      schema = url;
      return this;
    }

    @Override
    public TracerBuilder setInstrumentationVersion(String number) {
      version = number;
      return this;
    }

    @Override
    public Tracer build() {
      return new Scope(name, version, schema);
    }
  }

  private enum Propagator implements TextMapPropagator {
    INSTANCE;

    private static TextMapPropagator now() {
      return CurrentTelemetry.now().getPropagators().getTextMapPropagator();
    }

    @Override
    public Collection<String> fields() {
      return now().fields();
    }

    @Override
    public <C> void inject(Context context, @Nullable C carrier, TextMapSetter<C> setter) {
      now().inject(context, carrier, setter);
    }

    @Override
    public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
      return now().extract(context, carrier, getter);
    }
  }
}
