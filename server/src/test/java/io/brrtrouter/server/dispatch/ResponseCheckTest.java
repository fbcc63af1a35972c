package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ResponseCheckTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Checks, version: "1"}
      paths:
        /thing:
          get:
            operationId: get
            %s
            responses:
              "200":
                description: ok
                headers:
                  X-Total: {required: true, schema: {type: integer, maximum: 9}}
                  Date: {required: true, schema: {type: string}}
                  Content-Length: {required: true, schema: {type: integer}}
                  X-Request-ID: {required: true, schema: {type: string}}
                  x-content-type-options: {required: true, schema: {const: nosniff}}
                  Connection: {required: true, schema: {type: string}}
                  X-Tags: {schema: {type: array, items: {enum: [a, b]}}}
                  Content-Type: {required: true, schema: {const: ignored}}
                content:
                  application/json:
                    schema:
                      type: object
                      required: [name, secret]
                      additionalProperties: false
                      properties:
                        name: {type: string}
                        id: {type: integer, readOnly: true}
                        secret: {type: string, writeOnly: true}
                  text/plain: {schema: {type: string, maxLength: 3}}
                  text/csv; charset=utf-8: {schema: {type: integer, maximum: 42}}
                  text/html: {schema: {type: [boolean, "null"]}}
                  application/vnd.a+json; charset=utf-8: {schema: {type: array}}
                  image/*: {schema: {type: string}}
                  multipart/form-data: {}
                  application/octet-stream: {}
              "204": {description: none}
              "4XX": {description: client, content: {application/problem+json: {}}}
      """;

  private static HttpResponse response(int status, String type, String body, String... headers) {
    return new HttpResponse(
        status,
        type == null ? Headers.of(headers) : Headers.of(headers).plus("Content-Type", type),
        body.isEmpty() ? Body.EMPTY : new Body.Bytes(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static TestServer server(String mode, HttpResponse answer, ExchangeListener... told) {
    return TestServer.of(
        DOCUMENT.formatted(""),
        builder -> {
          builder.config(TestServer.config("responses.check", mode)).handler("get", _ -> answer);
          List.of(told).forEach(builder::listener);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          200 | application/json               | {"name":"n","id":1}
          200 | application/json;charset=utf-8 | {"name":"n"}
          200 | text/plain                     | abc
          200 | image/png                      | any bytes at all
          200 | text/csv                       | 42
          200 | text/html                      | true
          200 | text/html                      | null
          200 | application/vnd.a+json         | [1]
          200 | application/octet-stream       | any bytes at all
          204 | -                              | ''
          404 | application/problem+json       | {}
          """)
  void what_the_document_says_passes(int status, String type, String body) {
    HttpResponse answer = response(status, type, body, "X-Total", "9", "X-Tags", "a,b");

    assertThat(server("enforce", answer).get("/thing").status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          201 | -                        | ''                  | 1  | status: status 201 is not declared; declared are 200, 204, 4XX (6:7)
          204 | text/plain               | x                   | 1  | content: content was sent but none is declared (37:16)
          404 | -                        | ''                  | 1  | content: no content was sent; declared is application/problem+json (38:16)
          404 | -                        | x                   | 1  | content: Content-Type is missing; declared is application/problem+json (38:16)
          404 | text/html                | x                   | 1  | content: Content-Type was "text/html". The body must be one of: application/problem+json. (38:16)
          404 | nonsense                 | x                   | 1  | content: Content-Type is one media type with each of its parameters once; the body must be one of: application/problem+json. (38:16)
          404 | text/plain;;;=           | x                   | 1  | content: Content-Type is one media type with each of its parameters once; the body must be one of: application/problem+json. (38:16)
          200 | text/plain; charset=nope | x                   | 1  | content: Content-Type was "text/plain; charset=nope". The charset of the body is none that the server knows; utf-8 is. (10:11)
          200 | text/plain; charset="no pe" | x                | 1  | content: Content-Type was "text/plain". The charset of the body is none that the server knows; utf-8 is. (10:11)
          200 | multipart/form-data      | x                   | 1  | content: Content-Type was "multipart/form-data". The Content-Type of a multipart body has a boundary parameter of 1 to 70 characters that RFC 2046 allows. (10:11)
          200 | application/json; charset=utf-16 | {}          | 1  | content: Content-Type was "application/json; charset=utf-16". The charset of JSON and forms is UTF-8: say charset=utf-8 or leave it out. (10:11)
          200 | text/plain               | abc                 | 10 | header X-Total: must be at most 9 (12:63)
          200 | text/plain               | abc                 | x  | header X-Total: must be an integer (12:48)
          200 | text/plain               | abc                 | -  | header X-Total: is required but was not sent (12:22)
          200 | text/plain               | abcd                | 1  | body: must have at most 3 characters, not 4 (30:49)
          200 | text/csv                 | 43                  | 1  | body: must be at most 42 (31:63)
          200 | text/csv                 | x                   | 1  | body: must be an integer
          200 | text/html                | no                  | 1  | body: must be true or false or null
          200 | application/vnd.a+json   | {}                  | 1  | body: must be an array, not an object
          200 | application/json         | {"name":1}          | 1  | body /name: must be a string, not a number (27:26)
          200 | application/json         | {"secret":"s"}      | 1  | body: must have the property "name" (24:17)
          200 | application/json         | {"name":"n","x":1}  | 1  | body /x: is not allowed here (25:17)
          """)
  void what_breaks_the_document_is_told_with_its_place(
      int status, String type, String body, String total, String violation) {
    HttpResponse answer =
        total == null
            ? response(status, type, body)
            : response(status, type, body, "X-Total", total);
    String id = RequestIds.next();
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.contract")) {
      server("log", answer).get("/thing", "X-Request-ID", id);

      assertThat(log.about(id))
          .singleElement()
          .extracting(e -> e.getFormattedMessage().replaceAll("\\(\\S*api\\.yaml:", "("))
          .asString()
          .startsWith(
              "request " + id + ": the response " + status + " of get does not match the document:")
          .contains(violation);
    }
  }

  @Test
  void bytes_that_are_no_json_are_told() {
    HttpResponse answer = response(200, "application/json", "{", "X-Total", "1");

    assertThat(server("enforce", answer).get("/thing").status()).isEqualTo(500);
  }

  @Test
  void a_tree_is_checked_without_being_written() {
    HttpResponse answer =
        HttpResponse.json(200, JsonMapper.shared().readTree("{\"name\":\"n\"}"))
            .withHeader("X-Total", "1");
    HttpResponse wrong =
        HttpResponse.json(200, JsonMapper.shared().readTree("{\"name\":2}"))
            .withHeader("X-Total", "1");

    assertThat(server("enforce", answer).get("/thing").status()).isEqualTo(200);
    assertThat(server("enforce", wrong).get("/thing").status()).isEqualTo(500);
  }

  @Test
  void the_answer_to_head_may_lack_content() {
    HttpResponse answer = response(200, null, "", "X-Total", "1");

    assertThat(server("enforce", answer).ask("HEAD", "/thing", "").status()).isEqualTo(200);
    assertThat(server("enforce", answer).get("/thing").status()).isEqualTo(500);
  }

  @Nested
  class Its_mode {
    private final HttpResponse wrong = response(418, "application/problem+json", "", "X-T", "1");
    private final Queue<ContractBreach> breaches = new ConcurrentLinkedQueue<>();
    private final ExchangeListener listener =
        new ExchangeListener() {
          @Override
          public void completed(CompletedExchange exchange) {}

          @Override
          public void breached(ContractBreach breach) {
            breaches.add(breach);
          }
        };

    @Test
    void off_lets_everything_pass_in_silence() {
      assertThat(server("off", wrong, listener).get("/thing").status()).isEqualTo(418);
      assertThat(breaches).isEmpty();
    }

    @Test
    void log_lets_everything_pass_and_tells() {
      HttpResponse response = server("log", wrong, listener).get("/thing", "X-Request-ID", "i");

      assertThat(response.status()).isEqualTo(418);
      assertThat(breaches)
          .singleElement()
          .satisfies(breach -> {
            assertThat(breach.operation().operationId()).contains("get");
            assertThat(breach.template()).isEqualTo("/thing");
            assertThat(breach.requestId()).isEqualTo("i");
            assertThat(breach.status()).isEqualTo(418);
            assertThat(breach.violations())
                .singleElement()
                .satisfies(text ->
                    assertThat(text)
                        .startsWith(
                            "content: no content was sent; declared is application/problem+json ("));
          });
    }

    @Test
    void sample_looks_at_some() {
      server("sample:1.0", wrong, listener).get("/thing");
      assertThat(breaches).hasSize(1);
      server("sample:1e-300", wrong, listener).get("/thing");
      assertThat(breaches).hasSize(1);
    }

    /** Who collects content to have it judged does so for responses of the sample only. */
    @Test
    void a_handler_is_told_whether_its_response_is_one_of_the_sample() {
      List<Boolean> told = new ArrayList<>();
      TestServer server =
          TestServer.of(
              DOCUMENT.formatted(""),
              builder ->
                  builder
                      .config(TestServer.config("responses.check", "sample:0.5"))
                      .listener(listener)
                      .handler(
                          "get",
                          request -> {
                            told.add(request.isContentJudged(200, "application/json"));
                            return wrong;
                          }));
      for (int i = 0; i < 100; i++) {
        int before = breaches.size();
        server.get("/thing");
        assertThat(told.getLast()).isEqualTo(breaches.size() > before);
      }
      assertThat(told).contains(true, false);
    }

    @Test
    void enforce_withholds_what_is_wrong() {
      HttpResponse response = server("enforce", wrong, listener).get("/thing");

      assertThat(response.status()).isEqualTo(500);
      assertThat(TestServer.text(response)).contains("urn:brrtrouter:problem:response-contract");
      assertThat(breaches).hasSize(1);
    }

    @Test
    void of_an_operation_wins() {
      TestServer server =
          TestServer.of(
              DOCUMENT.formatted("x-brrtrouter-response-check: enforce"),
              builder -> builder.handler("get", _ -> wrong));

      assertThat(server.get("/thing").status()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "log", "enforce", "sample:0.25"})
    void is_written_as_it_is_read(String text) {
      assertThat(ResponseCheckMode.parse(text)).map(Object::toString).contains(text);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"", "on", "OFF", "sample", "sample:", "sample:0", "sample:1.1", "sample:NaN"})
    void is_refused_when_it_is_none(String text) {
      assertThat(ResponseCheckMode.parse(text)).isEmpty();
    }

    @Test
    void sample_has_a_rate_within_bounds() {
      assertThatThrownBy(() -> new ResponseCheckMode.Sample(2))
          .hasMessage("a sample rate is above 0 and at most 1, not 2.0");
    }
  }
}
