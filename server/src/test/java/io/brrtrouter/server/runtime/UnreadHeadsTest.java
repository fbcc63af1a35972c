package io.brrtrouter.server.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.transport.TestCertificates;
import io.brrtrouter.server.transport.TlsFolder;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Answers to heads that could not be read say to browsers what others do, as far as it is known.
 */
class UnreadHeadsTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Heads, version: "1"}
      paths:
        /a: {get: {operationId: a, responses: {"200": {description: ok}}}}
      """;

  private static final String ORIGIN = "Origin: https://page.example";
  private static final String LONG = "x".repeat(20_000);

  private static BrrtServer start(ServerConfig config) {
    return BrrtServer.builder()
        .document(TestServer.file(DOCUMENT))
        .config(config)
        .handler("a", _ -> HttpResponse.of(200))
        .output(new PrintStream(OutputStream.nullOutputStream()))
        .start();
  }

  private static String request(String head) {
    return head.replace("LONG", LONG).replace("|", "\r\n") + "\r\n\r\n";
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          GET /a HTTP/1.1|Host: a|Origin: https://page.example; 200; true
          GET /a HTTP/1.1|Host: a|Origin: https://page.example|Cookie: LONG; 431; true
          GET /a HTTP/1.1|Origin: https://page.example|Host: a|Bad Name: x; 400; true
          GET /a HTTP/1.1|Host: a|Origin: https://page.example|Expect: x; 417; true
          GET /a HTTP/1.1|Host: a|Cookie: LONG|Origin: https://page.example; 431; false
          GET /a HTTP/1.1|Host: a|Origin: https://other.example|Bad Name: x; 400; false
          GET /LONG HTTP/1.1|Host: a|Origin: https://page.example; 414; false
          """)
  void a_page_may_read_them_if_its_origin_was_read(String head, int status, boolean readable)
      throws Exception {
    try (BrrtServer server = start(TestServer.config("cors.origins", "https://page.example"));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request(head).getBytes(ISO_8859_1));
      socket.shutdownOutput();
      String answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertThat(Wire.status(answer)).isEqualTo(status);
      assertThat(answer).contains("Vary: Origin\r\n");
      assertThat(answer.contains("Access-Control-Allow-Origin: https://page.example\r\n"))
          .isEqualTo(readable);
    }
  }

  @Test
  void any_page_may_read_them_where_any_may_come() throws Exception {
    try (BrrtServer server = start(TestServer.config("cors.origins", "*"))) {
      assertThat(Wire.ask(server.port(), "GET /" + LONG + " HTTP/1.1", "Host: a", ORIGIN))
          .startsWith("HTTP/1.1 414 ")
          .contains("Access-Control-Allow-Origin: *\r\n");
    }
  }

  @Test
  void over_TLS_they_say_that_only_TLS_will_do() throws Exception {
    TlsFolder folder = new TlsFolder();
    ServerConfig config =
        TestServer.config()
            .with(
                Map.of(
                    // On loopback addresses nothing is said.
                    "host", "0.0.0.0",
                    "tls.certificate_file", folder.path("server.pem").toString(),
                    "tls.key_file", folder.path("server.key").toString()));
    try (BrrtServer server = start(config);
        Socket socket =
            TestCertificates.trusting()
                .context()
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request("GET /LONG HTTP/1.1|Host: a").getBytes(ISO_8859_1));
      assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
          .startsWith("HTTP/1.1 414 ")
          .contains("Strict-Transport-Security: ");
    }
  }
}
