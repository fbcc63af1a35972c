package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.decode.Part;
import io.brrtrouter.server.dispatch.Handler;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.KeptConnection.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Multipart bodies that are taken apart while they come, their files stored. */
@Timeout(60)
class UploadTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Uploads, version: "1"}
      paths:
        /albums:
          post:
            operationId: add
            x-brrtrouter-stream-body: true
            x-brrtrouter-body-limit: 20000000
            parameters: [{name: page, in: query, schema: {type: integer}}]
            requestBody:
              required: true
              content:
                multipart/form-data:
                  schema:
                    type: object
                    required: [caption, photo]
                    properties:
                      caption: {type: string, maxLength: 20}
                      stars: {type: integer}
                      photo: {type: string, format: binary}
                      more: {type: array, items: {type: string, format: binary}}
                  encoding:
                    photo: {contentType: image/png}
            responses: {"200": {description: ok, content: {text/plain: {schema: {type: string}}}}}
          delete:
            operationId: fail
            x-brrtrouter-stream-body: true
            x-brrtrouter-deadline-ms: 500
            parameters: [{name: how, in: query, required: true, schema: {type: string}}]
            requestBody: {content: {multipart/form-data: {schema: {type: object}}}}
            responses: {"200": {description: ok, content: {application/octet-stream: {}}}}
          put:
            operationId: echo
            x-brrtrouter-stream-body: true
            requestBody: {content: {multipart/form-data: {schema: {type: object}}}}
            responses: {"200": {description: ok, content: {application/octet-stream: {}}}}
      """;

  private static final String END = "--b--\r\n";

  /** How many files were open when the handler answered last. */
  private static volatile long openInHandler;

  private static final Semaphore IN_HANDLER = new Semaphore(0);

  private final BrrtServer server =
      BrrtServer.builder()
          .document(TestServer.file(DOCUMENT))
          .config(TestServer.config("body.max_bytes", "1000"))
          .handler("add", UploadTest::told)
          .handler("echo", echo())
          .handler("fail", UploadTest::fails)
          .output(new PrintStream(OutputStream.nullOutputStream()))
          .start();

  /** Has what was sent in a file, and does not answer. */
  private static HttpResponse fails(Request request) throws Exception {
    openInHandler = request.parts().isEmpty() ? 0 : stored();
    IN_HANDLER.release();
    if (request.queryParameters().text("how").orElseThrow().equals("throws")) {
      throw new IOException("thrown by a test");
    }
    new CountDownLatch(1).await();
    throw new AssertionError("nobody opens it");
  }

  @ParameterizedTest
  @CsvSource({"throws, 500", "waits, 504", "waits, closed"})
  void a_handler_that_does_not_answer_leaves_nothing_behind(String how, String outcome)
      throws Exception {
    String body = png("photo", "x".repeat(100_000)) + END;
    IN_HANDLER.drainPermits();
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(
          request("DELETE", body.length()).replace("/albums", "/albums?how=" + how) + body);
      IN_HANDLER.acquire();
      assertThat(openInHandler).isEqualTo(1);
      if (outcome.equals("closed")) {
        server.close();
      } else {
        assertThat(connection.read().status()).isEqualTo(Integer.parseInt(outcome));
      }
    }
    nothingIsStored();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private static HttpResponse told(Request request) throws IOException {
    openInHandler = stored();
    List<String> all = new ArrayList<>();
    for (Part part : request.parts()) {
      try (InputStream octets = part.open()) {
        long length = octets.transferTo(OutputStream.nullOutputStream());
        all.add(part.name() + " " + length + "=" + part.length());
      }
    }
    return HttpResponse.text(200, String.join(", ", all) + " " + request.body().orElseThrow());
  }

  /** Answers with the first part, which is read while the response is sent. */
  private static Handler echo() {
    return request -> {
      Part part = request.parts().getFirst();
      return HttpResponse.streamed(
          200,
          "application/octet-stream",
          sink -> {
            try (InputStream octets = part.open()) {
              byte[] some = new byte[8192];
              for (int read = octets.read(some); read >= 0; read = octets.read(some)) {
                sink.write(some, 0, read);
              }
            }
          });
    };
  }

  private static String part(String name, String more, String content) {
    return "--b\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n"
        .formatted(name, more, content);
  }

  private static String png(String name, String content) {
    return part(name, "; filename=a.png\r\nContent-Type: image/png", content);
  }

  private static String request(String method, long length) {
    return method
        + " /albums HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\n"
        + "Content-Length: "
        + length
        + "\r\n\r\n";
  }

  private static String post(String body) {
    return request("POST", body.length()) + body;
  }

  /** {@return how many temporary files the process has open, all of them without a name} */
  private static long stored() {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.filter(UploadTest::isStored).count();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean isStored(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.contains("/brrt-") && target.endsWith(".part (deleted)");
    } catch (IOException gone) {
      return false;
    }
  }

  private static void nothingIsStored() throws InterruptedException {
    while (stored() > 0) { // the class has a time limit
      Thread.sleep(1);
    }
  }

  @Test
  void files_are_stored_and_the_rest_is_judged_as_ever() throws Exception {
    String large = "x".repeat(5_000_000);
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(
          post(
              part("caption", "", "Rex")
                  + png("photo", large)
                  + part("stars", "", "5")
                  + part("more", "; filename=b", "small")
                  + part("more", "; filename=c", "y".repeat(20_000))
                  + END));
      assertThat(connection.read().content())
          .startsWith("caption 3=3, photo 5000000=5000000, stars 1=1, more 5=5, more 20000=20000 ")
          .contains("\"caption\":\"Rex\"")
          .contains("\"stars\":5");
      connection.send(post(part("caption", "", "Rex".repeat(9)) + png("photo", large) + END));
      Answer answer = connection.read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.content()).contains("/caption").doesNotContain("/photo");
      connection.send(post(part("caption", "", "Rex") + END));
      assertThat(connection.read().content()).contains("must have the property \\\"photo\\\"");
    }
    nothingIsStored();
  }

  @Test
  void a_request_has_one_file_open_however_many_it_sends() throws Exception {
    String large = "x".repeat(20_000);
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(
          post(
              part("caption", "", "Rex")
                  + png("photo", large)
                  + part("more", "; filename=a", large).repeat(40)
                  + END));
      assertThat(connection.read().status()).isEqualTo(200);
    }
    assertThat(openInHandler).isEqualTo(1);
    nothingIsStored();
  }

  @Test
  void a_file_has_no_name_while_it_is_there() throws Exception {
    String begun = part("caption", "", "Rex") + png("photo", "x".repeat(100_000)).strip();
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(request("POST", 1_000_000) + begun);
      while (stored() == 0) { // the class has a time limit
        Thread.sleep(1);
      }
    }
    nothingIsStored();
  }

  @Test
  void a_client_that_goes_leaves_nothing_behind() throws Exception {
    String begun = part("caption", "", "Rex") + png("photo", "x".repeat(100_000)).strip();
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(request("POST", 1_000_000) + begun);
      while (stored() == 0) { // the class has a time limit
        Thread.sleep(1);
      }
      connection.reset();
    }
    nothingIsStored();
  }

  @Test
  void a_file_of_the_wrong_type_is_refused_before_it_has_come() throws Exception {
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(
          request("POST", 15_000_000)
              + part("caption", "", "Rex")
              + "--b\r\nContent-Disposition: form-data; name=photo; filename=a\r\n"
              + "Content-Type: text/html\r\n\r\n<");
      Answer answer = connection.read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.content()).contains("must be image/png by its Content-Type");
      assertThat(answer.headers()).containsEntry("connection", "close");
    }
    nothingIsStored();
  }

  @Test
  void limits_hold_before_the_end() throws Exception {
    String stored = png("photo", "x".repeat(100_000));
    for (String body :
        List.of(
            stored + part("caption", "", "y".repeat(2_000)),
            stored + part("stars", "", "1").repeat(51))) {
      try (KeptConnection connection = new KeptConnection(server)) {
        connection.send(request("POST", 15_000_000) + body);
        assertThat(connection.read().status()).isEqualTo(413);
      }
    }
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(request("POST", 20_000_001));
      assertThat(connection.read().status()).isEqualTo(413);
    }
    nothingIsStored();
  }

  @Test
  void a_parameter_that_is_wrong_is_told_before_the_form_is_sent() throws Exception {
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(request("POST", 15_000_000).replace("/albums", "/albums?page=x"));
      Answer answer = connection.read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.content()).contains("page");
    }
  }

  @Test
  void a_body_without_its_end_is_a_400() throws Exception {
    String stored = png("photo", "x".repeat(100_000));
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(post(stored));
      Answer answer = connection.read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.content()).contains("The body ends before its closing boundary");
      connection.send(post(""));
      assertThat(connection.read().content()).contains("a body is required");
    }
    nothingIsStored();
  }

  @Test
  void a_file_can_be_read_while_the_response_is_sent_and_not_after() throws Exception {
    String body = part("file", "; filename=a", "x".repeat(300_000)) + END;
    try (KeptConnection connection = new KeptConnection(server)) {
      connection.send(
          request("PUT", body.length()).replace("HTTP/1.1\r\n", "HTTP/1.1\r\nConnection: close\r\n")
              + body);
      assertThat(connection.read().status()).isEqualTo(200);
      assertThat(connection.rest()).hasSizeGreaterThan(300_000);
    }
    nothingIsStored();
  }
}
