package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.ClientGoneException;
import io.brrtrouter.server.http.ContentSource;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.KeptConnection.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Operations whose handler reads the body while it comes. */
@Timeout(60)
class StreamedRequestTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Uploads, version: "1"}
      paths:
        /large:
          put:
            operationId: large
            x-brrtrouter-stream-body: true
            parameters: [{name: size, in: query, schema: {type: integer}}]
            requestBody:
              required: true
              content:
                application/octet-stream: {}
                text/csv: {schema: {type: string}}
            responses: {"200": {description: ok, content: {text/plain: {schema: {type: string}}}}}
        /small:
          put:
            operationId: small
            x-brrtrouter-stream-body: true
            x-brrtrouter-body-limit: 10
            requestBody: {content: {application/octet-stream: {}}}
            responses: {"200": {description: ok, content: {text/plain: {schema: {type: string}}}}}
        /swallowing:
          put:
            operationId: swallowing
            x-brrtrouter-stream-body: true
            x-brrtrouter-body-limit: 10
            requestBody: {content: {application/octet-stream: {}}}
            responses: {"200": {description: ok, content: {text/plain: {schema: {type: string}}}}}
        /late:
          put:
            operationId: late
            x-brrtrouter-stream-body: true
            x-brrtrouter-deadline-ms: 1
            requestBody: {content: {application/octet-stream: {}}}
            responses: {"200": {description: ok, content: {text/plain: {schema: {type: string}}}}}
        /other:
          put:
            operationId: other
            x-brrtrouter-stream-body: true
            requestBody: {content: {application/octet-stream: {}}}
            responses: {"200": {description: ok, content: {text/plain: {schema: {type: string}}}}}
        /collected:
          put:
            operationId: collected
            requestBody: {content: {application/octet-stream: {}}}
            responses: {"200": {description: ok, content: {text/plain: {schema: {type: string}}}}}
      """;

  private static final Handler COUNTING = request -> text(count(request.content()) + " octets");

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();

  private final BrrtServer server =
      BrrtServer.builder()
          .document(TestServer.file(DOCUMENT))
          .config(TestServer.config("body.max_bytes", "100"))
          .handler("large", COUNTING)
          .handler("small", COUNTING)
          .handler("late", COUNTING)
          .handler("swallowing", this::swallow)
          .handler("other", StreamedRequestTest::tellOther)
          .handler("collected", StreamedRequestTest::twice)
          .output(new PrintStream(OutputStream.nullOutputStream()))
          .start();

  @AfterEach
  void close() {
    server.close();
  }

  private static HttpResponse text(String text) {
    return HttpResponse.text(200, text);
  }

  private static long count(InputStream content) throws IOException {
    return content.transferTo(OutputStream.nullOutputStream());
  }

  private HttpResponse swallow(Request request) {
    try {
      return text(count(request.content()) + " octets");
    } catch (IOException failure) {
      told.add(String.valueOf(failure.getMessage()));
      return text("all is well");
    }
  }

  /** Another client's response cannot be written to. */
  private static HttpResponse tellOther(Request request) throws IOException {
    count(request.content());
    throw new ClientGoneException();
  }

  /** Of a body that has been collected each source begins with its first octet. */
  private static HttpResponse twice(Request request) throws IOException {
    ContentSource first = request.content();
    return text(
        new String(first.readAllBytes(), StandardCharsets.UTF_8)
            + first.read()
            + new String(request.content().readAllBytes(), StandardCharsets.UTF_8));
  }

  private static String head(String path, String fields) {
    return "PUT " + path + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n";
  }

  private static String octets(String path, long length) {
    return head(
        path, "Content-Type: application/octet-stream\r\nContent-Length: " + length + "\r\n");
  }

  private static String chunks(String path, String... chunks) {
    StringBuilder all =
        new StringBuilder(
            head(path, "Content-Type: application/octet-stream\r\nTransfer-Encoding: chunked\r\n"));
    for (String chunk : chunks) {
      all.append(Integer.toHexString(chunk.length())).append("\r\n").append(chunk).append("\r\n");
    }
    return all.toString();
  }

  @Test
  void a_body_larger_than_what_the_server_collects_is_read_while_it_comes() throws Exception {
    int length = 5_000_000;
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(octets("/large", length)).send("x".repeat(length));
      assertThat(connection.read().content()).isEqualTo(length + " octets");
      connection.send(octets("/collected", length));
      assertThat(connection.read().status()).as("others are bounded").isEqualTo(413);
    }
  }

  @Test
  void its_own_limit_is_told_before_anything_is_read() throws Exception {
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(octets("/small", 10)).send("0123456789");
      assertThat(connection.read().content()).isEqualTo("10 octets");
      connection.send(octets("/small", 3_000_000_000L));
      Answer answer = connection.read();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.content())
          .contains("urn:brrtrouter:problem:content-too-large")
          .contains("The body may have at most 10 octets.");
    }
  }

  @Test
  void its_own_limit_holds_for_a_length_that_nobody_announced() throws Exception {
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(chunks("/small", "012345", "67890"));
      Answer answer = connection.read();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.headers())
          .containsEntry("connection", "close")
          .containsEntry("content-type", "application/problem+json");
    }
  }

  @Test
  void a_handler_does_not_talk_itself_out_of_it() throws Exception {
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(chunks("/swallowing", "012345", "67890"));
      assertThat(connection.read().status()).isEqualTo(413);
      assertThat(told.poll(20, TimeUnit.SECONDS))
          .isEqualTo("the content of the request has more than the 10 octets that are allowed");
    }
  }

  @Test
  void that_another_client_has_gone_is_no_mistake_of_the_one_that_asks() throws Exception {
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(octets("/other", 3)).send("one");
      assertThat(connection.read().status()).isEqualTo(500);
    }
  }

  @Test
  void a_body_that_is_no_chunks_is_a_400() throws Exception {
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(chunks("/large", "012345") + "many\r\n");
      Answer answer = connection.read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.content()).contains("A chunk begins with its size in hexadecimal digits");
    }
  }

  @Test
  void what_the_head_says_is_judged_before_the_handler_reads() throws Exception {
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(octets("/large?size=many", 2) + "no"); // before it is refused
      Answer answer = connection.read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.content()).contains("size");
      connection.send(head("/large", "Content-Length: 0\r\n"));
      assertThat(connection.read().content()).contains("a body is required");
      connection.send(head("/large", "Content-Type: image/png\r\nContent-Length: 1\r\n") + "x");
      assertThat(connection.read().status()).isEqualTo(415);
    }
  }

  @Test
  void chunks_without_a_media_type_are_octets_unless_there_are_none() throws Exception {
    String fields = "Transfer-Encoding: chunked\r\n";
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(head("/small", fields) + "0\r\n\r\n");
      assertThat(connection.read().content()).isEqualTo("0 octets");
      connection.send(head("/small", fields) + "3\r\none\r\n0\r\n\r\n");
      assertThat(connection.read().content()).isEqualTo("3 octets");
    }
  }

  @Test
  void a_deadline_ends_the_wait_for_a_body() throws Exception {
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(octets("/late", 3)).send("on");
      Answer answer = connection.read();
      assertThat(answer.status()).isEqualTo(504);
      assertThat(answer.headers()).containsEntry("connection", "close");
    }
  }

  @Test
  void a_body_that_has_been_collected_can_be_read_again() throws Exception {
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(octets("/collected", 3)).send("one");
      assertThat(connection.read().content()).isEqualTo("one-1one");
    }
  }

  @Test
  void in_the_process_it_is_read_and_bounded_too() throws Exception {
    TestServer inProcess =
        TestServer.of(
            DOCUMENT.replace("x-brrtrouter-deadline-ms: 1\n", "x-brrtrouter-deadline-ms: 0\n"),
            builder ->
                builder
                    .handler("large", COUNTING)
                    .handler("small", COUNTING)
                    .handler("late", COUNTING)
                    .handler("swallowing", this::swallow)
                    .handler("other", StreamedRequestTest::tellOther)
                    .handler("collected", COUNTING));
    String[] type = {"Content-Type", "application/octet-stream"};
    assertThat(TestServer.text(inProcess.ask("PUT", "/large", "x".repeat(2_000_000), type)))
        .isEqualTo("2000000 octets");
    String[] chunked = {"Content-Type", "application/octet-stream", "Transfer-Encoding", "chunked"};
    assertThat(TestServer.text(inProcess.ask("PUT", "/small", "0123456789", chunked)))
        .isEqualTo("10 octets");
    assertThat(inProcess.ask("PUT", "/small", "0123456789A", chunked).status()).isEqualTo(413);
  }
}
