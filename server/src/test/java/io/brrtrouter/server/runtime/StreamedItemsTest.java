package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.decode.ItemReader;
import io.brrtrouter.server.decode.Part;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.InvalidItemException;
import io.brrtrouter.server.runtime.KeptConnection.Answer;
import io.brrtrouter.server.stream.JsonStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Items of requests, read while they come. */
@Timeout(60)
class StreamedItemsTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Items, version: "1"}
      paths:
        /sum:
          post:
            operationId: sum
            x-brrtrouter-stream-body: true
            requestBody: &body
              content:
                application/jsonl: &items
                  x-brrtrouter-item-schema:
                    type: object
                    required: [n]
                    properties:
                      n: {type: integer, maximum: 1000}
                      id: {type: integer, readOnly: true}
                      pad: {}
                application/json-seq: *items
                multipart/mixed: *items
                text/plain: {}
            responses: {"200": {description: ok, content: {text/plain: {}}}}
        /swallow:
          post:
            operationId: swallow
            x-brrtrouter-stream-body: true
            requestBody: *body
            responses: {"200": {description: ok, content: {text/plain: {}}}}
        /limited:
          post:
            operationId: limited
            x-brrtrouter-stream-body: true
            x-brrtrouter-body-limit: 20
            requestBody: *body
            responses: {"200": {description: ok, content: {text/plain: {}}}}
        /echo:
          post:
            operationId: echo
            x-brrtrouter-stream-body: true
            requestBody: *body
            responses: {"200": {description: ok, content: {application/jsonl: {}}}}
        /binary:
          post:
            operationId: binary
            x-brrtrouter-stream-body: true
            requestBody:
              content:
                multipart/mixed: {x-brrtrouter-item-schema: {type: string, format: binary}}
            responses: {"200": {description: ok, content: {text/plain: {}}}}
        /collected:
          post:
            operationId: collected
            requestBody:
              content:
                application/jsonl:
                  x-brrtrouter-item-schema:
                    type: object
                    required: [n]
                    properties:
                      n: {type: integer, maximum: 1000}
                      id: {type: integer, readOnly: true}
                  schema: {type: array, maxItems: 2}
            responses: {"200": {description: ok, content: {text/plain: {}}}}
      """;

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  private final BrrtServer server =
      BrrtServer.builder()
          .document(TestServer.file(DOCUMENT))
          .config(TestServer.config("body.max_bytes", "10000", "json.max_depth", "5"))
          .handler("sum", this::sum)
          .handler("limited", this::sum)
          .handler("collected", this::sum)
          .handler("swallow", this::swallow)
          .handler("echo", StreamedItemsTest::echo)
          .handler("binary", StreamedItemsTest::lengths)
          .output(new PrintStream(OutputStream.nullOutputStream()))
          .start();

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse sum(Request request) throws IOException {
    ItemReader items = request.items();
    long sum = 0;
    for (Optional<JsonNode> item = items.next(); item.isPresent(); item = items.next()) {
      sum += item.get().path("n").longValue();
      told.add(item.get().toString());
    }
    assertThat(request.items().next()).isEqualTo(request.body().map(all -> all.path(0)));
    return HttpResponse.text(200, items.number() + " items, " + sum);
  }

  /** Makes nothing of what is wrong. */
  private HttpResponse swallow(Request request) throws IOException {
    ItemReader items = request.items();
    for (int i = 0; i < 2; i++) {
      try {
        while (items.next().isPresent()) {
          told.add("item " + items.number());
        }
      } catch (InvalidItemException invalid) {
        told.add(
            invalid.getMessage()
                + "|"
                + invalid.number()
                + "|"
                + invalid.offset()
                + "|"
                + invalid.line());
      }
    }
    return HttpResponse.text(200, "all is well");
  }

  private static HttpResponse echo(Request request) {
    return JsonStream.respond(
        request,
        "application/jsonl",
        sent -> {
          ItemReader items = request.items();
          for (Optional<JsonNode> item = items.next(); item.isPresent(); item = items.next()) {
            sent.send(item.get());
          }
        });
  }

  private static HttpResponse lengths(Request request) throws IOException {
    ItemReader items = request.items();
    StringBuilder lengths = new StringBuilder();
    for (Optional<JsonNode> item = items.next(); item.isPresent(); item = items.next()) {
      Part part = items.part().orElseThrow();
      assertThat(item.get().stringValue()).hasSize(part.content().length);
      lengths.append(part.contentType()).append(' ').append(part.length()).append(' ');
    }
    return HttpResponse.text(200, lengths.toString());
  }

  private static String head(String path, String type, String framing) {
    return "POST "
        + path
        + " HTTP/1.1\r\nHost: a\r\nContent-Type: "
        + type
        + "\r\n"
        + framing
        + "\r\n\r\n";
  }

  private static String whole(String path, String type, String body) {
    return head(path, type, "Content-Length: " + body.length()) + body;
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private static JsonNode problem(Answer answer) {
    return JsonMapper.shared().readTree(answer.content());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/jsonl", "application/json-seq", "multipart/mixed;boundary=b"})
  void each_is_there_when_it_has_come(String type) throws Exception {
    String begin = type.endsWith("b") ? "--b" : "";
    String before = type.endsWith("b") ? "\r\nContent-Type: application/json\r\n\r\n" : "";
    String behind = type.endsWith("b") ? "\r\n--b" : "\n";
    String sequence = type.endsWith("seq") ? "\u001e" : "";
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(head("/sum", type, "Transfer-Encoding: chunked"));
      if (!type.endsWith("jsonl")) {
        connection.send(chunk(begin + sequence));
      }
      for (int n = 1; n <= 3; n++) {
        // In a sequence the next text tells that one has ended.
        connection.send(chunk(before + "{\"n\":" + n + ",\"id\":7}" + behind + sequence));
        assertThat(told.poll(20, TimeUnit.SECONDS)).as("readOnly").isEqualTo("{\"n\":" + n + "}");
      }
      String end = type.endsWith("b") ? "--" : type.endsWith("seq") ? "{\"n\":4}" : "\n";
      connection.send(chunk(end)).send("0\r\n\r\n");
      assertThat(connection.read().content())
          .isEqualTo(type.endsWith("seq") ? "4 items, 10" : "3 items, 6");
    }
  }

  @Test
  void there_may_be_any_number_of_them() throws Exception {
    int count = 20_000;
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(whole("/sum", "application/jsonl", "{\"n\":1}\n".repeat(count)));
      assertThat(connection.read().content()).isEqualTo(count + " items, " + count);
      String parts = "--b\r\nContent-Type: application/json\r\n\r\n{\"n\":1}\r\n".repeat(1_000);
      connection.send(whole("/sum", "multipart/mixed; boundary=b", parts + "--b--"));
      assertThat(connection.read().content()).as("beyond 50 parts").isEqualTo("1000 items, 1000");
      connection.send(whole("/collected", "application/jsonl", "{\"n\":1}\n".repeat(count)));
      assertThat(connection.read().status()).as("others are bounded").isEqualTo(413);
    }
  }

  @Test
  void a_wrong_one_is_the_answer_whatever_the_handler_makes_of_it() throws Exception {
    try (KeptConnection connection = new KeptConnection(server)) {
      String body = "{\"n\":1}\n\n{\"n\":1001}\n{\"n\":3}\n";
      connection.send(whole("/swallow", "application/jsonl", body));
      Answer answer = connection.read();
      assertThat(answer.status()).isEqualTo(400);
      JsonNode problem = problem(answer);
      assertThat(problem.path("type").stringValue()).endsWith(":validation");
      assertThat(problem.path("item").toString())
          .isEqualTo("{\"number\":2,\"offset\":9,\"line\":3}");
      assertThat(problem.path("errors").path(0).path("pointer").stringValue()).isEqualTo("/1/n");
      assertThat(problem.path("errors")).hasSize(1);
      String message = "item 2 of the request, at octet 9, line 3: /1/n: must be at most 1000";
      assertThat(told).containsExactly("item 1", message + "|2|9|3", message + "|2|9|3");
    }
  }

  @Test
  void one_is_as_large_as_a_body_may_be() throws Exception {
    String fits = "{\"n\":1,\"pad\":\"" + "x".repeat(9_984) + "\"}";
    assertThat(fits).hasSize(10_000);
    String parts = "--b\r\nContent-Type: application/json\r\n\r\n%s\r\n--b--";
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(whole("/sum", "application/jsonl", fits + "\n" + fits));
      assertThat(connection.read().content()).isEqualTo("2 items, 2");
      connection.send(whole("/sum", "multipart/mixed; boundary=b", parts.formatted(fits)));
      assertThat(connection.read().content()).isEqualTo("1 items, 1");
      connection.send(whole("/sum", "application/jsonl", fits + "\n" + fits + " \n"));
      Answer answer = connection.read();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(problem(answer).path("detail").stringValue())
          .isEqualTo("Item 2 has more than 10000 octets.");
      assertThat(problem(answer).path("item").path("offset").intValue()).isEqualTo(10_001);
    }
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(whole("/sum", "multipart/mixed; boundary=b", parts.formatted(fits + " ")));
      assertThat(connection.read().status()).isEqualTo(413);
    }
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(head("/sum", "application/jsonl", "Transfer-Encoding: chunked"));
      connection.send(chunk("[".repeat(6)) + chunk("]".repeat(6) + "\n"));
      Answer answer = connection.read();
      assertThat(answer.status()).as("limits of JSON").isEqualTo(400);
      assertThat(problem(answer).path("type").stringValue()).endsWith(":malformed-json");
    }
  }

  @Test
  void the_whole_has_the_limit_of_the_operation() throws Exception {
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(whole("/limited", "application/jsonl", "{\"n\":1}\n{\"n\":2}\n"));
      assertThat(connection.read().content()).isEqualTo("2 items, 3");
      connection.send(head("/limited", "application/jsonl", "Transfer-Encoding: chunked"));
      connection.send(chunk("{\"n\":1}\n{\"n\":2}\n")).send(chunk("{\"n\":1}\n"));
      assertThat(connection.read().status()).isEqualTo(413);
    }
  }

  @Test
  void they_may_be_answered_while_they_come_and_a_wrong_one_cuts_that_off() throws Exception {
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(head("/echo", "application/jsonl", "Transfer-Encoding: chunked"));
      connection.send(chunk("{\"n\":1}\n{\"n\":\"x\"}\n"));
      String answer = connection.rest();
      assertThat(answer).startsWith("HTTP/1.1 200").contains("{\"n\":1}\n");
      assertThat(answer).as("without a last chunk").doesNotContain("\r\n0\r\n");
    }
  }

  @Test
  void octets_are_handed_on_as_parts() throws Exception {
    try (KeptConnection connection = new KeptConnection(server)) {
      String body =
          "--b\r\nContent-Type: image/png\r\n\r\n\u00ff\u0000\r\n--b\r\n\r\n\r\n--b--\r\n";
      connection.send(whole("/binary", "multipart/mixed; boundary=b", body));
      assertThat(connection.read().content()).isEqualTo("image/png 2 text/plain 0 ");
    }
  }

  @Test
  void collected_ones_are_judged_together_and_as_an_array() throws Exception {
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(whole("/collected", "application/jsonl", "{\"n\":1}\n{\"n\":2,\"id\":1}"));
      assertThat(connection.read().content()).isEqualTo("2 items, 3");
      assertThat(told).containsExactly("{\"n\":1}", "{\"n\":2}");
      connection.send(whole("/collected", "application/jsonl", "{}\n{\"n\":1}\n{\"n\":2000}\n"));
      JsonNode problem = problem(connection.read());
      assertThat(
              problem.path("errors").valueStream().map(each -> each.path("pointer").stringValue()))
          .containsExactly("/0", "/2/n");
      connection.send(whole("/collected", "application/jsonl", "{\"n\":1}\n".repeat(3)));
      problem = problem(connection.read());
      assertThat(problem.path("errors").path(0).path("keyword").stringValue())
          .isEqualTo("maxItems");
      connection.send("POST /collected HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(connection.read().content()).as("no body").isEqualTo("0 items, 0");
    }
    assertThat(told).hasSize(2);
  }

  @Test
  void what_has_no_items_says_so() throws Exception {
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(whole("/sum", "text/plain", "1"));
      assertThat(connection.read().status()).isEqualTo(500);
    }
  }
}
