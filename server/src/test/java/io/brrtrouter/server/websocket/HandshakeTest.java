package io.brrtrouter.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.TestServer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which requests open a WebSocket (RFC 6455 section 4), over real sockets. */
@Timeout(60)
class HandshakeTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Chat, version: "1"}
      paths:
        /chat:
          get:
            operationId: chat
            x-websocket: {subprotocols: [chat.v2, chat.v1]}
            responses:
              "101": {description: the chat begins}
        /secret:
          get:
            operationId: secret
            x-websocket: true
            security: [{cookie: []}, {key: []}]
            responses:
              "101": {description: the chat begins}
      components:
        securitySchemes:
          cookie: {type: apiKey, in: cookie, name: session}
          key: {type: apiKey, in: header, name: X-Key}
      """;

  private static final String SECRET = "kq3v9zT1mP7wXc5R";

  private static BrrtServer server;

  @BeforeAll
  static void serve() {
    server =
        BrrtServer.builder()
            .document(TestServer.file(DOCUMENT))
            .config(
                TestServer.config(
                    "security.api_keys.cookie.key",
                    SECRET,
                    "security.api_keys.key.key",
                    SECRET,
                    "cors.origins",
                    "https://app.example",
                    "cors.allow_credentials",
                    "true"))
            .handler("chat", WebSockets.handler(FramesTest::echo))
            .handler("secret", WebSockets.handler(FramesTest::echo))
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start();
  }

  @AfterAll
  static void close_server() {
    server.close();
  }

  /** The request of a row: a field that begins with a minus is left out, others are put last. */
  private static String request(String line, String fields) {
    StringBuilder request = new StringBuilder(line).append("\r\n");
    List<String> changes = fields == null ? List.of() : List.of(fields.split("\\|"));
    for (String usual :
        List.of(
            "Host: localhost",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: " + SocketClient.KEY,
            "Sec-WebSocket-Version: 13")) {
      String name = usual.substring(0, usual.indexOf(':'));
      if (!changes.contains("-" + name)) {
        request.append(usual).append("\r\n");
      }
    }
    changes.stream()
        .filter(change -> !change.startsWith("-"))
        .forEach(change -> request.append(change).append("\r\n"));
    return request.append("\r\n").toString();
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          4.2.1; GET /chat HTTP/1.1; ; 101
          4.2.1; GET /chat?x=1 HTTP/1.1; ; 101
          4.2.1; GET /chat HTTP/1.1; -Upgrade|Upgrade: WebSocket; 101
          4.2.1; GET /chat HTTP/1.1; -Upgrade|Upgrade: h2c, websocket; 101
          4.2.1; GET /chat HTTP/1.1; -Upgrade|Upgrade: h2c|Upgrade: websocket; 101
          4.2.1; GET /chat HTTP/1.1; -Connection|Connection: keep-alive, Upgrade; 101
          4.2.1; GET /chat HTTP/1.1; -Connection|Connection: keep-alive|Connection: upgrade; 101
          4.2.1; GET /chat HTTP/1.1; Content-Length: 0; 101
          4.2.1; GET /chat HTTP/1.1; -Upgrade; 426
          4.2.1; GET /chat HTTP/1.1; -Connection; 426
          4.2.1; GET /chat HTTP/1.1; -Upgrade|-Connection; 426
          4.2.1; GET /chat HTTP/1.1; -Upgrade|Upgrade: websockets; 426
          4.2.1; GET /chat HTTP/1.1; -Upgrade|Upgrade: websocket/13; 426
          4.2.1; GET /chat HTTP/1.1; -Upgrade|Upgrade: ,,; 426
          4.2.1; GET /chat HTTP/1.1; -Connection|Connection: close; 426
          4.2.1; HEAD /chat HTTP/1.1; ; 426
          4.2.1; POST /chat HTTP/1.1; ; 405
          4.2.1; GET /chat HTTP/1.0; ; 426
          4.2.1; GET /other HTTP/1.1; ; 404
          4.2.2; GET /chat HTTP/1.1; -Sec-WebSocket-Version; 426
          4.2.2; GET /chat HTTP/1.1; -Sec-WebSocket-Version|Sec-WebSocket-Version: 8; 426
          4.2.2; GET /chat HTTP/1.1; -Sec-WebSocket-Version|Sec-WebSocket-Version: 14; 426
          4.2.2; GET /chat HTTP/1.1; -Sec-WebSocket-Version|Sec-WebSocket-Version: 13, 8; 426
          4.2.2; GET /chat HTTP/1.1; Sec-WebSocket-Version: 13; 426
          4.2.1; GET /chat HTTP/1.1; -Sec-WebSocket-Key; 400
          4.2.1; GET /chat HTTP/1.1; Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==; 400
          4.2.1; GET /chat HTTP/1.1; -Sec-WebSocket-Key|Sec-WebSocket-Key: short; 400
          4.2.1; GET /chat HTTP/1.1; -Sec-WebSocket-Key|Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAA; 400
          4.2.1; GET /chat HTTP/1.1; -Sec-WebSocket-Key|Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA; 400
          4.2.1; GET /chat HTTP/1.1; -Sec-WebSocket-Key|Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAAAAAAAA; 400
          4.2.1; GET /chat HTTP/1.1; -Sec-WebSocket-Key|Sec-WebSocket-Key: ????????????????????????; 400
          4.1; GET /chat HTTP/1.1; Content-Length: 5; 400
          4.1; GET /chat HTTP/1.1; Transfer-Encoding: chunked; 400
          11.3.4; GET /chat HTTP/1.1; Sec-WebSocket-Protocol: chat.v1; 101
          11.3.4; GET /chat HTTP/1.1; Sec-WebSocket-Protocol: unknown; 101
          11.3.4; GET /chat HTTP/1.1; Sec-WebSocket-Protocol: a, a; 400
          11.3.4; GET /chat HTTP/1.1; Sec-WebSocket-Protocol: a b; 400
          11.3.4; GET /chat HTTP/1.1; 'Sec-WebSocket-Protocol: a;x=1'; 400
          9.1; GET /chat HTTP/1.1; Sec-WebSocket-Extensions: x; 101
          9.1; GET /chat HTTP/1.1; Sec-WebSocket-Extensions: x=1; 400
          """)
  void a_request_opens_one_or_is_told_why_not(
      String section, String line, String fields, int status) throws Exception {
    try (SocketClient client = new SocketClient(server.port())) {
      client.send(request(line, fields)).readHead();
      assertThat(client.status()).as(section + ": " + client.head).isEqualTo(status);
      if (status == 426) {
        assertThat(client.field("Upgrade")).containsExactly("websocket");
        assertThat(client.field("Connection")).contains("Upgrade");
        assertThat(client.field("Sec-WebSocket-Version")).containsExactly("13");
      }
    }
  }

  @Test
  void the_response_is_that_of_the_standard() throws Exception {
    try (SocketClient client = SocketClient.open(server.port())) {
      assertThat(client.head)
          .startsWith("HTTP/1.1 101 Switching Protocols")
          .contains(
              "Upgrade: websocket",
              "Connection: Upgrade",
              "Sec-WebSocket-Accept: " + SocketClient.ACCEPT);
      assertThat(client.field("Content-Length")).isEmpty();
      assertThat(client.field("Transfer-Encoding")).isEmpty();
      assertThat(client.field("Sec-WebSocket-Protocol")).isEmpty();
      assertThat(client.field("Sec-WebSocket-Extensions")).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          chat.v1; chat.v1
          chat.v1, chat.v2; chat.v2
          x, chat.v1, y; chat.v1
          CHAT.V1;
          """)
  void a_subprotocol_is_the_first_that_the_server_prefers(String offered, String chosen)
      throws Exception {
    try (SocketClient client =
        SocketClient.open(server.port(), "Sec-WebSocket-Protocol: " + offered)) {
      assertThat(client.field("Sec-WebSocket-Protocol"))
          .isEqualTo(chosen == null ? List.of() : List.of(chosen));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          permessage-deflate | true
          permessage-deflate; client_max_window_bits | true
          permessage-deflate; client_max_window_bits=10 | true
          permessage-deflate; client_max_window_bits="15" | true
          permessage-deflate; server_max_window_bits=15 | true
          permessage-deflate; client_no_context_takeover; server_no_context_takeover | true
          permessage-deflate; server_max_window_bits=10, permessage-deflate | true
          x-unknown, permessage-deflate | true
          permessage-deflate; server_max_window_bits=10 | false
          permessage-deflate; server_max_window_bits | false
          permessage-deflate; client_max_window_bits=7 | false
          permessage-deflate; client_max_window_bits=16 | false
          permessage-deflate; client_max_window_bits=010 | false
          permessage-deflate; client_no_context_takeover=1 | false
          permessage-deflate; client_no_context_takeover; client_no_context_takeover | false
          permessage-deflate; unknown | false
          x-webkit-deflate-frame | false
          """)
  void an_offer_of_compression_is_accepted_or_not(String offer, boolean accepted) throws Exception {
    try (SocketClient client =
        SocketClient.open(server.port(), "Sec-WebSocket-Extensions: " + offer)) {
      assertThat(client.field("Sec-WebSocket-Extensions"))
          .isEqualTo(
              accepted
                  ? List.of(
                      "permessage-deflate; server_no_context_takeover; client_no_context_takeover")
                  : List.of());
    }
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          /chat; ; 101
          /chat; Origin: http://localhost; 101
          /chat; Origin: https://app.example; 101
          /chat; Origin: https://evil.example; 403
          /chat; Origin: null; 403
          /chat; Origin: https://evil.example|Sec-Fetch-Site: same-origin; 101
          /secret; ; 401
          /secret; X-Key: kq3v9zT1mP7wXc5R; 101
          /secret; X-Key: wrong; 401
          /secret; Cookie: session=kq3v9zT1mP7wXc5R; 101
          /secret; Cookie: session=kq3v9zT1mP7wXc5R|Origin: http://localhost; 101
          /secret; Cookie: session=kq3v9zT1mP7wXc5R|Origin: https://app.example; 101
          /secret; Cookie: session=kq3v9zT1mP7wXc5R|Origin: https://evil.example; 403
          /secret; Cookie: session=kq3v9zT1mP7wXc5R|Sec-Fetch-Site: cross-site; 403
          """)
  void security_and_origin_are_asked_first(String path, String fields, int status)
      throws Exception {
    try (SocketClient client = new SocketClient(server.port())) {
      client.send(request("GET " + path + " HTTP/1.1", fields)).readHead();
      assertThat(client.status()).as(client.head.toString()).isEqualTo(status);
    }
  }

  @Test
  void a_mock_says_that_it_is_none() throws Exception {
    try (BrrtServer mock =
            BrrtServer.builder()
                .document(TestServer.file(WebSocketTest.DOCUMENT))
                .config(TestServer.config())
                .mock(true)
                .output(new PrintStream(OutputStream.nullOutputStream()))
                .start();
        SocketClient client = new SocketClient(mock.port())) {
      client.send(SocketClient.request("/chat")).readHead();
      assertThat(client.status()).isEqualTo(501);
      assertThat(client.content()).contains("A WebSocket is not mocked; give it a handler.");
    }
  }
}
