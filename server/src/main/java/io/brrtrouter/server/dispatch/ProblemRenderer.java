package io.brrtrouter.server.dispatch;

import static io.brrtrouter.server.dispatch.ProblemType.CONTENT_TOO_LARGE;
import static io.brrtrouter.server.dispatch.ProblemType.CREDENTIALS_UNVERIFIABLE;
import static io.brrtrouter.server.dispatch.ProblemType.CROSS_SITE_REQUEST;
import static io.brrtrouter.server.dispatch.ProblemType.DEADLINE_EXCEEDED;
import static io.brrtrouter.server.dispatch.ProblemType.EXPECTATION_FAILED;
import static io.brrtrouter.server.dispatch.ProblemType.HEADERS_TOO_LARGE;
import static io.brrtrouter.server.dispatch.ProblemType.HOST_NOT_LOCAL;
import static io.brrtrouter.server.dispatch.ProblemType.INSUFFICIENT_SCOPE;
import static io.brrtrouter.server.dispatch.ProblemType.INTERNAL_ERROR;
import static io.brrtrouter.server.dispatch.ProblemType.INVALID_TARGET;
import static io.brrtrouter.server.dispatch.ProblemType.MALFORMED_BODY;
import static io.brrtrouter.server.dispatch.ProblemType.MALFORMED_JSON;
import static io.brrtrouter.server.dispatch.ProblemType.MALFORMED_REQUEST;
import static io.brrtrouter.server.dispatch.ProblemType.METHOD_NOT_ALLOWED;
import static io.brrtrouter.server.dispatch.ProblemType.MISDIRECTED_REQUEST;
import static io.brrtrouter.server.dispatch.ProblemType.NOT_ACCEPTABLE;
import static io.brrtrouter.server.dispatch.ProblemType.NOT_FOUND;
import static io.brrtrouter.server.dispatch.ProblemType.NOT_IMPLEMENTED;
import static io.brrtrouter.server.dispatch.ProblemType.ORIGIN_NOT_ALLOWED;
import static io.brrtrouter.server.dispatch.ProblemType.OVERLOADED;
import static io.brrtrouter.server.dispatch.ProblemType.PRECONDITION_FAILED;
import static io.brrtrouter.server.dispatch.ProblemType.PREFLIGHT_DENIED;
import static io.brrtrouter.server.dispatch.ProblemType.RANGE_NOT_SATISFIABLE;
import static io.brrtrouter.server.dispatch.ProblemType.RATE_LIMITED;
import static io.brrtrouter.server.dispatch.ProblemType.REQUEST_TIMEOUT;
import static io.brrtrouter.server.dispatch.ProblemType.RESPONSE_CONTRACT;
import static io.brrtrouter.server.dispatch.ProblemType.TARGET_TOO_LONG;
import static io.brrtrouter.server.dispatch.ProblemType.UNAUTHENTICATED;
import static io.brrtrouter.server.dispatch.ProblemType.UNKNOWN_PREFERENCE;
import static io.brrtrouter.server.dispatch.ProblemType.UNSUPPORTED_CONTENT_CODING;
import static io.brrtrouter.server.dispatch.ProblemType.UNSUPPORTED_MEDIA_TYPE;
import static io.brrtrouter.server.dispatch.ProblemType.UPGRADE_REQUIRED;
import static io.brrtrouter.server.dispatch.ProblemType.VALIDATION;
import static io.brrtrouter.server.dispatch.ProblemType.VERSION_NOT_SUPPORTED;

import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.decode.RequestViolation;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.InvalidItemException;
import io.brrtrouter.server.http.Problem;
import io.brrtrouter.server.http.TransportFailure;
import io.brrtrouter.server.limit.Standing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The only writer of the server's own problems (RFC 9457). Details name things of the document and
 * never repeat values that the client sent; a pointer to a member that the document does not know
 * has the name the client gave it, and the request id may be the client's own.
 *
 * @param base what stands before the slug in {@code type}
 * @param directory the document's directory as locations print it but for {@code /} between names,
 *     with one at the end, or empty for the current one: clients learn files by their place below
 *     it, of others file and directory by name, and nothing else of the server's disk
 * @param listener is told about every problem
 */
record ProblemRenderer(String base, String directory, ExchangeListener listener) {
  private static final Logger LOG = LoggerFactory.getLogger("io.brrtrouter.server.problems");

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** How a file is named from where it does not matter what the current directory is. */
  private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z]:|/");

  private static final Pattern DRIVE = Pattern.compile("^[A-Za-z]:");

  /** Seconds a client is asked to wait when the server is full: most queues are gone by then. */
  private static final String RETRY_AFTER = "1";

  /**
   * {@return a renderer for a document}
   *
   * @param base what stands before the slug in {@code type}
   * @param document the document's file as locations print it
   * @param listener is told about every problem
   */
  static ProblemRenderer of(String base, String document, ExchangeListener listener) {
    String file = slashed(document);
    return new ProblemRenderer(base, file.substring(0, file.lastIndexOf('/') + 1), listener);
  }

  /** Windows has both separators, and names as locations print them may have one and the other. */
  private static String slashed(String file) {
    return file.replace('\\', '/');
  }

  /**
   * {@return the response to a refused request}
   *
   * @param rejection why
   * @param requestId the request id
   */
  HttpResponse render(Rejection rejection, String requestId) {
    Worded worded = worded(rejection);
    ProblemType type = worded.type();
    RequestSteps.refused(requestId, type);
    listener.refused(type);
    Map<String, JsonNode> members = new LinkedHashMap<>();
    members.put("requestId", JSON.stringNode(requestId));
    members.putAll(worded.members());
    Problem problem =
        new Problem(
            base + type.slug(), type.title(), type.status(), sentence(worded.detail()), members);
    LOG.trace("{}", problem);
    HttpResponse response = problem.toResponse();
    Headers.Builder headers = response.headers().toBuilder();
    // A 404 or 405 may be cached without being asked for (RFC 9110 section 15.1), request id and
    // all.
    headers.set("Cache-Control", "no-store");
    addHeaders(rejection, headers);
    return new HttpResponse(response.status(), headers.build(), response.body());
  }

  /** {@return which problem a refusal is} */
  ProblemType type(Rejection rejection) {
    return worded(rejection).type();
  }

  /** {@return what clients are told of a refusal, as a sentence} */
  String detail(Rejection rejection) {
    return sentence(worded(rejection).detail());
  }

  /** Rooms below word their details as clauses; a client gets a sentence, whoever found out. */
  static String sentence(String detail) {
    return Character.toUpperCase(detail.charAt(0))
        + detail.substring(1)
        + (detail.endsWith(".") ? "" : ".");
  }

  /** A rejection in words, before it is the problem of one request. */
  private record Worded(ProblemType type, String detail, Map<String, JsonNode> members) {
    Worded with(String name, JsonNode value) {
      Map<String, JsonNode> more = new LinkedHashMap<>(members);
      more.put(name, value);
      return new Worded(type, detail, more);
    }
  }

  private Worded worded(Rejection rejection) {
    return switch (rejection) {
      case Rejection.ContentGone _ -> of(NOT_FOUND, "What was to be sent is not there any more.");
      case Rejection.NotFound _ -> of(NOT_FOUND, "No path of this API matches the request target.");
      case Rejection.InvalidPath(int index) ->
          of(
              INVALID_TARGET,
              "The \"%\" at index " + index + " of the path does not begin percent-encoded UTF-8.");
      case Rejection.MethodNotAllowed(String allow) ->
          of(METHOD_NOT_ALLOWED, "This path answers " + allow + ".");
      case Rejection.UnknownMethod(String known) ->
          of(NOT_IMPLEMENTED, "The server knows no such method; it knows " + known + ".");
      case Rejection.NotAcceptable(List<String> available) ->
          of(
                  NOT_ACCEPTABLE,
                  "No media type of a success satisfies the Accept field; available: "
                      + String.join(", ", available)
                      + ".")
              .with("available", strings(available));
      case Rejection.Unmockable(String mediaType, List<String> available) ->
          of(
                  NOT_ACCEPTABLE,
                  "A mock cannot make "
                      + mediaType
                      + " from a schema; add an example to the document, as text.")
              .with("available", strings(available));
      case Rejection.UnsupportedMediaType(String _, String message, List<String> supported) ->
          of(UNSUPPORTED_MEDIA_TYPE, message).with("supported", strings(supported));
      case Rejection.UnsupportedContentCoding _ ->
          of(
              UNSUPPORTED_CONTENT_CODING,
              "The body must be sent without a content coding such as gzip.");
      case Rejection.ContentTooLarge(long limit) ->
          of(CONTENT_TOO_LARGE, "The body may have at most " + limit + " octets.")
              .with("limit", JSON.numberNode(limit));
      case Rejection.TooMuchContent(String message) -> of(CONTENT_TOO_LARGE, message);
      case Rejection.Unauthenticated(List<String> _, String detail) ->
          of(UNAUTHENTICATED, detail + "; see the WWW-Authenticate fields.");
      case Rejection.InsufficientScope(List<String> _, List<String> missing, String detail) ->
          of(INSUFFICIENT_SCOPE, detail).with("missing", strings(missing));
      case Rejection.Unverifiable _ ->
          of(
              CREDENTIALS_UNVERIFIABLE,
              "Whoever verifies these credentials does not answer; try again later.");
      case Rejection.UpgradeRequired(String detail) -> of(UPGRADE_REQUIRED, detail);
      case Rejection.OriginNotAllowed _ ->
          of(
              ORIGIN_NOT_ALLOWED,
              "Pages of the origin that the request comes from may not use this API.");
      case Rejection.PreflightDenied(String reason) -> of(PREFLIGHT_DENIED, reason);
      case Rejection.CrossSite(boolean sameSite) ->
          of(
              CROSS_SITE_REQUEST,
              (sameSite ? "A page of another host of the same site" : "A page of another site")
                  + " sent the request, and the browser added the credential that lets it in: a"
                  + " cookie, a password or a client certificate. Of such pages the server trusts"
                  + " those in security.csrf.trusted_origins"
                  + (sameSite ? ", or all with security.csrf.allow_same_site." : "."));
      case Rejection.NotThisMachine(String why) ->
          of(
              HOST_NOT_LOCAL,
              why
                  + ", so only this machine may ask: with a URL whose host is localhost, a name that"
                  + " ends in .localhost, an address that begins with 127., or [::1].");
      case Rejection.ForeignPage(String why, String fix) ->
          of(CROSS_SITE_REQUEST, why + ", so pages of other sites may not ask: " + fix + ".");
      case Rejection.RateLimited(Standing standing) ->
          of(
              RATE_LIMITED,
              "One client may send %s; try again in %d s."
                  .formatted(standing.quota().of("request"), standing.retryAfter()));
      case Rejection.AddressLimited(Standing standing) ->
          of(
              RATE_LIMITED,
              "One address may send %s to this operation, which asks for credentials; try again in %d s."
                  .formatted(standing.quota().of("request"), standing.retryAfter()));
      case Rejection.Barred(Standing standing) ->
          of(
              RATE_LIMITED,
              "Too many credentials from this address were refused; try again in %d s."
                  .formatted(standing.retryAfter()));
      case Rejection.Overloaded _ ->
          of(OVERLOADED, "Too many requests are in progress; try again later.");
      case Rejection.OperationOverloaded _ ->
          of(OVERLOADED, "Too many requests of this operation are in progress; try again later.");
      case Rejection.MalformedJson(int line, int column, String message, var violations) ->
          withErrors(
              of(MALFORMED_JSON, "Line " + line + ", column " + column + ": " + message)
                  .with("line", JSON.numberNode(line))
                  .with("column", JSON.numberNode(column)),
              violations,
              0);
      case Rejection.MalformedBody(String message, var violations) ->
          withErrors(of(MALFORMED_BODY, message), violations, 0);
      case Rejection.Invalid invalid -> invalid(invalid);
      case Rejection.InvalidItem(InvalidItemException which, Rejection why) ->
          worded(why).with("item", item(which));
      case Rejection.UnknownPreference(String preference, List<String> available) ->
          of(
                  UNKNOWN_PREFERENCE,
                  "The document has nothing for this \""
                      + preference
                      + "\" of the Prefer field; "
                      + (available.isEmpty()
                          ? "there is none."
                          : "available: " + String.join(", ", available) + "."))
              .with("preference", JSON.stringNode(preference))
              .with("available", strings(available));
      case Rejection.PreconditionFailed _ ->
          of(
              PRECONDITION_FAILED,
              "The resource is not in the state that If-Match, If-Unmodified-Since or"
                  + " If-None-Match asks for.");
      case Rejection.RangeNotSatisfiable(long length) ->
          of(
              RANGE_NOT_SATISFIABLE,
              "The content has " + length + " octets, and no range of the Range field is in them.");
      case Rejection.InternalError _ ->
          of(INTERNAL_ERROR, "The server failed to answer; its log has the request id.");
      case Rejection.ResponseContract _ ->
          of(
              RESPONSE_CONTRACT,
              "The handler's response does not match the API description; the server's log has the"
                  + " request id.");
      case Rejection.Service(ServiceException failure) ->
          of(failure.kind().type(), String.valueOf(failure.getMessage()));
      case Rejection.DeadlineExceeded(long millis) ->
          of(DEADLINE_EXCEEDED, "The operation did not finish within " + millis + " ms.");
      case Rejection.Broken(TransportFailure failure) ->
          of(typeOf(failure.kind()), failure.detail());
    };
  }

  private static ProblemType typeOf(TransportFailure.Kind kind) {
    return switch (kind) {
      case MALFORMED -> MALFORMED_REQUEST;
      case TIMEOUT -> REQUEST_TIMEOUT;
      case TARGET_TOO_LONG -> TARGET_TOO_LONG;
      case MISDIRECTED -> MISDIRECTED_REQUEST;
      case HEADERS_TOO_LARGE -> HEADERS_TOO_LARGE;
      case EXPECTATION_FAILED -> EXPECTATION_FAILED;
      case NOT_IMPLEMENTED -> NOT_IMPLEMENTED;
      case OVERLOADED -> OVERLOADED;
      case VERSION_NOT_SUPPORTED -> VERSION_NOT_SUPPORTED;
    };
  }

  private Worded invalid(Rejection.Invalid invalid) {
    int count = invalid.violations().size() + invalid.omitted();
    String detail = count == 1 ? "1 violation; see errors." : count + " violations; see errors.";
    return withErrors(of(VALIDATION, detail), invalid.violations(), invalid.omitted());
  }

  private static ObjectNode item(InvalidItemException which) {
    ObjectNode item = JSON.objectNode().put("number", which.number()).put("offset", which.offset());
    return which.line() == 0 ? item : item.put("line", which.line());
  }

  private static Worded of(ProblemType type, String detail) {
    return new Worded(type, detail, Map.of());
  }

  private Worded withErrors(Worded problem, List<RequestViolation> violations, int further) {
    if (violations.isEmpty()) {
      return problem;
    }
    ProblemErrors errors = ProblemErrors.of(violations, this::place);
    int omitted = errors.omitted() + further;
    Worded told = problem.with("errors", errors.list());
    return omitted == 0 ? told : told.with("omitted", JSON.numberNode(omitted));
  }

  private String place(SourceLocation source) {
    String file = slashed(source.file());
    String shown = isBelow(file) ? file.substring(directory.length()) : "..." + ending(file);
    return new SourceLocation(shown, source.line(), source.column()).toString();
  }

  private boolean isBelow(String file) {
    return file.startsWith(directory)
        && climbs(file.substring(directory.length())) < 0
        && !(directory.isEmpty() && ABSOLUTE.matcher(file).lookingAt());
  }

  /** {@return where the last {@code ../} begins, negative without one} */
  private static int climbs(String file) {
    return ("/" + file).lastIndexOf("/../");
  }

  /** A file and its directory: in other directories there may be files of the same name. */
  private static String ending(String file) {
    int up = climbs(file);
    String down = up < 0 ? DRIVE.matcher(file).replaceFirst("") : file.substring(up + 3);
    int parent = down.lastIndexOf('/', down.lastIndexOf('/') - 1);
    return parent >= 0 ? down.substring(parent) : down.startsWith("/") ? down : "/" + down;
  }

  private static void addHeaders(Rejection rejection, Headers.Builder headers) {
    switch (rejection) {
      case Rejection.MethodNotAllowed(String allow) -> headers.set("Allow", allow);
      case Rejection.UnsupportedMediaType(String method, String _, List<String> supported) -> {
        String list = String.join(", ", supported);
        headers.set("Accept", list);
        if (method.equals("POST") || method.equals("PATCH")) {
          headers.set("Accept-" + (method.equals("POST") ? "Post" : "Patch"), list);
        }
      }
      case Rejection.UnsupportedContentCoding _ -> headers.set("Accept-Encoding", "identity");
      case Rejection.Unauthenticated(List<String> challenges, String _) ->
          challenges.forEach(challenge -> headers.add("WWW-Authenticate", challenge));
      case Rejection.InsufficientScope(List<String> challenges, List<String> _, String _) ->
          challenges.forEach(challenge -> headers.add("WWW-Authenticate", challenge));
      case Rejection.RateLimited(Standing standing) ->
          headers.set("Retry-After", Long.toString(standing.retryAfter()));
      case Rejection.AddressLimited(Standing standing) ->
          headers.set("Retry-After", Long.toString(standing.retryAfter()));
      case Rejection.Barred(Standing standing) ->
          headers.set("Retry-After", Long.toString(standing.retryAfter()));
      case Rejection.RangeNotSatisfiable(long length) ->
          headers.set("Content-Range", "bytes */" + length);
      case Rejection.UpgradeRequired _ ->
          headers
              .set("Upgrade", "websocket")
              .set("Sec-WebSocket-Version", WebSocketHandshake.VERSION);
      case Rejection.Overloaded _, Rejection.OperationOverloaded _, Rejection.Unverifiable _ ->
          headers.set("Retry-After", RETRY_AFTER);
      case Rejection.Service(ServiceException failure) -> {
        if (failure.kind() == ServiceException.Kind.UNAVAILABLE) {
          headers.set("Retry-After", Long.toString(failure.retryAfterSeconds()));
        }
      }
      case Rejection.Broken(TransportFailure failure) -> {
        if (failure.kind() == TransportFailure.Kind.OVERLOADED) {
          headers.set("Retry-After", RETRY_AFTER);
        }
      }
      case Rejection.NotFound _,
          Rejection.ContentGone _,
          Rejection.OriginNotAllowed _,
          Rejection.PreflightDenied _,
          Rejection.CrossSite _,
          Rejection.NotThisMachine _,
          Rejection.ForeignPage _,
          Rejection.InvalidPath _,
          Rejection.UnknownMethod _,
          Rejection.NotAcceptable _,
          Rejection.Unmockable _,
          Rejection.ContentTooLarge _,
          Rejection.TooMuchContent _,
          Rejection.MalformedJson _,
          Rejection.MalformedBody _,
          Rejection.Invalid _,
          Rejection.InvalidItem _,
          Rejection.UnknownPreference _,
          Rejection.PreconditionFailed _,
          Rejection.InternalError _,
          Rejection.ResponseContract _,
          Rejection.DeadlineExceeded _ -> {}
    }
  }

  private static ArrayNode strings(List<String> texts) {
    ArrayNode array = JSON.arrayNode(texts.size());
    texts.forEach(array::add);
    return array;
  }
}
