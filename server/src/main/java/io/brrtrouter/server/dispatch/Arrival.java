package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.HeadDecision;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.TraceContext;
import io.brrtrouter.server.http.TransportFailure;
import io.brrtrouter.server.trace.Attachment;
import io.brrtrouter.server.trace.RequestSpan;
import io.brrtrouter.server.trace.RequestStep;
import io.brrtrouter.server.trace.RequestTracing;
import io.brrtrouter.server.trace.TracedRequest;
import java.net.InetAddress;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * A request whose head has arrived, with the generation that answers it.
 *
 * @param generation the generation, entered
 * @param operation the operation; null when none matches
 * @param head the head
 * @param requestId the request id
 * @param nanos when the head arrived, as {@link System#nanoTime} tells
 * @param cors the fields about other origins that every response to it has
 * @param active whether it is to be answered by its operation, or by what else there is
 * @param span records it in a trace, and ends when it is completed; null where nobody does
 */
record Arrival(
    Generation generation,
    @Nullable CompiledOperation operation,
    HttpRequest head,
    String requestId,
    long nanos,
    Headers cors,
    boolean active,
    @Nullable RequestSpan span)
    implements HeadDecision.Completion {

  /**
   * {@return a request that has arrived, its span begun if there is to be one; refused so far}
   *
   * @param generation as for the record
   * @param operation as for the record
   * @param head as for the record
   * @param requestId as for the record
   * @param nanos as for the record
   * @param cors as for the record
   */
  static Arrival traced(
      Generation generation,
      @Nullable CompiledOperation operation,
      HttpRequest head,
      String requestId,
      long nanos,
      Headers cors) {
    RequestTracing tracing = generation.api().options().tracing();
    RequestSpan span =
        tracing == null ? null : begun(tracing, generation.api(), operation, head, requestId);
    return new Arrival(generation, operation, head, requestId, nanos, cors, false, span);
  }

  /** {@return the same, which is to be answered; its end is told too} */
  Arrival begin() {
    listener().began();
    return new Arrival(generation, operation, head, requestId, nanos, cors, true, span);
  }

  private static @Nullable RequestSpan begun(
      RequestTracing tracing,
      CompiledApi api,
      @Nullable CompiledOperation operation,
      HttpRequest head,
      String requestId) {
    try {
      return tracing.start(
          new TracedRequest(
              head,
              operation == null ? null : operation.template(),
              operation == null ? null : operation.plan().operation().operationId().orElse(null),
              requestId,
              api.secretParameters(),
              api.options().proxies()));
    } catch (Throwable failure) {
      Failures.tracing(failure);
      return null;
    }
  }

  /** {@return what answers} */
  CompiledApi api() {
    return generation.api();
  }

  /**
   * {@return the same for an answer that no operation gives}
   *
   * @param fields about other origins
   */
  Arrival withoutOperation(Headers fields) {
    return new Arrival(generation, null, head, requestId, nanos, fields, false, span);
  }

  /**
   * {@return the refusal of a request that may not come from where it comes}
   *
   * @param rejection why
   * @param about the operation it is about, null if there is none
   */
  HeadDecision turnAway(Rejection rejection, @Nullable CompiledOperation about) {
    tell(Judgement.refused(this, about, rejection, Judgement.Looked.NOT));
    return refuse(rejection);
  }

  /** {@return the refusal of a request of which nobody could tell whether it may} */
  HeadDecision fail(Throwable failure, @Nullable CompiledOperation about) {
    Failures.security(this, failure);
    tell(Judgement.failed(this, about, failure, Judgement.Looked.NOT));
    return refuse(new Rejection.InternalError());
  }

  /** Tells the listeners whether the request may. */
  void tell(Judgement judgement) {
    RequestSteps.judged(judgement);
    listener().judged(judgement);
  }

  /** {@return who is told about it} */
  ExchangeListener listener() {
    return operation == null ? api().listeners() : operation.listener();
  }

  /** {@return the refusal, as a problem} */
  HeadDecision refuse(Rejection rejection) {
    return answer(api().problems().render(rejection, requestId));
  }

  /** {@return an answer without handler} */
  HeadDecision answer(HttpResponse response) {
    return new HeadDecision.Refuse(finish(response), this);
  }

  /** {@return a response as it is to be sent} */
  HttpResponse finish(HttpResponse response) {
    return Finisher.finish(response, requestId, api().securityHeaders(head.peer().secure()), cors);
  }

  /**
   * {@return the answer of a built-in endpoint}
   *
   * @param endpoint the endpoint
   * @param working bounds how many endpoints are at work
   * @param bounds bound the responses that are written while they are sent
   */
  HeadDecision answer(Endpoint endpoint, Permits working, Bounds bounds) {
    try {
      return switch (endpoint.answer(head)) {
        case Endpoint.Now(HttpResponse response) -> answer(response);
        case Endpoint.Later(Supplier<HttpResponse> work) -> {
          Permit permit = working.take();
          yield permit == null
              ? refuse(new Rejection.Overloaded())
              : new EndpointWork(
                      this,
                      work,
                      api().options().limits().body(),
                      permit,
                      new Departure(this, permit, bounds, this::finish))
                  .decision();
        }
      };
    } catch (Throwable failure) {
      Failures.endpoint(this, failure);
      return refuse(new Rejection.InternalError());
    }
  }

  /** {@return from which address the client asks, proxies considered; empty without one} */
  Optional<InetAddress> clientAddress() {
    return api().options().proxies().client(head);
  }

  /** {@return what tells the request within a trace; null when nobody named one} */
  @Nullable TraceContext trace() {
    return span == null ? TraceContext.of(head.headers()) : span.context();
  }

  /** A step begins, for who records it. */
  void begin(RequestStep step) {
    if (span != null) {
      span.begin(step);
    }
  }

  /** A step ends, if it has not. */
  void end(RequestStep step) {
    if (span != null) {
      span.end(step);
    }
  }

  /** {@return what has made the span of a step, or of the request, the current one here} */
  Attachment attach(@Nullable RequestStep step) {
    return span == null ? Attachment.NONE : span.attach(step);
  }

  /** Something has failed, for who records it. */
  void failed(@Nullable RequestStep step, Throwable failure) {
    if (span != null) {
      try {
        span.failed(step, failure);
      } catch (RuntimeException | Error of) { // What was to be told goes on.
        Failures.tracing(of);
      }
    }
  }

  /** {@return a line of the log, with what tells the request among others} */
  LoggingEventBuilder tell(LoggingEventBuilder line) {
    LoggingEventBuilder told = line.addKeyValue("request_id", requestId);
    TraceContext trace = trace();
    if (trace != null) {
      told = told.addKeyValue("trace_id", trace.traceId()).addKeyValue("span_id", trace.spanId());
    }
    return operation == null ? told : told.addKeyValue("operation", operation.name());
  }

  /** {@return where the request belongs, for the log: template, not path} */
  String place() {
    return operation == null ? "no operation" : operation.template();
  }

  @Override
  public HttpResponse instead(TransportFailure failure) {
    return finish(api().problems().render(new Rejection.Broken(failure), requestId));
  }

  /** Tells the listeners that the response is complete, and leaves the generation. */
  @Override
  public void completed(int status, long bytes, boolean aborted) {
    CompletedExchange exchange =
        new CompletedExchange(
            head,
            operation == null ? null : operation.plan().operation(),
            operation == null ? null : operation.template(),
            requestId,
            status,
            System.nanoTime() - nanos,
            bytes,
            aborted,
            span == null ? null : span.context());
    try {
      listener().completed(exchange);
      if (active) {
        listener().ended();
      }
      if (span != null) {
        span.ended(status, bytes, aborted);
      }
    } finally {
      generation.leave();
    }
  }
}
