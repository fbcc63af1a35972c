package io.brrtrouter.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.server.websocket.CloseStatus;
import io.brrtrouter.server.websocket.Message;
import io.brrtrouter.server.websocket.WebSocketGroup;
import io.brrtrouter.server.websocket.WebSocketOptions;
import io.brrtrouter.server.websocket.WebSockets;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("docs/websocket.md")
@Timeout(60)
class WebSocketGuideTest {
  @TempDir private Path directory;

  record Said(String text) {}

  record Heard(String room, String text) {}

  /** What came to a client, in words. */
  private static final class Heeder implements WebSocket.Listener {
    private final BlockingQueue<String> came = new LinkedBlockingQueue<>();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      came.add(text.toString());
      socket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      came.add("close " + code + " " + reason);
      return null;
    }

    String next() throws InterruptedException {
      return came.poll(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void its_servers_do_what_it_says() throws Exception {
    BrrtServer.Builder server =
        BrrtServer.builder()
            .document(
                Files.writeString(
                    directory.resolve("shelter.yaml"),
                    Pages.blocks("docs/websocket.md", "yaml").getFirst()))
            .config(ServerConfig.defaults().with(Map.of("port", "0", "responses.check", "enforce")))
            .output(new PrintStream(OutputStream.nullOutputStream()));
    server.handler(
        "echo",
        WebSockets.handler(socket -> {
          for (Optional<Message> said = socket.receive();
              said.isPresent();
              said = socket.receive()) {
            socket.send(said.get());
          }
        }));
    Map<String, WebSocketGroup> rooms = new ConcurrentHashMap<>();
    server.handler(
        "chat",
        WebSockets.handler(
            WebSocketOptions.builder()
                .mostOctets(4096)
                .idle(Duration.ofMinutes(30))
                .outgoing(16, WebSocketOptions.Overflow.CLOSE)
                .build(),
            socket -> {
              String name = socket.request().pathParameters().text("room").orElseThrow();
              WebSocketGroup room = rooms.computeIfAbsent(name, _ -> new WebSocketGroup());
              try (WebSocketGroup.Membership _ = room.join(socket)) {
                for (Optional<Message> next = socket.receive();
                    next.isPresent();
                    next = socket.receive()) {
                  if (next.get() instanceof Message.Text text) {
                    Said said = text.as(Said.class);
                    if (said.text().equals("bye")) {
                      socket.close(new CloseStatus(4000, "bye"));
                    }
                    room.publish(Message.json(new Heard(name, said.text())));
                  }
                }
              }
            }));

    HttpClient http = HttpClient.newHttpClient();
    try (BrrtServer started = server.start()) {
      String address = "ws://localhost:" + started.port();
      Heeder echo = new Heeder();
      WebSocket echoing = open(http, address + "/echo", echo);
      echoing.sendText("hello", true).join();
      assertThat(echo.next()).isEqualTo("hello");

      Heeder first = new Heeder();
      Heeder second = new Heeder();
      WebSocket one = open(http, address + "/rooms/cats", first);
      assertThat(one.getSubprotocol()).isEqualTo("chat.v1");
      one.sendText("{\"text\":\"alone\"}", true).join();
      assertThat(first.next()).isEqualTo("{\"room\":\"cats\",\"text\":\"alone\"}");
      WebSocket two = open(http, address + "/rooms/cats", second);
      two.sendText("{\"text\":\"hello\"}", true).join();
      assertThat(second.next()).isEqualTo("{\"room\":\"cats\",\"text\":\"hello\"}");
      assertThat(first.next()).isEqualTo("{\"room\":\"cats\",\"text\":\"hello\"}");
      one.sendText("{\"text\":\"bye\"}", true).join();
      assertThat(first.next()).isEqualTo("close 4000 bye");
      assertThat(second.next()).isEqualTo("{\"room\":\"cats\",\"text\":\"bye\"}");
      two.sendText("{\"text\":1}", true).join();
      assertThat(second.next()).startsWith("close 1008 /text: must be a string");
    } finally {
      http.shutdownNow(); // To close it would be to wait for the WebSocket that is still open.
    }
  }

  private static WebSocket open(HttpClient http, String address, WebSocket.Listener listener) {
    return http.newWebSocketBuilder()
        .subprotocols("chat.v1")
        .buildAsync(URI.create(address), listener)
        .join();
  }
}
