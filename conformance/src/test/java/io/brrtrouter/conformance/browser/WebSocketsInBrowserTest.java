package io.brrtrouter.conformance.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.auth.Verification;
import io.brrtrouter.server.dispatch.CompletedExchange;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.SetCookie;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.server.websocket.CloseStatus;
import io.brrtrouter.server.websocket.Message;
import io.brrtrouter.server.websocket.WebSocket;
import io.brrtrouter.server.websocket.WebSockets;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the {@code WebSocket} of a real browser makes of ours, and which pages may open one. */
class WebSocketsInBrowserTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Chat, version: "1"}
      components:
        securitySchemes:
          session: {type: apiKey, in: cookie, name: session}
      paths:
        /chat:
          get:
            operationId: chat
            x-websocket: {subprotocols: [chat.v2, chat.v1]}
            responses: {"101": {description: the chat begins}}
        /secret:
          get:
            operationId: secret
            x-websocket: true
            security: [session: []]
            responses: {"101": {description: the chat begins}}
        /login:
          get: {operationId: login, security: [], responses: {"200": {description: ok}}}
      """;

  private static final String PAGE =
      """
      const lines = [];
      %s
      await new Promise(done => {
        const socket = new WebSocket('ws://localhost:%d/%s', ['chat.v1', 'other']);
        socket.binaryType = 'arraybuffer';
        socket.onopen = () => {
          lines.push('open ' + socket.protocol + ' ' + socket.extensions.split(';')[0]);
          socket.send('gr\\u00fc\\u00dft \\ud83d\\udc08');
          socket.send(new Uint8Array([0, 1, 255]));
          socket.send('x'.repeat(200000));
          socket.send('bye');
        };
        socket.onmessage = event => lines.push(
            typeof event.data === 'string'
                ? event.data.length > 100 ? 'length ' + event.data.length : event.data
                : 'binary ' + Array.from(new Uint8Array(event.data)).join(' '));
        socket.onclose = event => {
          lines.push('close ' + event.code + ' ' + event.reason + ' ' + event.wasClean);
          done();
        };
      });
      return lines.join('\\n');
      """;

  private static final String LOGIN =
      "await fetch('http://localhost:%d/login', {mode: 'no-cors', credentials: 'include'});";

  private final BlockingQueue<Integer> statuses = new LinkedBlockingQueue<>();
  private final int pagePort = freePort();
  private BrrtServer server;

  @TempDir private Path directory;

  @BeforeAll
  static void needs_a_browser() {
    Chromium.require();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void serve(Map<String, String> settings) throws IOException {
    server =
        BrrtServer.builder()
            .document(Files.writeString(directory.resolve("api.yaml"), DOCUMENT))
            .config(ServerConfig.defaults().with("port", "0").with(settings))
            .handler("chat", WebSockets.handler(WebSocketsInBrowserTest::echo))
            .handler("secret", WebSockets.handler(WebSocketsInBrowserTest::echo))
            .handler(
                "login",
                _ ->
                    HttpResponse.of(200)
                        .withHeader(
                            "Set-Cookie", SetCookie.of("session", "1").withSecure(false).render()))
            .security("session", (_, _) -> Verification.accepted("anybody"))
            .listener(this::see)
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start();
  }

  private void see(CompletedExchange exchange) {
    statuses.add(exchange.status());
  }

  private static void echo(WebSocket socket) throws Exception {
    for (Optional<Message> next = socket.receive(); next.isPresent(); next = socket.receive()) {
      if (next.get().equals(new Message.Text("bye"))) {
        socket.close(new CloseStatus(4001, "gr\u00fc\u00dfe"));
      } else {
        socket.send(next.get());
      }
    }
  }

  private String page(String host, String first, String path) throws Exception {
    return Chromium.run(host, pagePort, PAGE.formatted(first, server.port(), path));
  }

  private static final String TALK =
      """
      gr\u00fc\u00dft \ud83d\udc08
      binary 0 1 255
      length 200000
      close 4001 gr\u00fc\u00dfe true\
      """;

  @Test
  void a_page_that_may_sends_and_receives_and_sees_how_it_ends() throws Exception {
    serve(Map.of("cors.origins", "http://localhost:" + pagePort));

    assertThat(page("localhost", "", "chat")).isEqualTo("open chat.v1 permessage-deflate\n" + TALK);
    assertThat(statuses.poll(20, TimeUnit.SECONDS)).isEqualTo(101);
  }

  @Test
  void a_page_of_another_origin_opens_none() throws Exception {
    serve(Map.of());

    assertThat(page("127.0.0.1", "", "chat")).isEqualTo("close 1006  false");
    assertThat(statuses.poll(20, TimeUnit.SECONDS)).isEqualTo(403);
  }

  @Test
  void a_cookie_opens_none_for_a_page_that_may_not_have_it() throws Exception {
    serve(Map.of());

    // Of another port, so of another origin, and of the same site: it has the cookie.
    assertThat(page("localhost", LOGIN.formatted(server.port()), "secret"))
        .isEqualTo("close 1006  false");
    assertThat(statuses.poll(20, TimeUnit.SECONDS)).isEqualTo(200);
    assertThat(statuses.poll(20, TimeUnit.SECONDS)).isEqualTo(403);
  }
}
