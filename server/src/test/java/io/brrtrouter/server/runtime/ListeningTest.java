package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ListeningTest {
  private static final String HELLO =
      """
      openapi: 3.1.1
      info: {title: Hello, version: "2"}
      paths:
        /hello:
          get:
            operationId: hello
            responses: {"200": {description: hello, content: {text/plain: {}}}}
      """;

  @Test
  void a_server_says_what_it_is_and_answers_over_a_socket() throws Exception {
    Path document = TestServer.file(HELLO);
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try (BrrtServer server =
        BrrtServer.builder()
            .document(document)
            .config(ServerConfig.defaults().with("port", "0"))
            .handler("hello", _ -> HttpResponse.text(200, "hello"))
            .output(new PrintStream(said, true, StandardCharsets.UTF_8))
            .start()) {

      assertThat(get(server, "/hello")).startsWith("HTTP/1.1 200 OK\r\n").endsWith("\r\n\r\nhello");
      assertThat(said.toString(StandardCharsets.UTF_8))
          .isEqualToNormalizingNewlines(
              """
              BRRTRouter %s
              Hello 2 (%s, OpenAPI 3.1.1)
              1 operation
              nothing is secured: anybody may call every operation
              no lint findings
              Listening on http://127.0.0.1:%d
              """
                  .formatted(Version.CURRENT, document, server.port()));
    }
  }

  private static String get(BrrtServer server, String target) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      String request = "GET " + target + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
