package io.brrtrouter.otel;

import static io.opentelemetry.semconv.ErrorAttributes.ERROR_TYPE;
import static io.opentelemetry.semconv.HttpAttributes.HTTP_REQUEST_METHOD;
import static io.opentelemetry.semconv.HttpAttributes.HTTP_REQUEST_RESEND_COUNT;
import static io.opentelemetry.semconv.HttpAttributes.HTTP_RESPONSE_STATUS_CODE;
import static io.opentelemetry.semconv.ServerAttributes.SERVER_ADDRESS;
import static io.opentelemetry.semconv.ServerAttributes.SERVER_PORT;
import static io.opentelemetry.semconv.UrlAttributes.URL_FULL;

import io.brrtrouter.server.trace.CallSpan;
import io.brrtrouter.server.trace.OutgoingCall;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** A client span of an outgoing request. */
final class OtelCall implements CallSpan {
  /** Hands fields on to whoever takes them. */
  static final TextMapSetter<BiConsumer<String, String>> SETTER = OtelCall::set;

  /** From here on a client has asked for what it does not get. */
  private static final int CLIENT_ERROR = 400;

  private final TextMapPropagator propagator;
  private final Span span;
  private final Context context;

  private OtelCall(TextMapPropagator propagator, Span span, Context context) {
    this.propagator = propagator;
    this.span = span;
    this.context = context;
  }

  static OtelCall start(
      Tracer tracer, TextMapPropagator propagator, QueryRedaction queries, OutgoingCall call) {
    Context parent = Context.current();
    Span span =
        tracer
            .spanBuilder(call.method())
            .setSpanKind(SpanKind.CLIENT)
            .setParent(parent)
            .setAttribute(HTTP_REQUEST_METHOD, call.method())
            .setAttribute(SERVER_ADDRESS, call.host())
            .setAttribute(SERVER_PORT, (long) call.port())
            .setAttribute(URL_FULL, url(call, queries))
            .startSpan();
    if (call.resends() > 0) {
      span.setAttribute(HTTP_REQUEST_RESEND_COUNT, (long) call.resends());
    }
    return new OtelCall(propagator, span, parent.with(span));
  }

  private static String url(OutgoingCall call, QueryRedaction queries) {
    String host = call.host().indexOf(':') < 0 ? call.host() : "[" + call.host() + "]";
    String target = call.target();
    int question = target.indexOf('?');
    return call.scheme()
        + "://"
        + host
        + ":"
        + call.port()
        + (question < 0
            ? target
            : target.substring(0, question + 1)
                + queries.redact(target.substring(question + 1), Set.of()));
  }

  private static void set(@Nullable BiConsumer<String, String> fields, String name, String value) {
    if (fields != null) {
      fields.accept(name, value);
    }
  }

  @Override
  public void inject(BiConsumer<String, String> fields) {
    propagator.inject(context, fields, SETTER);
  }

  @Override
  public void answered(int status) {
    span.setAttribute(HTTP_RESPONSE_STATUS_CODE, (long) status);
    if (status >= CLIENT_ERROR) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute(ERROR_TYPE, Integer.toString(status));
    }
    span.end();
  }

  @Override
  public void failed(Throwable failure) {
    span.setStatus(StatusCode.ERROR);
    span.setAttribute(ERROR_TYPE, failure.getClass().getName());
    ExceptionEvent.add(span, failure);
    span.end();
  }
}
