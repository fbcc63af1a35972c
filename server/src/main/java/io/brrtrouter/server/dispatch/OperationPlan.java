package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.RequestBody;
import io.brrtrouter.server.auth.SecurityPlan;
import io.brrtrouter.server.cors.BrowserRules;
import io.brrtrouter.server.decode.BodyDecoder;
import io.brrtrouter.server.decode.MediaDecoder;
import io.brrtrouter.server.decode.ParameterDecoder;
import io.brrtrouter.server.decode.RequestViolation;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.limit.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Everything the document says about how an operation's requests and responses are treated,
 * compiled; who answers it and where it is mounted comes on top. Immutable.
 *
 * @param operation the operation
 * @param handlerName name of its handler
 * @param settings its limits and switches
 * @param parameters decodes and validates the parameters
 * @param body decodes and validates the body
 * @param produces media types of a success
 * @param security who may call it
 * @param browsers from which pages
 * @param responses checks what the handler answers
 * @param messages what it says about messages, where it is a WebSocket
 * @param types how far generated code may judge by itself
 * @param schemas the schemas of its document
 */
record OperationPlan(
    Operation operation,
    String handlerName,
    OperationSettings settings,
    ParameterDecoder parameters,
    BodyDecoder body,
    Produces produces,
    SecurityPlan security,
    BrowserRules browsers,
    ResponseCheck responses,
    MessageContract messages,
    TypedFit types,
    SchemaPrograms schemas) {
  /** Stands for the length of a body that nobody knows before its end. */
  private static final long CHUNKED = -1;

  /** {@return what counts before credentials are looked at, null where nothing does} */
  @Nullable Limit beforeAuthentication() {
    return security.isPublic() ? null : settings.beforeAuthentication();
  }

  /**
   * {@return the same plan for another handler}
   *
   * @param handler who will answer
   * @throws IllegalArgumentException if it was generated from another document
   */
  OperationPlan answeredBy(Handler handler) {
    List<Finding> findings = new ArrayList<>();
    TypedFit fit = TypedFit.of(operation, handler, schemas, findings);
    if (!findings.isEmpty()) {
      throw new IllegalArgumentException(
          findings.stream().map(Finding::message).collect(Collectors.joining("\n")));
    }
    return new OperationPlan(
        operation,
        handlerName,
        settings,
        parameters,
        schemas.body(operation.requestBody().orElse(null), fit.bodies()),
        produces,
        security,
        browsers,
        responses,
        messages,
        fit,
        schemas);
  }

  /** {@return whether requests open a WebSocket} */
  boolean isWebSocket() {
    return operation.webSocket().isPresent();
  }

  /** {@return what the head of a request says about its body and the answer's media type} */
  Intake intake(HttpRequest head) {
    Headers headers = head.headers();
    if (isWebSocket()) {
      Rejection refusal = WebSocketHandshake.refusal(head);
      return refusal == null ? Intake.Welcome.WITHOUT_BODY : new Intake.Unwelcome(refusal);
    }
    if (!produces.satisfies(headers)) {
      return new Intake.Unwelcome(new Rejection.NotAcceptable(produces.names()));
    }
    String type = headers.combined("Content-Type"); // of several, no media type at all
    long length = length(headers);
    if (length == 0) {
      // Some clients name a media type without sending anything; it matters to empty texts only.
      return type == null
          ? Intake.Welcome.WITHOUT_BODY
          : new Intake.Welcome(body.select(type), null);
    }
    Rejection rejection = refusal(headers, length);
    if (rejection != null) {
      return new Intake.Unwelcome(rejection);
    }
    MediaDecoder media = body.select(type);
    if (media != null) {
      return new Intake.Welcome(media, null);
    }
    Rejection unsupported =
        new Rejection.UnsupportedMediaType(
            operation.method(), body.complaint(type), body.mediaTypes());
    // Some clients announce chunks before they know that there is nothing to send.
    return length == CHUNKED && type == null
        ? new Intake.Welcome(null, unsupported)
        : new Intake.Unwelcome(unsupported);
  }

  /**
   * {@return the length of the body, 0 without one, {@link #CHUNKED} if only its end will tell; the
   * transport has checked the digits}
   */
  private static long length(Headers headers) {
    String digits = headers.get("Content-Length");
    if (digits == null) {
      return headers.contains("Transfer-Encoding") ? CHUNKED : 0;
    }
    long length = 0;
    for (int i = 0; i < digits.length() && length < Long.MAX_VALUE / 10; i++) {
      length = length * 10 + (digits.charAt(i) - '0');
    }
    return length;
  }

  private @Nullable Rejection refusal(Headers headers, long length) {
    if (length > settings.bodyLimit()) {
      return new Rejection.ContentTooLarge(settings.bodyLimit());
    }
    String codings = headers.combined("Content-Encoding");
    return codings == null || isIdentity(codings) ? null : new Rejection.UnsupportedContentCoding();
  }

  /** Whether a list of codings, which may have empty elements, says that there is none. */
  private static boolean isIdentity(String codings) {
    for (String coding : codings.split(",", -1)) {
      if (!coding.isBlank() && !coding.strip().equalsIgnoreCase("identity")) {
        return false;
      }
    }
    return true;
  }

  /** {@return what to say when a required body was not sent} */
  RequestViolation missingBody() {
    return new RequestViolation(
        RequestViolation.In.BODY,
        "",
        "",
        "required",
        "a body is required, as one of " + String.join(", ", body.mediaTypes()),
        mediaTypes(),
        operation.requestBody().map(RequestBody::location).orElse(operation.location()));
  }

  private ArrayNode mediaTypes() {
    ArrayNode types = JsonNodeFactory.instance.arrayNode();
    body.mediaTypes().forEach(types::add);
    return types;
  }
}
