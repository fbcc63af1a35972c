package io.brrtrouter.otel;

import static io.brrtrouter.otel.TracedServer.id;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.TraceContext;
import io.brrtrouter.server.websocket.WebSockets;
import io.brrtrouter.testing.telemetry.ReceivedSpan;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.trace.Span;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a collector receives of requests, over sockets on both sides. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestSpansTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Traced Things, version: "7"}
      paths:
        /things/{thingId}:
          parameters:
            - {name: thingId, in: path, required: true, schema: {type: integer}}
          get:
            operationId: get_thing
            parameters:
              - {name: color, in: query, schema: {type: string}}
              - {name: access_token, in: query, schema: {type: string}}
              - {name: pin_code, in: query, schema: {type: string}}
            responses:
              "200": {description: ok, content: {application/json: {schema: {type: object}}}}
          put:
            operationId: put_thing
            security: [{k: []}]
            requestBody: {content: {application/json: {schema: {type: object, required: [a]}}}}
            responses:
              "200": {description: ok, content: {application/json: {schema: {type: object}}}}
        /broken:
          get:
            operationId: break_it
            responses: {"200": {description: ok}}
        /refusing:
          get:
            operationId: refuse
            responses: {"503": {description: no, content: {text/plain: {}}}}
        /stream:
          get:
            operationId: stream
            responses: {"200": {description: ok, content: {text/plain: {}}}}
        /talk:
          get:
            operationId: talk
            x-websocket: {}
            responses: {"101": {description: it begins}}
      components:
        securitySchemes:
          k: {type: apiKey, in: query, name: k}
      """;

  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String PARENT = "00f067aa0ba902b7";

  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();
  private final CountDownLatch begun = new CountDownLatch(1);
  private TracedServer traced;

  @BeforeAll
  void start() {
    traced =
        new TracedServer(
            DOCUMENT,
            Map.of("BRRTR_TRACING_REDACTED_QUERY_PARAMETERS", "pin_code"),
            builder ->
                builder
                    .developmentSecurity(true)
                    .handler("get_thing", this::thing)
                    .handler("put_thing", this::thing)
                    .handler(
                        "break_it",
                        _ -> {
                          throw new UnsupportedOperationException("out of order");
                        })
                    .handler("refuse", _ -> HttpResponse.text(503, "no"))
                    .handler(
                        "stream",
                        _ ->
                            HttpResponse.streamed(
                                200,
                                "text/plain",
                                sink -> {
                                  sink.write("begun".getBytes(UTF_8));
                                  sink.flush();
                                  begun.countDown();
                                  while (true) {
                                    sink.write(new byte[8_192]);
                                    sink.flush();
                                  }
                                }))
                    .handler("talk", WebSockets.handler(socket -> socket.send("hello"))));
  }

  @AfterAll
  void stop() {
    traced.close();
  }

  private HttpResponse thing(Request request) {
    String baggage = String.valueOf(Baggage.current().getEntryValue("tenant"));
    seen.add(Span.current().getSpanContext().getTraceId() + " " + baggage);
    OtelTracing.current().getTracer("mine").spanBuilder("looks it up").startSpan().end();
    TraceContext own = request.trace().orElseThrow();
    return new HttpResponse(
        200,
        Headers.of("Content-Type", "application/json", "Trace", own.traceId() + " " + own.spanId()),
        new Body.Bytes("{}".getBytes(UTF_8)));
  }

  @Test
  void a_request_has_a_span_by_the_conventions_of_http() {
    var response = traced.get("/things/7?color=red&access_token=abc&pin_code=1234&k=secret");
    assertThat(response.statusCode()).isEqualTo(200);
    ReceivedSpan span = traced.receiver.serverSpan(id(response));

    assertThat(span.name()).isEqualTo("GET /things/{thingId}");
    assertThat(span.parentSpanId()).isEmpty();
    assertThat(span.status()).isEqualTo("UNSET");
    assertThat(span.scope()).isEqualTo("io.brrtrouter.server");
    assertThat(span.resource())
        .containsEntry("service.name", "Traced Things")
        .containsEntry("service.version", "7");
    assertThat(span.attributes())
        .containsEntry("http.request.method", "GET")
        .containsEntry("url.scheme", "http")
        .containsEntry("url.path", "/things/7")
        .containsEntry("url.query", "color=red&access_token=REDACTED&pin_code=REDACTED&k=REDACTED")
        .containsEntry("http.route", "/things/{thingId}")
        .containsEntry("http.response.status_code", 200L)
        .containsEntry("http.response.body.size", 2L)
        .containsEntry("server.address", "127.0.0.1")
        .containsEntry("server.port", (long) traced.server.port())
        .containsEntry("client.address", "127.0.0.1")
        .containsEntry("network.peer.address", "127.0.0.1")
        .containsEntry("network.protocol.version", "1.1")
        .containsEntry("brrtrouter.operation_id", "get_thing")
        .containsEntry("http.response.header.x-request-id", List.of(id(response)))
        .containsKey("user_agent.original")
        .doesNotContainKeys("error.type", "brrtrouter.aborted", "http.request.method_original");
    assertThat(response.headers().firstValue("Trace"))
        .contains(span.traceId() + " " + span.spanId());
  }

  @Test
  void steps_are_its_children_and_what_a_handler_records_is_below_its_own() {
    var response =
        traced.send(
            "PUT",
            "/things/7?k=development-only",
            "{\"a\": 1}",
            "Content-Type",
            "application/json");
    assertThat(response.statusCode()).isEqualTo(200);
    List<ReceivedSpan> trace =
        traced.receiver.trace(
            id(response), "security", "decode", "handler", "response check", "looks it up");

    ReceivedSpan server = traced.receiver.serverSpan(id(response));
    Map<String, String> parents = new java.util.HashMap<>();
    trace.forEach(span -> parents.put(span.name(), span.parentSpanId()));
    String handler = spanId(trace, "handler");
    assertThat(parents)
        .isEqualTo(
            Map.of(
                "PUT /things/{thingId}", "",
                "security", server.spanId(),
                "decode", server.spanId(),
                "handler", server.spanId(),
                "response check", server.spanId(),
                "looks it up", handler));
  }

  private static String spanId(List<ReceivedSpan> trace, String name) {
    return trace.stream()
        .filter(span -> span.name().equals(name))
        .findFirst()
        .orElseThrow()
        .spanId();
  }

  @Test
  void it_goes_on_with_the_trace_of_who_asks() throws Exception {
    seen.clear();
    var response =
        traced.get(
            "/things/8",
            "traceparent",
            "00-" + TRACE + "-" + PARENT + "-01",
            "tracestate",
            "vendor=a,other=b",
            "baggage",
            "tenant=acme");
    ReceivedSpan span = traced.receiver.serverSpan(id(response));
    assertThat(span.traceId()).isEqualTo(TRACE);
    assertThat(span.parentSpanId()).isEqualTo(PARENT);
    assertThat(span.traceState()).isEqualTo("vendor=a,other=b");
    assertThat(seen.take()).isEqualTo(TRACE + " acme");
  }

  @Test
  void who_asks_decides_that_nothing_is_recorded() throws Exception {
    seen.clear();
    String trace = "11112222333344445555666677778888";
    traced.get("/things/9", "traceparent", "00-" + trace + "-" + PARENT + "-00");
    assertThat(seen.take()).isEqualTo(trace + " null");
    // What is sent in order has arrived when a later one has.
    traced.receiver.serverSpan(id(traced.get("/things/10")));
    assertThat(traced.receiver.spans()).noneMatch(span -> span.traceId().equals(trace));
  }

  @Test
  void several_traceparents_begin_a_trace_of_ones_own() {
    String field = "00-" + TRACE + "-" + PARENT + "-01";
    var response = traced.get("/things/8", "traceparent", field, "traceparent", field);
    assertThat(traced.receiver.serverSpan(id(response)).parentSpanId()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "GET,    /nothing,    404, GET,                   UNSET, -",
        "DELETE, /things/7,   405, DELETE,                UNSET, -",
        "BREW,   /things/7,   501, HTTP,                  ERROR, 501",
        "PUT,    /things/7,   401, PUT /things/{thingId}, UNSET, -",
        "GET,    /things/red, 400, GET /things/{thingId}, UNSET, -",
        "GET,    /refusing,   503, GET /refusing,         ERROR, 503",
        "GET,    /broken,     500, GET /broken,           ERROR, java.lang.UnsupportedOperationException",
      })
  void refused_and_failed_requests_have_one_too(
      String method, String target, int status, String name, String outcome, String error) {
    var response = traced.send(method, target, "");
    assertThat(response.statusCode()).isEqualTo(status);
    ReceivedSpan span = traced.receiver.serverSpan(id(response));
    assertThat(span.name()).isEqualTo(name);
    assertThat(span.status()).isEqualTo(outcome);
    assertThat(span.attributes().get("http.response.status_code")).isEqualTo((long) status);
    assertThat(span.text("error.type").orElse(null)).isEqualTo(error);
  }

  @Test
  void a_method_that_is_unknown_is_other() {
    ReceivedSpan span = traced.receiver.serverSpan(id(traced.send("BREW", "/things/7", "")));
    assertThat(span.attributes())
        .containsEntry("http.request.method", "_OTHER")
        .containsEntry("http.request.method_original", "BREW");
  }

  @Test
  void an_exception_is_recorded_where_it_comes_from() {
    List<ReceivedSpan> trace = traced.receiver.trace(id(traced.get("/broken")), "handler");
    assertThat(trace)
        .filteredOn(span -> !span.events().isEmpty())
        .singleElement()
        .satisfies(span -> {
          assertThat(span.name()).isEqualTo("handler");
          assertThat(span.events()).containsExactly("exception");
          assertThat(span.status()).isEqualTo("ERROR");
        });
  }

  @Test
  void a_client_that_goes_ends_it() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), traced.server.port())) {
      socket
          .getOutputStream()
          .write(
              "GET /stream HTTP/1.1\r\nHost: localhost\r\nX-Request-ID: gone-1\r\n\r\n"
                  .getBytes(UTF_8));
      begun.await();
    }
    ReceivedSpan span = traced.receiver.serverSpan("gone-1");
    assertThat(span.name()).isEqualTo("GET /stream");
    assertThat(span.attributes())
        .containsEntry("brrtrouter.aborted", true)
        .containsEntry("server.address", "localhost")
        .containsEntry("server.port", 80L);
  }

  @Test
  void a_conversation_is_one_span() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (HttpClient client = HttpClient.newHttpClient()) {
      client
          .newWebSocketBuilder()
          .header("X-Request-ID", "talk-1")
          .buildAsync(
              URI.create(traced.server.url().replace("http", "ws") + "/talk"),
              new WebSocket.Listener() {
                @Override
                public java.util.concurrent.@org.jspecify.annotations.Nullable CompletionStage<?>
                    onClose(WebSocket socket, int code, String reason) {
                  closed.countDown();
                  return null;
                }
              })
          .get();
      closed.await();
    }
    ReceivedSpan span = traced.receiver.serverSpan("talk-1");
    assertThat(span.name()).isEqualTo("GET /talk");
    assertThat(span.attributes()).containsEntry("http.response.status_code", 101L);
  }

  @Test
  void a_generation_that_follows_records_as_the_one_before() {
    traced.server.addRoute("GET", "/added/{name}", _ -> HttpResponse.text(200, "there"));
    ReceivedSpan span = traced.receiver.serverSpan(id(traced.get("/added/x")));
    assertThat(span.name()).isEqualTo("GET /added/{name}");
  }

  @Test
  void built_in_endpoints_are_not_recorded() {
    String probe = id(traced.get("/health"));
    traced.receiver.serverSpan(id(traced.get("/things/11")));
    assertThat(traced.receiver.spans())
        .noneMatch(span ->
            List.of(probe).equals(span.attributes().get("http.response.header.x-request-id")));
  }
}
