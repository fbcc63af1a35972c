package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.decode.RequestViolation;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Problem;
import io.brrtrouter.server.http.TransportFailure;
import io.brrtrouter.server.runtime.TestServer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.IntNode;

/** Every problem as it goes over the wire, whole. */
class ProblemRendererTest {
  private static final ProblemRenderer RENDERER =
      new ProblemRenderer(ProblemType.DEFAULT_BASE, "shop/api/", _ -> {});

  private static final RequestViolation LIMIT =
      new RequestViolation(
          RequestViolation.In.QUERY,
          "limit",
          "",
          "maximum",
          "must be at most 100",
          IntNode.valueOf(100),
          new SourceLocation("shop/api/openapi.yaml", 41, 9));

  private static final RequestViolation NAME =
      new RequestViolation(
          RequestViolation.In.BODY,
          "",
          "/name",
          "type",
          "must be a string",
          null,
          new SourceLocation("/somewhere/else/pet.yaml", 7, 5));

  static Stream<Arguments> rejections() {
    return Stream.of(
        row(
            new Rejection.NotFound(),
            """
            404
            Content-Type: application/problem+json
            Cache-Control: no-store

            {"type":"urn:brrtrouter:problem:not-found","title":"Not found","status":404,\
            "detail":"No path of this API matches the request target.","requestId":"id-1"}\
            """),
        row(
            new Rejection.InvalidPath(6),
            """
            400
            Content-Type: application/problem+json
            Cache-Control: no-store

            {"type":"urn:brrtrouter:problem:invalid-target","title":"Invalid request target",\
            "status":400,"detail":"The \\"%\\" at index 6 of the path does not begin\
             percent-encoded UTF-8.","requestId":"id-1"}\
            """),
        row(
            new Rejection.MethodNotAllowed("GET, HEAD, OPTIONS"),
            """
            405
            Content-Type: application/problem+json
            Cache-Control: no-store
            Allow: GET, HEAD, OPTIONS

            {"type":"urn:brrtrouter:problem:method-not-allowed","title":"Method not allowed",\
            "status":405,"detail":"This path answers GET, HEAD, OPTIONS.","requestId":"id-1"}\
            """),
        row(
            new Rejection.NotAcceptable(List.of("application/json", "text/csv")),
            """
            406
            Content-Type: application/problem+json
            Cache-Control: no-store

            {"type":"urn:brrtrouter:problem:not-acceptable","title":"Not acceptable","status":406,\
            "detail":"No media type of a success satisfies the Accept field; available:\
             application/json, text/csv.","requestId":"id-1",\
            "available":["application/json","text/csv"]}\
            """),
        row(
            new Rejection.UnknownMethod("COPY, GET"),
            """
            501
            Content-Type: application/problem+json
            Cache-Control: no-store

            {"type":"urn:brrtrouter:problem:not-implemented","title":"Not implemented",\
            "status":501,"detail":"The server knows no such method; it knows COPY, GET.",\
            "requestId":"id-1"}\
            """),
        row(
            new Rejection.UnsupportedMediaType("POST", "Wrong.", List.of("application/json")),
            """
            415
            Content-Type: application/problem+json
            Cache-Control: no-store
            Accept: application/json
            Accept-Post: application/json

            {"type":"urn:brrtrouter:problem:unsupported-media-type",\
            "title":"Unsupported media type","status":415,\
            "detail":"Wrong.","requestId":"id-1",\
            "supported":["application/json"]}\
            """),
        row(
            new Rejection.UnsupportedContentCoding(),
            """
            415
            Content-Type: application/problem+json
            Cache-Control: no-store
            Accept-Encoding: identity

            {"type":"urn:brrtrouter:problem:unsupported-content-coding",\
            "title":"Unsupported content coding","status":415,\
            "detail":"The body must be sent without a content coding such as gzip.",\
            "requestId":"id-1"}\
            """),
        row(
            new Rejection.ContentTooLarge(1024),
            """
            413
            Content-Type: application/problem+json
            Cache-Control: no-store

            {"type":"urn:brrtrouter:problem:content-too-large","title":"Content too large",\
            "status":413,"detail":"The body may have at most 1024 octets.","requestId":"id-1",\
            "limit":1024}\
            """),
        row(
            new Rejection.TooMuchContent("The body has more than 50 parts."),
            """
            413
            Content-Type: application/problem+json
            Cache-Control: no-store

            {"type":"urn:brrtrouter:problem:content-too-large","title":"Content too large",\
            "status":413,"detail":"The body has more than 50 parts.","requestId":"id-1"}\
            """),
        row(
            new Rejection.Unauthenticated(
                List.of("Basic realm=\"Shop\"", "Bearer realm=\"Shop\""),
                "the credential of security scheme jwt is refused: it has expired"),
            """
            401
            Content-Type: application/problem+json
            Cache-Control: no-store
            WWW-Authenticate: Basic realm="Shop"
            WWW-Authenticate: Bearer realm="Shop"

            {"type":"urn:brrtrouter:problem:unauthenticated","title":"Authentication required",\
            "status":401,"detail":"The credential of security scheme jwt is refused: it has expired; see\
             the WWW-Authenticate fields.","requestId":"id-1"}\
            """),
        row(
            new Rejection.InsufficientScope(
                List.of("Bearer realm=\"Shop\", error=\"insufficient_scope\""),
                List.of("read", "write"),
                "the credentials are good, but do not grant read and write"),
            """
            403
            Content-Type: application/problem+json
            Cache-Control: no-store
            WWW-Authenticate: Bearer realm="Shop", error="insufficient_scope"

            {"type":"urn:brrtrouter:problem:insufficient-scope","title":"Insufficient scope",\
            "status":403,"detail":"The credentials are good, but do not grant read and write.",\
            "requestId":"id-1","missing":["read","write"]}\
            """),
        row(
            new Rejection.Unverifiable(),
            """
            503
            Content-Type: application/problem+json
            Cache-Control: no-store
            Retry-After: 1

            {"type":"urn:brrtrouter:problem:credentials-unverifiable",\
            "title":"Credentials cannot be verified at present","status":503,\
            "detail":"Whoever verifies these credentials does not answer; try again later.",\
            "requestId":"id-1"}\
            """),
        row(
            new Rejection.Overloaded(),
            """
            503
            Content-Type: application/problem+json
            Cache-Control: no-store
            Retry-After: 1

            {"type":"urn:brrtrouter:problem:overloaded","title":"Server overloaded","status":503,\
            "detail":"Too many requests are in progress; try again later.","requestId":"id-1"}\
            """),
        row(
            new Rejection.OperationOverloaded(),
            """
            503
            Content-Type: application/problem+json
            Cache-Control: no-store
            Retry-After: 1

            {"type":"urn:brrtrouter:problem:overloaded","title":"Server overloaded","status":503,\
            "detail":"Too many requests of this operation are in progress; try again later.",\
            "requestId":"id-1"}\
            """),
        row(
            new Rejection.MalformedJson(3, 14, "a comma is missing", List.of()),
            """
            400
            Content-Type: application/problem+json
            Cache-Control: no-store

            {"type":"urn:brrtrouter:problem:malformed-json","title":"Malformed JSON","status":400,\
            "detail":"Line 3, column 14: a comma is missing.","requestId":"id-1",\
            "line":3,"column":14}\
            """),
        row(
            new Rejection.MalformedJson(1, 1, "there is no value", List.of(LIMIT)),
            """
            400
            Content-Type: application/problem+json
            Cache-Control: no-store

            {"type":"urn:brrtrouter:problem:malformed-json","title":"Malformed JSON","status":400,\
            "detail":"Line 1, column 1: there is no value.","requestId":"id-1","line":1,"column":1,\
            "errors":[{"in":"query","name":"limit","pointer":"","keyword":"maximum",\
            "message":"must be at most 100","expected":100,"schema":"openapi.yaml:41:9"}]}\
            """),
        row(
            new Rejection.MalformedBody("The last boundary is missing.", List.of(LIMIT)),
            """
            400
            Content-Type: application/problem+json
            Cache-Control: no-store

            {"type":"urn:brrtrouter:problem:malformed-body","title":"Malformed request body",\
            "status":400,"detail":"The last boundary is missing.","requestId":"id-1",\
            "errors":[{"in":"query","name":"limit","pointer":"","keyword":"maximum",\
            "message":"must be at most 100","expected":100,"schema":"openapi.yaml:41:9"}]}\
            """),
        row(
            new Rejection.Invalid(List.of(LIMIT, NAME), 3),
            """
            400
            Content-Type: application/problem+json
            Cache-Control: no-store

            {"type":"urn:brrtrouter:problem:validation",\
            "title":"Request does not match the API description","status":400,\
            "detail":"5 violations; see errors.","requestId":"id-1","errors":[\
            {"in":"query","name":"limit","pointer":"","keyword":"maximum",\
            "message":"must be at most 100","expected":100,"schema":"openapi.yaml:41:9"},\
            {"in":"body","name":"","pointer":"/name","keyword":"type",\
            "message":"must be a string","schema":".../else/pet.yaml:7:5"}],"omitted":3}\
            """),
        row(
            new Rejection.UnknownPreference("code", List.of("200", "4XX")),
            """
            400
            Content-Type: application/problem+json
            Cache-Control: no-store

            {"type":"urn:brrtrouter:problem:unknown-preference","title":"Unknown preference",\
            "status":400,"detail":"The document has nothing for this \\"code\\" of the Prefer field;\
             available: 200, 4XX.","requestId":"id-1","preference":"code",\
            "available":["200","4XX"]}\
            """),
        row(
            new Rejection.UnknownPreference("example", List.of()),
            """
            400
            Content-Type: application/problem+json
            Cache-Control: no-store

            {"type":"urn:brrtrouter:problem:unknown-preference","title":"Unknown preference",\
            "status":400,"detail":"The document has nothing for this \\"example\\" of the Prefer\
             field; there is none.","requestId":"id-1","preference":"example","available":[]}\
            """),
        row(
            new Rejection.PreconditionFailed(),
            """
            412
            Content-Type: application/problem+json
            Cache-Control: no-store

            {"type":"urn:brrtrouter:problem:precondition-failed","title":"Precondition failed",\
            "status":412,"detail":"The resource is not in the state that If-Match,\
             If-Unmodified-Since or If-None-Match asks for.","requestId":"id-1"}\
            """),
        row(
            new Rejection.RangeNotSatisfiable(20),
            """
            416
            Content-Type: application/problem+json
            Cache-Control: no-store
            Content-Range: bytes */20

            {"type":"urn:brrtrouter:problem:range-not-satisfiable",\
            "title":"Range not satisfiable","status":416,\
            "detail":"The content has 20 octets, and no range of the Range field is in them.",\
            "requestId":"id-1"}\
            """),
        row(
            new Rejection.InternalError(),
            """
            500
            Content-Type: application/problem+json
            Cache-Control: no-store

            {"type":"urn:brrtrouter:problem:internal-error","title":"Internal server error",\
            "status":500,"detail":"The server failed to answer; its log has the request id.",\
            "requestId":"id-1"}\
            """),
        row(
            new Rejection.ResponseContract(),
            """
            500
            Content-Type: application/problem+json
            Cache-Control: no-store

            {"type":"urn:brrtrouter:problem:response-contract",\
            "title":"Response does not match the API description","status":500,\
            "detail":"The handler's response does not match the API description; the server's log\
             has the request id.","requestId":"id-1"}\
            """),
        row(
            new Rejection.DeadlineExceeded(250),
            """
            504
            Content-Type: application/problem+json
            Cache-Control: no-store

            {"type":"urn:brrtrouter:problem:deadline-exceeded","title":"Deadline exceeded",\
            "status":504,"detail":"The operation did not finish within 250 ms.",\
            "requestId":"id-1"}\
            """));
  }

  private static Arguments row(Rejection rejection, String wire) {
    return Arguments.of(rejection, wire);
  }

  @ParameterizedTest
  @MethodSource("rejections")
  void a_rejection_is_worded(Rejection rejection, String wire) {
    HttpResponse response = finish(RENDERER.render(rejection, "id-1"), "id-1");

    assertThat(TestServer.wire(response)).isEqualTo(wire);
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(TransportFailure.Kind.MALFORMED, "malformed-request", 400),
        Arguments.of(TransportFailure.Kind.TIMEOUT, "request-timeout", 408),
        Arguments.of(TransportFailure.Kind.TARGET_TOO_LONG, "target-too-long", 414),
        Arguments.of(TransportFailure.Kind.EXPECTATION_FAILED, "expectation-failed", 417),
        Arguments.of(TransportFailure.Kind.MISDIRECTED, "misdirected-request", 421),
        Arguments.of(TransportFailure.Kind.HEADERS_TOO_LARGE, "headers-too-large", 431),
        Arguments.of(TransportFailure.Kind.NOT_IMPLEMENTED, "not-implemented", 501),
        Arguments.of(TransportFailure.Kind.OVERLOADED, "overloaded", 503),
        Arguments.of(TransportFailure.Kind.VERSION_NOT_SUPPORTED, "version-not-supported", 505));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void what_never_became_a_request_is_a_problem_too(
      TransportFailure.Kind kind, String slug, int status) {
    HttpResponse response =
        finish(
            RENDERER.render(
                new Rejection.Broken(new TransportFailure(kind, "why it failed")), "id"),
            "id");

    assertThat(response.status()).isEqualTo(status).isEqualTo(kind.status());
    assertThat(response.headers().contains("Retry-After")).isEqualTo(status == 503);
    assertThat(TestServer.text(response))
        .startsWith("{\"type\":\"urn:brrtrouter:problem:" + slug + "\"")
        .contains("\"detail\":\"Why it failed.\"");
  }

  @Test
  void the_base_of_types_can_be_chosen() {
    ProblemRenderer own = new ProblemRenderer("https://example.com/problems/", "", _ -> {});

    assertThat(TestServer.text(finish(own.render(new Rejection.NotFound(), "a"), "a")))
        .startsWith("{\"type\":\"https://example.com/problems/not-found\",");
  }

  @ParameterizedTest
  @CsvSource({
    "shop/api/, shop/api/pet.yaml, pet.yaml",
    "shop/api/, shop/api/models/pet.yaml, models/pet.yaml",
    "shop/api/, shop/models/pet.yaml, .../models/pet.yaml",
    "shop/api/, models/pet.yaml, .../models/pet.yaml",
    "shop/api/, pet.yaml, .../pet.yaml",
    "shop/api/, /srv/shared/models/pet.yaml, .../models/pet.yaml",
    "shop/api/, /pet.yaml, .../pet.yaml",
    "/srv/shop/, /srv/shop/pet.yaml, pet.yaml",
    "/srv/shop/, /srv/models/pet.yaml, .../models/pet.yaml",
    "'', pet.yaml, pet.yaml",
    "'', models/pet.yaml, models/pet.yaml",
    "'', /srv/shared/models/pet.yaml, .../models/pet.yaml",
    "'', ../../home/alice/pet.yaml, .../alice/pet.yaml",
    "'', ../../pet.yaml, .../pet.yaml",
    "'', ../pet.yaml, .../pet.yaml",
    "'', a/../../alice/pet.yaml, .../alice/pet.yaml",
    "shop/api/, shop/api/../../alice/pet.yaml, .../alice/pet.yaml",
    "../api/, ../api/models/pet.yaml, models/pet.yaml",
    "../api/, ../pet.yaml, .../pet.yaml",
    "C:\\shop\\api\\, C:\\shop\\api\\models\\pet.yaml, models/pet.yaml",
    "C:\\shop\\api\\, C:/shop/api/pet.yaml, pet.yaml",
    "C:\\shop\\api\\, C:\\Users\\alice\\models\\pet.yaml, .../models/pet.yaml",
    "C:\\shop\\api\\, D:\\pet.yaml, .../pet.yaml",
    "'', C:\\Users\\alice\\models\\pet.yaml, .../models/pet.yaml",
    "'', ..\\..\\alice\\pet.yaml, .../alice/pet.yaml",
    "'', models\\pet.yaml, models/pet.yaml",
  })
  void places_tell_nothing_of_the_servers_disk(String directory, String file, String shown) {
    ProblemRenderer renderer = ProblemRenderer.of("", directory + "openapi.yaml", _ -> {});
    RequestViolation violation =
        new RequestViolation(
            RequestViolation.In.BODY, "", "", "type", "", null, new SourceLocation(file, 7, 5));

    HttpResponse response = renderer.render(new Rejection.Invalid(List.of(violation), 0), "a");

    assertThat(TestServer.text(finish(response, "a"))).contains("\"schema\":\"" + shown + ":7:5\"");
  }

  @Test
  void handlers_can_answer_with_their_own_problems() {
    Problem problem =
        Problem.of(409, "Conflict", "The pet is sold.").with("pet", IntNode.valueOf(7));

    assertThat(TestServer.wire(finish(problem.toResponse(), "a")))
        .isEqualTo(
            """
            409
            Content-Type: application/problem+json

            {"type":"about:blank","title":"Conflict","status":409,"detail":"The pet is sold.",\
            "pet":7}\
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"type", "title", "status", "detail"})
  void further_members_are_none_of_the_standard_ones(String name) {
    Problem problem = Problem.of(404, "Gone astray", "");
    IntNode value = IntNode.valueOf(200);
    assertThatThrownBy(() -> problem.with(name, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\""
                + name
                + "\" is a member that every problem has; give this further one another name");
  }

  @Test
  void a_success_is_no_problem() {
    assertThatThrownBy(() -> Problem.of(200, "", ""))
        .hasMessage("a problem's status is 400 to 599, not 200");
  }

  private static HttpResponse finish(HttpResponse response, String requestId) {
    return Finisher.finish(response, requestId, SecurityHeaders.OFF.render(false), Headers.empty());
  }
}
