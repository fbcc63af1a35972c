package io.brrtrouter.server.dispatch;

import io.brrtrouter.schema.codec.Checks;
import io.brrtrouter.server.decode.BodyDecoder;
import io.brrtrouter.server.decode.DecodedBody;
import io.brrtrouter.server.decode.DecodedParameters;
import io.brrtrouter.server.decode.MediaDecoder;
import io.brrtrouter.server.decode.RequestViolation;
import io.brrtrouter.server.decode.UnrepresentableException;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.trace.Attachment;
import io.brrtrouter.server.trace.RequestStep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The innermost part of an operation: decode, handle, check. Immutable. */
final class Pipeline implements Next {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.contract");

  private final CompiledOperation operation;

  Pipeline(CompiledOperation operation) {
    this.operation = operation;
  }

  @Override
  public HttpResponse proceed(Exchange exchange) throws Exception {
    LoopStep around = exchange.enter(operation.steps().server());
    try {
      return respond(exchange);
    } finally {
      exchange.enter(around);
    }
  }

  private HttpResponse respond(Exchange exchange) throws Exception {
    exchange.begin(RequestStep.DECODE);
    try {
      return decoded(exchange);
    } finally {
      exchange.end(RequestStep.DECODE); // What is refused gets no further.
    }
  }

  private HttpResponse decoded(Exchange exchange) throws Exception {
    OperationPlan plan = operation.plan();
    Admission admission = exchange.admission();
    Rejection unlessEmpty = admission.unlessEmpty();
    StreamedContent content = exchange.content();
    boolean hasContent =
        unlessEmpty != null
            && (content == null ? exchange.rawBody().length > 0 : !content.isEmpty());
    if (unlessEmpty != null && hasContent) {
      return operation.surroundings().problems().render(unlessEmpty, exchange.requestId());
    }
    DecodedParameters parameters = plan.parameters().decode(exchange.head(), admission.match());
    if (content != null && !parameters.violations().isEmpty()) {
      // Nobody has to send a body that may be large to be told of this.
      Rejection unread = new Rejection.Invalid(parameters.violations(), parameters.omitted());
      return refused(exchange, unread);
    }
    DecodedBody body =
        content == null
            ? body(plan.body(), admission.media(), exchange.rawBody())
            : streamed(plan, admission.media(), content);
    RequestSteps.decoded(exchange, parameters, body);
    if (body instanceof DecodedBody.Drifted) {
      reportDrift(exchange, "refused a body that the document accepts");
    }
    Rejection rejection = rejection(parameters, body);
    if (rejection != null) {
      RequestSteps.invalid(exchange, rejection);
      return refused(exchange, rejection);
    }
    exchange.end(RequestStep.DECODE);
    return answer(exchange, new Request(exchange, parameters, body));
  }

  private HttpResponse refused(Exchange exchange, Rejection rejection) {
    operation.tellViolations(rejection);
    return operation.surroundings().problems().render(rejection, exchange.requestId());
  }

  private HttpResponse answer(Exchange exchange, Request request) throws Exception {
    try {
      return answered(exchange, request);
    } catch (ServiceException failure) {
      // Not the handler's response, of which the document would have to know.
      return operation
          .surroundings()
          .problems()
          .render(new Rejection.Service(failure), exchange.requestId());
    }
  }

  private HttpResponse answered(Exchange exchange, Request request) throws Exception {
    Handler handler = operation.answerer().handler();
    if (handler instanceof TypedHandler typed) {
      try {
        long began = RequestSteps.handling(exchange);
        TypedResponse<?> response = present(answer(typed, exchange, request));
        RequestSteps.handled(exchange, began, response.status());
        return write(exchange, response);
      } catch (UnrepresentableException unrepresentable) {
        return refused(exchange, unrepresentable(unrepresentable.parameter()));
      } catch (UnwritableException unwritable) {
        return withheld(exchange, unwritable);
      }
    }
    long began = RequestSteps.handling(exchange);
    HttpResponse response = present(handle(handler, exchange, request));
    RequestSteps.handled(exchange, began, response.status());
    return isChecked(exchange) && !switches(response) ? check(exchange, response, true) : response;
  }

  /** What switches the protocol has no content, and need not be declared. */
  private static boolean switches(HttpResponse response) {
    return response.body() instanceof Body.Tunnel;
  }

  private @Nullable TypedResponse<?> answer(
      TypedHandler handler, Exchange exchange, Request request) throws Exception {
    LoopStep around = enterHandler(exchange);
    try (Attachment _ = exchange.attach(RequestStep.HANDLER)) {
      return request.handled(() -> handler.answer(request));
    } catch (Throwable failure) {
      exchange.failed(RequestStep.HANDLER, failure);
      throw failure;
    } finally {
      leaveHandler(exchange, around);
    }
  }

  private @Nullable HttpResponse handle(Handler handler, Exchange exchange, Request request)
      throws Exception {
    LoopStep around = enterHandler(exchange);
    try (Attachment _ = exchange.attach(RequestStep.HANDLER)) {
      return request.handled(() -> handler.handle(request));
    } catch (Throwable failure) {
      exchange.failed(RequestStep.HANDLER, failure);
      throw failure;
    } finally {
      leaveHandler(exchange, around);
    }
  }

  private LoopStep enterHandler(Exchange exchange) {
    exchange.begin(RequestStep.HANDLER);
    return exchange.enter(operation.steps().handler());
  }

  private static void leaveHandler(Exchange exchange, LoopStep around) {
    exchange.enter(around);
    exchange.end(RequestStep.HANDLER);
  }

  private Rejection unrepresentable(String name) {
    List<RequestViolation> violations =
        operation.plan().operation().parameters().stream()
            .filter(parameter -> parameter.name().equals(name))
            .limit(1)
            .map(RequestViolation::unrepresentable)
            .toList();
    return new Rejection.Invalid(violations, 0);
  }

  private boolean isChecked(Exchange exchange) {
    return operation.answerer().real() && exchange.isResponseChecked();
  }

  private <T> T present(@Nullable T response) {
    if (response == null) {
      throw new IllegalStateException(
          "handler " + operation.plan().handlerName() + " answered null");
    }
    return response;
  }

  /** A typed response is never parsed again, unless its encoder found something wrong. */
  private HttpResponse write(Exchange exchange, TypedResponse<?> typed) {
    boolean checked = isChecked(exchange);
    ContentBinding<?> content = typed.content();
    boolean judges =
        checked && content != null && operation.plan().types().fused().contains(content);
    WrittenResponse written = WrittenResponse.of(typed, judges ? Checks.ALL : Checks.SYNTAX);
    return checked && !switches(written.response())
        ? check(exchange, written.response(), !(judges && written.valid()))
        : written.response();
  }

  private static DecodedBody body(BodyDecoder decoder, @Nullable MediaDecoder media, byte[] body) {
    return media == null ? decoder.absent() : decoder.decode(media, body);
  }

  private static DecodedBody streamed(
      OperationPlan plan, @Nullable MediaDecoder media, StreamedContent content)
      throws IOException {
    if (media == null) {
      return plan.body().absent();
    }
    try {
      return plan.body().stream(media, content, content, plan.settings().inMemory());
    } catch (IOException failed) {
      content.fail(failed); // Also where its parts have no room.
      throw failed;
    }
  }

  /** Everything that is wrong with parameters and body in one refusal, or null. */
  private @Nullable Rejection rejection(DecodedParameters parameters, DecodedBody body) {
    return switch (body) {
      case DecodedBody.Absent _, DecodedBody.Value _, DecodedBody.Bound _ ->
          parameters.violations().isEmpty()
              ? null
              : new Rejection.Invalid(parameters.violations(), parameters.omitted());
      case DecodedBody.Missing _ -> invalid(parameters, List.of(operation.plan().missingBody()), 0);
      case DecodedBody.Invalid(List<RequestViolation> violations, int omitted) ->
          invalid(parameters, violations, omitted);
      case DecodedBody.Malformed(int line, int column, String message) ->
          line == 0
              ? new Rejection.MalformedBody(message, parameters.violations())
              : new Rejection.MalformedJson(line, column, message, parameters.violations());
      case DecodedBody.TooLarge(String message) -> new Rejection.TooMuchContent(message);
      case DecodedBody.Drifted _ -> new Rejection.InternalError();
    };
  }

  private Rejection invalid(
      DecodedParameters parameters, List<RequestViolation> ofBody, int omittedOfBody) {
    List<RequestViolation> all = new ArrayList<>(parameters.violations());
    all.addAll(ofBody);
    int omitted = parameters.omitted() + omittedOfBody;
    int listed = Math.min(all.size(), operation.plan().settings().violations());
    return new Rejection.Invalid(all.subList(0, listed), omitted + all.size() - listed);
  }

  /** Generated code and document disagree: a defect of ours, to be seen and not to be guessed. */
  private void reportDrift(Exchange exchange, String what) {
    exchange
        .tell(LOG.atError().addKeyValue("event", "body.drifted"))
        .log(
            "request {}: the generated code of {} {}; generate it again and report this if it stays",
            exchange.requestId(),
            exchange.handlerName(),
            what);
    operation.listener().drifted(exchange.operation());
  }

  private HttpResponse check(Exchange exchange, HttpResponse response, boolean content) {
    RequestSteps.checking(exchange, response.status());
    ResponseCheck responses = operation.plan().responses();
    boolean head = exchange.head().method().equals(Method.HEAD);
    List<ResponseViolation> violations;
    exchange.begin(RequestStep.RESPONSE_CHECK);
    try {
      violations = responses.check(response, head, content);
    } finally {
      exchange.end(RequestStep.RESPONSE_CHECK);
    }
    if (violations.isEmpty()) {
      return response;
    }
    breach(exchange, response.status(), violations);
    return responses.enforces() ? contractBroken(exchange) : response;
  }

  /** There is nothing right to send, whatever the mode of the response check. */
  private HttpResponse withheld(Exchange exchange, UnwritableException unwritable) {
    ResponseViolation violation =
        new ResponseViolation(
            unwritable.header().isEmpty() ? "body" : "header",
            unwritable.header(),
            "",
            String.valueOf(unwritable.getMessage()),
            exchange.operation().location());
    HttpResponse failure = contractBroken(exchange);
    breach(exchange, failure.status(), List.of(violation));
    return failure;
  }

  private void breach(Exchange exchange, int status, List<ResponseViolation> violations) {
    exchange
        .tell(LOG.atWarn().addKeyValue("event", "response.breach"))
        .log(
            "request {}: the response {} of {} does not match the document: {}",
            exchange.requestId(),
            status,
            exchange.handlerName(),
            violations);
    operation
        .listener()
        .breached(
            new ContractBreach(
                exchange.operation(),
                exchange.template(),
                exchange.requestId(),
                status,
                violations.stream().map(ResponseViolation::toString).toList()));
  }

  private HttpResponse contractBroken(Exchange exchange) {
    return operation
        .surroundings()
        .problems()
        .render(new Rejection.ResponseContract(), exchange.requestId());
  }
}
