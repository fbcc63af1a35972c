package io.brrtrouter.otel;

import static io.opentelemetry.semconv.ErrorAttributes.ERROR_TYPE;
import static io.opentelemetry.semconv.HttpAttributes.HTTP_RESPONSE_STATUS_CODE;

import io.brrtrouter.server.http.TraceContext;
import io.brrtrouter.server.trace.Attachment;
import io.brrtrouter.server.trace.CallSpan;
import io.brrtrouter.server.trace.OutgoingCall;
import io.brrtrouter.server.trace.RequestSpan;
import io.brrtrouter.server.trace.RequestStep;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A server span with those of its steps. Safe for use by several threads. */
final class OtelSpan implements RequestSpan {
  /** Content octets sent; of the semantic conventions, not stable yet. */
  static final AttributeKey<Long> BODY_SIZE = AttributeKey.longKey("http.response.body.size");

  /** Whether the connection went before the response was complete. */
  static final AttributeKey<Boolean> ABORTED = AttributeKey.booleanKey("brrtrouter.aborted");

  /** From here on it is the server that has failed. */
  private static final int SERVER_ERROR = 500;

  private final Tracer tracer;
  private final TextMapPropagator propagator;
  private final QueryRedaction queries;
  private final Span span;
  private final Context context;
  private final TraceContext told;

  /** Those of steps, null where nothing is recorded. Guarded by this object, as is what follows. */
  private final @Nullable Map<RequestStep, Span> steps;

  private @Nullable Throwable failure;
  private boolean ended;

  OtelSpan(
      Tracer tracer,
      TextMapPropagator propagator,
      QueryRedaction queries,
      Span span,
      Context context) {
    this.tracer = tracer;
    this.propagator = propagator;
    this.queries = queries;
    this.span = span;
    this.context = context;
    SpanContext own = span.getSpanContext();
    this.told = new TraceContext(own.getTraceId(), own.getSpanId(), own.isSampled());
    this.steps = own.isSampled() ? new EnumMap<>(RequestStep.class) : null;
  }

  @Override
  public TraceContext context() {
    return told;
  }

  @Override
  public void begin(RequestStep step) {
    if (steps != null) {
      begin(steps, step);
    }
  }

  private synchronized void begin(Map<RequestStep, Span> all, RequestStep step) {
    if (!ended) {
      all.computeIfAbsent(
          step, _ -> tracer.spanBuilder(step.description()).setParent(context).startSpan());
    }
  }

  @Override
  public void end(RequestStep step) {
    Span of = of(step);
    if (of != null) {
      of.end(); // A second time does nothing.
    }
  }

  private @Nullable Span of(RequestStep step) {
    if (steps == null) {
      return null;
    }
    synchronized (this) {
      return steps.get(step);
    }
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // whoever has the attachment closes it
  public Attachment attach(@Nullable RequestStep step) {
    Span of = step == null ? null : of(step);
    Scope scope = (of == null ? context : context.with(of)).makeCurrent();
    return scope::close;
  }

  @Override
  public void failed(@Nullable RequestStep step, Throwable thrown) {
    boolean known;
    synchronized (this) {
      known = thrown.equals(failure);
      failure = thrown;
    }
    Span of = step == null ? null : of(step);
    if (of != null) {
      ExceptionEvent.add(of, thrown);
      of.setStatus(StatusCode.ERROR);
      of.setAttribute(ERROR_TYPE, thrown.getClass().getName());
    } else if (!known) { // Where it came from has it already.
      ExceptionEvent.add(span, thrown);
    }
  }

  @Override
  public CallSpan call(OutgoingCall call) {
    return OtelCall.start(tracer, propagator, queries, call);
  }

  @Override
  public void inject(BiConsumer<String, String> fields) {
    propagator.inject(Context.current(), fields, OtelCall.SETTER);
  }

  @Override
  public void ended(int status, long bytes, boolean aborted) {
    Throwable thrown = endSteps();
    if (status > 0) {
      span.setAttribute(HTTP_RESPONSE_STATUS_CODE, (long) status);
      span.setAttribute(BODY_SIZE, bytes);
    }
    if (aborted) {
      span.setAttribute(ABORTED, true);
    }
    if (status >= SERVER_ERROR) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute(
          ERROR_TYPE, thrown == null ? Integer.toString(status) : thrown.getClass().getName());
    }
    span.end();
  }

  private synchronized @Nullable Throwable endSteps() {
    ended = true;
    if (steps != null) {
      steps.values().forEach(Span::end);
    }
    return failure;
  }
}
