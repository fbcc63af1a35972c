package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchIllegalStateException;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import ch.qos.logback.classic.spi.ILoggingEvent;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a handler gets, and what becomes of what it does. */
class HandlerTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Handlers, version: "1"}
      servers: [{url: /api}]
      paths:
        /things/{id}:
          post:
            operationId: act
            x-handler: {not: text}
            x-handler-java: do_it
            parameters:
            - {name: id, in: path, required: true, schema: {type: integer}}
            - {name: size, in: query, schema: {type: integer, default: 3}}
            - {name: X-Trace, in: header, schema: {type: string}}
            - {name: session, in: cookie, schema: {type: string}}
            requestBody:
              content:
                application/json: {schema: {type: object, properties: {serial: {type: integer, readOnly: true}}}}
                multipart/form-data: {schema: {type: object}}
            responses: {default: {description: any, content: {"*/*": {}}}}
        /slow:
          get:
            operationId: slow
            x-brrtrouter-deadline-ms: 50
            responses: {default: {description: any, content: {"*/*": {}}}}
      """;

  private static final String PROBLEM =
      """
      {"type":"urn:brrtrouter:problem:internal-error","title":"Internal server error",\
      "status":500,"detail":"The server failed to answer; its log has the request id.",\
      "requestId":"%s"}\
      """;

  private static TestServer server(Handler handler) {
    return TestServer.of(
        DOCUMENT, builder -> builder.mock(true).handler("do_it", handler).handler("slow", handler));
  }

  @Test
  void one_handler_can_answer_several_operations() {
    TestServer server =
        TestServer.of(
            """
            openapi: 3.1.1
            info: {title: Notes, version: "1"}
            paths:
              /notes:
                post: {operationId: add, x-handler: save, responses: {default: {description: any, content: {"*/*": {}}}}}
                put: {operationId: change, x-handler: save, responses: {default: {description: any, content: {"*/*": {}}}}}
            """,
            builder ->
                builder.handler(
                    "save", request -> HttpResponse.text(200, request.operation().method())));

    assertThat(TestServer.text(server.ask("POST", "/notes", ""))).isEqualTo("POST");
    assertThat(TestServer.text(server.ask("PUT", "/notes", ""))).isEqualTo("PUT");
  }

  @Nested
  class A_handler {

    @Test
    void and_what_it_calls_can_ask_for_the_current_request() throws Exception {
      List<Request> seen = new ArrayList<>();
      List<String> elsewhere = new ArrayList<>();
      AtomicReference<TestServer> server = new AtomicReference<>();
      server.set(
          server(request -> {
            seen.add(request);
            seen.add(Request.current());
            if (request.operation().operationId().equals(Optional.of("act"))) {
              server.get().ask("GET", "/api/slow", "");
              seen.add(Request.current());
              Thread other = Thread.ofVirtual().start(() -> elsewhere.add(refusal()));
              other.join();
            }
            return HttpResponse.of(204);
          }));

      assertThat(server.get().ask("POST", "/api/things/7", "").status()).isEqualTo(204);

      assertThat(seen.stream().map(request -> request.operation().operationId().orElseThrow()))
          .containsExactly("act", "act", "slow", "slow", "act");
      assertThat(seen.get(1)).isSameAs(seen.getFirst());
      assertThat(seen.getLast()).isSameAs(seen.getFirst());
      assertThat(elsewhere)
          .containsExactly(
              "no request is being handled here: Request.current() answers on the thread of a"
                  + " handler only; hand over what another thread needs");
      assertThat(refusal()).isEqualTo(elsewhere.getFirst());
    }

    private static String refusal() {
      return catchIllegalStateException(Request::current).getMessage();
    }

    @Test
    void gets_the_request_decoded_and_raw() {
      AtomicReference<Request> seen = new AtomicReference<>();
      TestServer server =
          server(request -> {
            seen.set(request);
            assertThat(Thread.currentThread().isVirtual()).isTrue();
            return HttpResponse.of(204);
          });

      HttpResponse response =
          server.ask(
              "POST",
              "/api/things/7?x=%201",
              "{\"a\": 1, \"serial\": 5}",
              "Content-Type",
              "application/json",
              "X-Trace",
              "t",
              "Cookie",
              "session=s; other=o; other=p",
              "X-Request-ID",
              "id-9");

      assertThat(response.status()).isEqualTo(204);
      Request request = seen.get();
      assertThat(request.method().token()).isEqualTo("POST");
      assertThat(request.target()).isEqualTo("/api/things/7?x=%201");
      assertThat(request.path()).isEqualTo("/api/things/7");
      assertThat(request.template()).isEqualTo("/api/things/{id}");
      assertThat(request.rawQuery()).isEqualTo("x=%201");
      assertThat(request.operation().operationId()).contains("act");
      assertThat(request.pathParameters().integer("id")).hasValue(7);
      assertThat(request.queryParameters().integer("size")).hasValue(3);
      assertThat(request.headerParameters().text("x-trace")).contains("t");
      assertThat(request.cookieParameters().text("session")).contains("s");
      assertThat(request.cookies()).isEqualTo(Map.of("session", "s", "other", "o"));
      assertThat(request.headers().get("x-trace")).isEqualTo("t");
      assertThat(request.contentType()).contains("application/json");
      assertThat(request.body().map(JsonNode::toString)).contains("{\"a\":1}");
      assertThat(request.rawBody()).asString().isEqualTo("{\"a\": 1, \"serial\": 5}");
      assertThat(request.parts()).isEmpty();
      assertThat(request.principal()).isEmpty();
      assertThat(request.requestId()).isEqualTo("id-9");
      assertThat(request.peer()).asString().contains("client");
    }

    @Test
    void gets_the_parts_of_a_multipart_body() {
      TestServer server =
          server(request ->
              HttpResponse.text(200, request.parts().getFirst().name() + request.parts().size()));

      HttpResponse response =
          server.ask(
              "POST",
              "/api/things/7",
              "--b\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nv\r\n--b--\r\n",
              "Content-Type",
              "multipart/form-data; boundary=b");

      assertThat(TestServer.text(response)).isEqualTo("n1");
    }

    @Test
    void is_not_called_for_a_request_that_is_not_valid() {
      TestServer server =
          server(_ -> {
            throw new AssertionError("called");
          });

      HttpResponse response =
          server.ask("POST", "/api/things/x?size=y", "[]", "Content-Type", "application/json");

      assertThat(response.status()).isEqualTo(400);
      assertThat(TestServer.text(response))
          .contains("\"in\":\"path\"", "\"in\":\"query\"", "\"in\":\"body\"", "3 violations");
    }
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        failure(
            "an exception",
            _ -> {
              throw new IOException("secret");
            }),
        failure(
            "an interruption",
            _ -> {
              throw new InterruptedException("secret");
            }),
        failure(
            "an assertion",
            _ -> {
              throw new AssertionError("secret");
            }),
        failure(
            "a full heap",
            _ -> {
              throw new OutOfMemoryError("secret");
            }),
        failure("a full stack", HandlerTest::overflow),
        failure("null", _ -> null));
  }

  private static Arguments failure(String name, Handler handler) {
    return Arguments.of(org.junit.jupiter.api.Named.of(name, handler));
  }

  @SuppressWarnings("InfiniteRecursion")
  private static HttpResponse overflow(Request request) {
    return overflow(request);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whatever_a_handler_does_the_client_gets_a_500_without_detail(Handler handler) {
    TestServer server = server(handler);
    String id = RequestIds.next();
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.failures")) {
      for (String path : List.of("/api/things/1", "/api/slow")) {
        String method = path.endsWith("1") ? "POST" : "GET";
        HttpResponse response = server.ask(method, path, "", "X-Request-ID", id + path.length());

        assertThat(response.status()).isEqualTo(500);
        assertThat(TestServer.text(response)).isEqualTo(PROBLEM.formatted(id + path.length()));
        assertThat(log.about(id + path.length())).hasSize(1);
      }
    }
  }

  @Test
  void a_failure_is_logged_with_its_place_and_the_server_lives_on() {
    RuntimeException failure = new IllegalStateException("no database");
    TestServer server =
        server(request -> {
          if (request.pathParameters().integer("id").orElse(0) == 1) {
            throw failure;
          }
          return HttpResponse.text(200, "alive");
        });
    String id = RequestIds.next();
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.failures")) {
      server.ask("POST", "/api/things/1", "", "X-Request-ID", id);

      ILoggingEvent event = log.about(id).getFirst();
      assertThat(event.getFormattedMessage())
          .isEqualTo("request " + id + ": POST /api/things/{id} failed");
      assertThat(event.getThrowableProxy().getMessage()).isEqualTo("no database");
      assertThat(TestServer.text(server.ask("POST", "/api/things/2", ""))).isEqualTo("alive");
    }
  }

  @Nested
  class Filters {

    @Test
    void wrap_in_the_order_they_were_added() {
      TestServer server =
          TestServer.of(
              DOCUMENT,
              builder ->
                  builder
                      .mock(true)
                      .handler("do_it", _ -> HttpResponse.text(200, "h"))
                      .filter(adding("outer"))
                      .filter(adding("inner")));

      assertThat(server.ask("POST", "/api/things/1", "").headers().all("X-Through"))
          .containsExactly("inner", "outer");
    }

    private static Filter adding(String name) {
      return (exchange, next) -> {
        HttpResponse response = next.proceed(exchange);
        return new HttpResponse(
            response.status(), response.headers().plus("X-Through", name), response.body());
      };
    }

    @Test
    void see_operation_and_refusals_and_may_answer_themselves() {
      ScopedValue<String> tenant = ScopedValue.newInstance();
      TestServer server =
          TestServer.of(
              DOCUMENT,
              builder ->
                  builder
                      .mock(true)
                      .handler("do_it", _ -> HttpResponse.text(200, tenant.get()))
                      .handler("slow", _ -> HttpResponse.text(200, tenant.get()))
                      .filter((exchange, next) -> {
                        assertThat(exchange.requestId()).isNotEmpty();
                        assertThat(exchange.principal()).isEmpty();
                        if (exchange.rawBody().length > 0) {
                          return HttpResponse.text(418, exchange.handlerName());
                        }
                        return ScopedValue.where(
                                tenant, exchange.template() + exchange.head().method())
                            .call(() -> next.proceed(exchange));
                      })
                      .filter((exchange, next) -> {
                        HttpResponse response = next.proceed(exchange);
                        return response.withHeader(
                            "X-Saw",
                            response.status() + exchange.operation().operationId().orElseThrow());
                      }));

      assertThat(TestServer.text(server.ask("POST", "/api/things/1", "")))
          .isEqualTo("/api/things/{id}POST");
      assertThat(TestServer.text(server.get("/api/slow"))).isEqualTo("/api/slowGET");
      assertThat(server.ask("POST", "/api/things/x", "").headers().get("X-Saw"))
          .isEqualTo("400act");
      HttpResponse teapot =
          server.ask("POST", "/api/things/1", "x", "Content-Type", "application/json");
      assertThat(teapot.status()).isEqualTo(418);
      assertThat(TestServer.text(teapot)).isEqualTo("do_it");
    }

    @Test
    void that_answer_null_are_a_failure() {
      TestServer server =
          TestServer.of(DOCUMENT, builder -> builder.mock(true).filter((_, _) -> null));

      assertThat(server.get("/api/slow").status()).isEqualTo(500);
    }
  }

  @Nested
  class A_deadline {

    @Test
    void interrupts_the_handler_and_answers_for_it() throws Exception {
      CountDownLatch interrupted = new CountDownLatch(1);
      TestServer server =
          server(_ -> {
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
              interrupted.countDown();
            }
            return HttpResponse.text(200, "late");
          });

      HttpResponse response = server.get("/api/slow", "X-Request-ID", "d");

      assertThat(TestServer.wire(response))
          .isEqualTo(
              """
              504
              Content-Type: application/problem+json
              Cache-Control: no-store

              {"type":"urn:brrtrouter:problem:deadline-exceeded","title":"Deadline exceeded",\
              "status":504,"detail":"The operation did not finish within 50 ms.",\
              "requestId":"d"}\
              """);
      interrupted.await();
    }

    @Test
    void says_what_is_left_of_it_for_calls_to_others() throws Exception {
      Duration hour = Duration.ofHours(1);
      CompletableFuture<List<Duration>> seen = new CompletableFuture<>();
      TestServer server =
          server(request -> {
            List<Duration> left = new ArrayList<>();
            left.add(request.remaining().orElseThrow());
            left.add(Request.within(hour));
            left.add(Request.within(Duration.ofNanos(1)));
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException expected) {
              left.add(request.remaining().orElseThrow());
              left.add(Request.within(hour));
            }
            seen.complete(left);
            return HttpResponse.text(200, "late");
          });

      assertThat(server.get("/api/slow").status()).isEqualTo(504);
      List<Duration> left = seen.get();
      assertThat(left.get(0)).isLessThanOrEqualTo(Duration.ofMillis(50));
      assertThat(left.get(1)).isBetween(Duration.ofMillis(1), Duration.ofMillis(50));
      assertThat(left.get(2)).isEqualTo(Duration.ofNanos(1));
      assertThat(left.get(3)).isZero();
      assertThat(left.get(4)).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void that_is_not_there_leaves_calls_to_others_their_time() throws Exception {
      Duration usual = Duration.ofSeconds(7);
      CompletableFuture<List<Object>> seen = new CompletableFuture<>();
      TestServer server =
          server(request -> {
            seen.complete(List.of(request.remaining(), Request.within(usual)));
            return HttpResponse.text(200, "done");
          });

      server.ask("POST", "/api/things/7", "");
      assertThat(seen.get()).containsExactly(Optional.empty(), usual);
      assertThat(Request.within(usual)).isEqualTo(usual);
    }

    @Test
    void leaves_the_failure_of_a_late_handler_to_the_log() throws Exception {
      CountDownLatch late = new CountDownLatch(1);
      TestServer server =
          server(_ -> {
            try {
              new CountDownLatch(1).await();
            } catch (InterruptedException interrupted) {
              late.await();
            }
            throw new IOException("late");
          });
      String id = RequestIds.next();
      try (CapturedLog log = new CapturedLog("io.brrtrouter.server.failures")) {
        assertThat(server.get("/api/slow", "X-Request-ID", id).status()).isEqualTo(504);
        assertThat(log.about(id)).isEmpty();
        late.countDown();

        ILoggingEvent event = log.next(id);
        assertThat(event.getFormattedMessage())
            .isEqualTo(
                "request "
                    + id
                    + ": GET /api/slow failed after its deadline, which had been answered for it");
        assertThat(event.getThrowableProxy().getMessage()).isEqualTo("late");
        assertThat(log.about(id)).hasSize(1);
      }
    }

    @Test
    void does_not_log_that_its_interruption_arrived() throws Exception {
      CountDownLatch ended = new CountDownLatch(1);
      TestServer server =
          server(_ -> {
            try {
              new CountDownLatch(1).await();
              return HttpResponse.of(204);
            } finally {
              ended.countDown();
            }
          });
      String id = RequestIds.next();
      try (CapturedLog log = new CapturedLog("io.brrtrouter.server.failures")) {
        assertThat(server.get("/api/slow", "X-Request-ID", id).status()).isEqualTo(504);
        ended.await();
        assertThat(log.about(id)).isEmpty();
      }
    }

    @Test
    void does_not_wait_for_a_handler_that_ignores_it_but_counts_it_as_in_flight() throws Exception {
      CountDownLatch release = new CountDownLatch(1);
      CountDownLatch ended = new CountDownLatch(1);
      TestServer server =
          TestServer.of(
              DOCUMENT,
              builder ->
                  builder
                      .mock(true)
                      .config(TestServer.config("http.max_in_flight", "1"))
                      .handler(
                          "slow",
                          _ -> {
                            awaitThroughInterruptions(release);
                            ended.countDown();
                            return HttpResponse.of(204);
                          }));

      assertThat(server.get("/api/slow").status()).isEqualTo(504);
      HttpResponse refused = server.ask("POST", "/api/things/1", "");
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.headers().get("Retry-After")).isEqualTo("1");

      release.countDown();
      ended.await();
      // The permit is given back a moment after the handler has ended.
      assertTimeoutPreemptively(
          Duration.ofMinutes(1),
          () -> {
            while (server.ask("POST", "/api/things/1", "").status() == 503) {
              Thread.onSpinWait();
            }
          });
    }

    private static void awaitThroughInterruptions(CountDownLatch latch) {
      boolean interrupted = true;
      while (interrupted) {
        try {
          latch.await();
          interrupted = false;
        } catch (InterruptedException again) {
          interrupted = true;
        }
      }
    }

    @Test
    void that_is_kept_changes_nothing() {
      TestServer server = server(_ -> HttpResponse.text(200, "quick"));

      assertThat(TestServer.text(server.get("/api/slow"))).isEqualTo("quick");
    }
  }

  @Nested
  class The_finish {

    @Test
    void renders_json_and_keeps_what_the_handler_says_about_sniffing() {
      TestServer server =
          server(_ ->
              HttpResponse.json(200, JsonNodeFactory.instance.objectNode().put("a", 1))
                  .withHeader("X-Content-Type-Options", "own")
                  .withHeader("X-Request-ID", "forged"));

      HttpResponse response = server.ask("POST", "/api/things/1", "", "X-Request-ID", "real");

      assertThat(TestServer.text(response)).isEqualTo("{\"a\":1}");
      assertThat(response.headers().all("X-Content-Type-Options")).containsExactly("own");
      assertThat(response.headers().all("X-Request-ID")).containsExactly("real");
    }

    @ParameterizedTest
    @org.junit.jupiter.params.provider.ValueSource(ints = {204, 205, 304})
    void drops_content_where_there_is_none(int status) {
      TestServer server = server(_ -> HttpResponse.text(status, "content"));

      assertThat(TestServer.text(server.ask("POST", "/api/things/1", ""))).isEmpty();
    }
  }
}
