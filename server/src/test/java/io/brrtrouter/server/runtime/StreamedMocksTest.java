package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.dispatch.Fallback;
import io.brrtrouter.server.runtime.KeptConnection.Answer;
import java.io.OutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streamed bodies of operations that nobody has written a handler for are judged like others. */
@Timeout(60)
class StreamedMocksTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Streamed, version: "1"}
      paths:
        /items:
          post:
            x-brrtrouter-stream-body: true
            x-brrtrouter-body-limit: 1000
            requestBody:
              content:
                application/jsonl:
                  x-brrtrouter-item-schema: {type: object, required: [n]}
                application/octet-stream: {}
            responses: {"200": {description: ok, content: {text/plain: {example: all right}}}}
      """;

  @ParameterizedTest
  @CsvSource({
    "MOCK, application/jsonl, '{\"n\":1}|{\"n\":2}|', 200, all right",
    "MOCK, application/jsonl, '{\"n\":1}|{\"m\":2}|', 400, /1",
    "MOCK, application/jsonl, '{\"n\":1}|{\"n\":', 400, Line 2",
    "MOCK, application/octet-stream, any octets, 200, all right",
    "ECHO, application/jsonl, '{\"n\":1}|{\"m\":2}|', 400, /1",
    "ECHO, application/octet-stream, any octets, 200, POST",
  })
  void what_is_wrong_is_the_answer(
      Fallback fallback, String type, String body, int status, String says) throws Exception {
    try (BrrtServer server = start(fallback);
        KeptConnection connection = new KeptConnection(server)) {
      String sent = body.replace('|', '\n');
      connection.send(
          head(type, "Content-Length: " + sent.length()) + sent + head(type, "Content-Length: 0"));
      Answer answer = connection.read();
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.content()).contains(says);
      assertThat(connection.read().status()).as("the next request").isEqualTo(200);
    }
  }

  @ParameterizedTest
  @CsvSource({"MOCK", "ECHO"})
  void one_that_is_too_long_or_broken_is_refused(Fallback fallback) throws Exception {
    try (BrrtServer server = start(fallback)) {
      try (KeptConnection connection = new KeptConnection(server)) {
        connection.send(head("application/octet-stream", "Transfer-Encoding: chunked"));
        connection.send("3e9\r\n" + "x".repeat(1001) + "\r\n0\r\n\r\n");
        assertThat(connection.read().status()).isEqualTo(413);
      }
      try (KeptConnection connection = new KeptConnection(server)) {
        connection.send(head("application/octet-stream", "Transfer-Encoding: chunked"));
        connection.send("1\r\nx\r\nnone\r\n");
        assertThat(connection.read().status()).isEqualTo(400);
      }
    }
  }

  private static BrrtServer start(Fallback fallback) {
    BrrtServer.Builder builder =
        BrrtServer.builder().document(TestServer.file(DOCUMENT)).config(TestServer.config());
    return (fallback == Fallback.ECHO ? builder.echo(true) : builder.mock(true))
        .output(new PrintStream(OutputStream.nullOutputStream()))
        .start();
  }

  private static String head(String type, String framing) {
    return "POST /items HTTP/1.1\r\nHost: a\r\nContent-Type: "
        + type
        + "\r\n"
        + framing
        + "\r\n\r\n";
  }
}
