package io.brrtrouter.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.websocket.CloseStatus;
import io.brrtrouter.server.websocket.Message;
import io.brrtrouter.server.websocket.WebSocket;
import io.brrtrouter.server.websocket.WebSocketHandler;
import io.brrtrouter.server.websocket.WebSocketOptions;
import io.brrtrouter.server.websocket.WebSockets;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WebSockets on streams of HTTP/2 (RFC 8441), over real sockets. */
@Timeout(60)
class WebSocketOverHttp2Test {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Chat, version: "1"}
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
            security: [{key: []}]
            responses: {"101": {description: the chat begins}}
        /plain:
          get:
            operationId: plain
            responses: {"200": {description: plain}}
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
      """;

  private static final String SECRET = "kq3v9zT1mP7wXc5R";

  private static final int ENABLE_CONNECT_PROTOCOL = 8;
  private static final int WINDOW = 65_535;
  private static final int FRAME = 16_384;

  private static final byte[] CLOSE = frame(0x88, new byte[] {3, (byte) 0xE8});

  private BrrtServer server;

  /** What the client may send: on the stream, and on the connection. */
  private long window = WINDOW;

  private long connectionWindow = WINDOW;

  /** The content that was read, from its first octet that was not looked at. */
  private int looked;

  private void serve(WebSocketOptions options, WebSocketHandler handler, String... more) {
    List<String> settings = new ArrayList<>(List.of("security.api_keys.key.key", SECRET));
    settings.addAll(List.of(more));
    server =
        BrrtServer.builder()
            .document(io.brrtrouter.server.runtime.TestServer.file(DOCUMENT))
            .config(io.brrtrouter.server.runtime.TestServer.config(settings.toArray(String[]::new)))
            .handler("chat", WebSockets.handler(options, handler))
            .handler("secret", WebSockets.handler(options, handler))
            .handler("plain", _ -> HttpResponse.of(200))
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start();
  }

  private void serve(WebSocketHandler handler) {
    serve(WebSocketOptions.DEFAULT, handler);
  }

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  private static void echo(WebSocket socket) throws Exception {
    for (Optional<Message> next = socket.receive(); next.isPresent(); next = socket.receive()) {
      socket.send(next.get());
    }
  }

  private H2Client client() throws IOException {
    return new H2Client(new RawClient(server.port()));
  }

  private static H2Client connect(H2Client client, String path, String... more) throws IOException {
    String[] all = new String[4 + more.length];
    String[] first = {":protocol", "websocket", "sec-websocket-version", "13"};
    System.arraycopy(first, 0, all, 0, 4);
    System.arraycopy(more, 0, all, 4, more.length);
    return client.request(3, false, "CONNECT", path, all);
  }

  private H2Client open(String... more) throws IOException {
    H2Client client = connect(client(), "/chat", more);
    while (!client.heads.containsKey(3)) {
      read(client);
    }
    assertThat(client.heads.get(3).status()).hasToString("200");
    return client;
  }

  private H2Client.Frame read(H2Client client) throws IOException {
    H2Client.Frame frame = client.readOne();
    assertThat(frame).as("the connection goes on").isNotNull();
    assertThat(client.resets).as("the stream goes on").doesNotContainKey(3);
    if (frame.type() == H2Client.WINDOW_UPDATE && frame.stream() == 0) {
      connectionWindow += frame.number(0);
    } else if (frame.type() == H2Client.WINDOW_UPDATE) {
      window += frame.number(0);
    }
    return frame;
  }

  /** {@return a frame of a client, whose mask is all zeros} */
  private static byte[] frame(int first, byte[] content) {
    ByteBuffer frame = ByteBuffer.allocate(content.length + 14).put((byte) first);
    if (content.length < 126) {
      frame.put((byte) (0x80 | content.length));
    } else if (content.length <= 0xFFFF) {
      frame.put((byte) 0xFE).putShort((short) content.length);
    } else {
      frame.put((byte) 0xFF).putLong(content.length);
    }
    frame.putInt(0).put(content);
    return Arrays.copyOf(frame.array(), frame.position());
  }

  private static byte[] text(String text) {
    return frame(0x81, text.getBytes(UTF_8));
  }

  private void send(H2Client client, byte... octets) throws IOException {
    for (int at = 0; at < octets.length; ) {
      int piece = (int) Math.min(Math.min(window, connectionWindow), FRAME);
      if (piece <= 0) {
        read(client);
        continue;
      }
      piece = Math.min(piece, octets.length - at);
      client.send(H2Client.DATA, 0, 3, Arrays.copyOfRange(octets, at, at + piece));
      at += piece;
      window -= piece;
      connectionWindow -= piece;
    }
  }

  /** {@return the next octets of the stream} */
  private byte[] octets(H2Client client, int count) throws IOException {
    while (client.received(3) < looked + count) {
      read(client);
    }
    looked += count;
    return Arrays.copyOfRange(client.content(3), looked - count, looked);
  }

  /** {@return the next message, or a close as its code} */
  private String next(H2Client client) throws IOException {
    byte[] head = octets(client, 2);
    int length = head[1];
    if (length == 126) {
      length = ByteBuffer.wrap(octets(client, 2)).getChar();
    } else if (length == 127) {
      length = (int) ByteBuffer.wrap(octets(client, 8)).getLong();
    }
    byte[] content = octets(client, length);
    return (head[0] & 0x0F) == 8
        ? "close " + (length == 0 ? "" : ByteBuffer.wrap(content).getChar() + 0)
        : new String(content, UTF_8);
  }

  @Test
  void extended_CONNECT_is_announced() throws Exception {
    serve(WebSocketOverHttp2Test::echo);
    try (H2Client client = client()) {
      H2Client.Frame frame = read(client);
      while (frame.type() != H2Client.SETTINGS || (frame.flags() & H2Client.ACK) != 0) {
        frame = read(client);
      }
      boolean announced = false;
      for (int at = 0; at < frame.payload().length; at += 6) {
        announced |=
            ByteBuffer.wrap(frame.payload()).getChar(at) == ENABLE_CONNECT_PROTOCOL
                && frame.number(at + 2) == 1;
      }
      assertThat(announced).isTrue();
    }
  }

  @Test
  void messages_go_both_ways_until_it_is_closed_and_other_streams_go_on() throws Exception {
    serve(WebSocketOverHttp2Test::echo);
    try (H2Client client =
        open(
            "sec-websocket-protocol",
            "chat.v1",
            "sec-websocket-extensions",
            "permessage-deflate")) {
      assertThat(client.field(3, "sec-websocket-protocol")).isEqualTo("chat.v1");
      assertThat(client.field(3, "sec-websocket-extensions")).startsWith("permessage-deflate");
      assertThat(client.heads.get(3).contains("sec-websocket-accept")).isFalse();
      assertThat(client.heads.get(3).contains("upgrade")).isFalse();
      send(client, text("hello"));
      assertThat(next(client)).isEqualTo("hello");
      client.get(5, "/plain");
      assertThat(client.outcome(5)).isEqualTo("200 ");
      send(client, text("again"));
      assertThat(next(client)).isEqualTo("again");
      send(client, CLOSE);
      assertThat(next(client)).isEqualTo("close 1000");
      assertThat(client.whole(3)).startsWith("200 ");
      client.get(7, "/plain");
      assertThat(client.outcome(7)).isEqualTo("200 ");
    }
  }

  @Test
  void messages_larger_than_windows_come_whole_one_after_the_other() throws Exception {
    serve(WebSocketOverHttp2Test::echo);
    try (H2Client client = open()) {
      for (int i = 0; i < 5; i++) {
        String large = Integer.toString(i).repeat(300_000);
        send(client, text(large));
        assertThat(next(client)).isEqualTo(large);
      }
    }
  }

  @Test
  void a_client_that_takes_nothing_holds_who_sends() throws Exception {
    AtomicInteger sent = new AtomicInteger();
    String large = "x".repeat(10_000);
    serve(socket -> {
      for (int i = 0; i < 100; i++) {
        socket.send(large);
        sent.incrementAndGet();
      }
    });
    H2Client client = connect(client(), "/chat");
    client.takes = false;
    try (client) {
      while (client.received(3) < WINDOW) {
        read(client);
      }
      // The window, and what waits before it.
      assertThat(sent.get()).isLessThan(30);
      client.takes = true;
      byte[] more = ByteBuffer.allocate(4).putInt(WINDOW).array();
      client.send(H2Client.WINDOW_UPDATE, 0, 0, more);
      client.send(H2Client.WINDOW_UPDATE, 0, 3, more);
      for (int i = 0; i < 100; i++) {
        assertThat(next(client)).isEqualTo(large);
      }
      assertThat(next(client)).isEqualTo("close 1000");
    }
  }

  @Test
  void a_handler_that_takes_nothing_holds_the_client() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger taken = new AtomicInteger();
    serve(
        WebSocketOptions.builder().waiting(2).ping(Duration.ZERO).build(),
        socket -> {
          go.await();
          while (socket.receive().isPresent()) {
            taken.incrementAndGet();
          }
        });
    byte[] message = frame(0x82, new byte[10_000]);
    try (H2Client client = open()) {
      int whole = 0;
      for (int still = 0; whole < 400 && still < 5; ) {
        if (Math.min(window, connectionWindow) >= message.length) {
          send(client, message);
          whole++;
          still = 0;
        } else {
          client.send(H2Client.PING, 0, 0, new byte[8]);
          while (read(client).type() != H2Client.PING) {}
          Thread.sleep(20); // If that is too short the bound holds all the same.
          still++;
        }
      }
      assertThat(whole).isLessThan(50);
      go.countDown();
      for (; whole < 400; whole++) {
        send(client, message);
      }
      send(client, CLOSE);
      assertThat(next(client)).isEqualTo("close 1000");
    }
    assertThat(taken.get()).isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void a_client_that_ends_its_stream_ends_the_handler(boolean orderly) throws Exception {
    CompletableFuture<Optional<CloseStatus>> end = new CompletableFuture<>();
    CountDownLatch begun = new CountDownLatch(1);
    serve(socket -> {
      begun.countDown();
      try {
        socket.receive();
      } finally {
        end.complete(socket.closed());
      }
    });
    try (H2Client client = open()) {
      begun.await();
      if (orderly) {
        client.data(3, true, "");
        assertThat(client.whole(3)).startsWith("200 ");
      } else {
        client.cancel(3);
      }
      assertThat(end.get(20, TimeUnit.SECONDS).map(CloseStatus::code)).contains(1006);
      client.get(5, "/plain");
      assertThat(client.outcome(5)).isEqualTo("200 ");
    }
  }

  @Test
  void a_server_that_ends_says_so() throws Exception {
    serve(WebSocketOverHttp2Test::echo);
    try (H2Client client = open()) {
      send(client, text("x"));
      assertThat(next(client)).isEqualTo("x");
      Thread closing = Thread.ofVirtual().start(server::close);
      assertThat(next(client)).isEqualTo("close 1001");
      send(client, CLOSE);
      assertThat(client.whole(3)).startsWith("200 ");
      closing.join();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          CONNECT; /plain;   websocket; 501
          CONNECT; /chat;    connect-udp; 501
          CONNECT; /secret;  websocket; 401
          CONNECT; /missing; websocket; 404
          GET;     /chat;    ;          426
          GET;     /chat;    websocket; RST PROTOCOL_ERROR
          """)
  void what_opens_none_is_no_success(String method, String path, String protocol, String got)
      throws Exception {
    serve(WebSocketOverHttp2Test::echo);
    try (H2Client client = client()) {
      String[] more =
          protocol == null
              ? new String[] {"sec-websocket-version", "13"}
              : new String[] {":protocol", protocol, "sec-websocket-version", "13"};
      client.request(3, protocol == null, method, path, more);
      assertThat(client.outcome(3)).startsWith(got);
      client.get(5, "/plain");
      assertThat(client.outcome(5)).isEqualTo("200 ");
    }
  }

  @Test
  void one_more_than_the_rate_limit_allows_is_refused() throws Exception {
    serve(
        WebSocketOptions.DEFAULT,
        WebSocketOverHttp2Test::echo,
        "rate_limit.enabled",
        "true",
        "rate_limit.requests",
        "2");
    open().close();
    open().close();
    try (H2Client client = connect(client(), "/chat")) {
      assertThat(client.outcome(3)).startsWith("429 ");
    }
  }

  @Test
  void a_credential_opens_what_is_secured() throws Exception {
    serve(WebSocketOverHttp2Test::echo);
    try (H2Client client = connect(client(), "/secret", "x-key", SECRET)) {
      send(client, text("early"));
      assertThat(next(client)).isEqualTo("early");
      assertThat(client.heads.get(3).status()).hasToString("200");
    }
  }
}
