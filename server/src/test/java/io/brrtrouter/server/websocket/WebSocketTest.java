package io.brrtrouter.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.dispatch.CapturedLog;
import io.brrtrouter.server.dispatch.CompletedExchange;
import io.brrtrouter.server.dispatch.ExchangeListener;
import io.brrtrouter.server.http.OnReload;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.TestServer;
import io.brrtrouter.server.transport.TestCertificates;
import io.brrtrouter.server.transport.TlsFolder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets over real sockets: handlers, limits and ends. */
@Timeout(60)
class WebSocketTest {
  static final String DOCUMENT =
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
      """;

  private static final String TYPED =
      """
      openapi: 3.1.1
      info: {title: Chat, version: "1"}
      paths:
        /chat:
          get:
            operationId: chat
            x-websocket:
              fromClient: {content: {application/json: {schema: {$ref: '#/components/schemas/Said'}}}}
              fromServer:
                content:
                  application/json: {schema: {$ref: '#/components/schemas/Said'}}
                  application/octet-stream: {}
            responses:
              "101": {description: the chat begins}
      components:
        schemas:
          Said:
            type: object
            required: [text]
            properties: {text: {type: string, maxLength: 10}}
      """;

  /** Short enough for a test that waits, long enough for a machine that is busy. */
  private static final Duration SHORT = Duration.ofMillis(200);

  private final BlockingQueue<CompletedExchange> completed = new LinkedBlockingQueue<>();
  private BrrtServer server;

  private Path serve(
      String document, WebSocketOptions options, WebSocketHandler handler, String... more) {
    List<String> settings =
        new ArrayList<>(
            List.of(
                "responses.check", "enforce",
                "http.write_stall_ms", "2 s",
                "http.max_streams", "3"));
    settings.addAll(List.of(more));
    Path file = TestServer.file(document);
    server =
        BrrtServer.builder()
            .document(file)
            .config(TestServer.config(settings.toArray(String[]::new)))
            .handler("chat", WebSockets.handler(options, handler))
            .listener(
                new ExchangeListener() {
                  @Override
                  public void completed(CompletedExchange exchange) {
                    completed.add(exchange);
                  }
                })
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start();
    return file;
  }

  private void serve(WebSocketOptions options, WebSocketHandler handler) {
    serve(DOCUMENT, options, handler);
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

  private SocketClient open(String... fields) throws IOException {
    return SocketClient.open(server.port(), fields);
  }

  private CompletedExchange completed() throws InterruptedException {
    CompletedExchange exchange = completed.poll(20, TimeUnit.SECONDS);
    assertThat(exchange).isNotNull();
    return exchange;
  }

  @Test
  void a_message_in_the_segment_of_the_request_counts() throws Exception {
    serve(FramesTest::echo);
    try (SocketClient client = new SocketClient(server.port())) {
      client
          .send(
              Frames.join(
                  SocketClient.request("/chat").getBytes(java.nio.charset.StandardCharsets.UTF_8),
                  Frames.text("early"),
                  Frames.close(1000, "")))
          .readHead();
      assertThat(client.frames()).containsExactly("text early", "close 1000", "end");
    }
    CompletedExchange exchange = completed();
    assertThat(exchange.status()).isEqualTo(101);
    assertThat(exchange.aborted()).isFalse();
  }

  @Test
  void tls_is_below_it_where_the_server_has_any() throws Exception {
    try (TlsFolder folder = new TlsFolder()) {
      serve(
          DOCUMENT,
          WebSocketOptions.DEFAULT,
          FramesTest::echo,
          "tls.certificate_file",
          folder.path("server.pem").toString(),
          "tls.key_file",
          folder.path("server.key").toString());
      SSLSocketFactory tls = TestCertificates.trusting().context().getSocketFactory();
      try (SocketClient client = new SocketClient(tls.createSocket("127.0.0.1", server.port()))) {
        client.send(SocketClient.request("/chat")).readHead();
        assertThat(client.status()).isEqualTo(101);
        client.text("x".repeat(40_000)); // More than a record of TLS.
        assertThat(client.frame()).isEqualTo("text " + "x".repeat(40_000));
        client.send(Frames.close(1000, ""));
        assertThat(client.frames()).containsExactly("close 1000", "end");
      }
    }
  }

  @Test
  void the_server_begins_where_it_wants() throws Exception {
    serve(socket -> {
      socket.send("one");
      socket.send(new Message.Binary(new byte[] {1, 2}));
      socket.send(Message.json(List.of(1, 2)));
      assertThat(socket.subprotocol()).contains("chat.v1");
      assertThat(socket.request().path()).isEqualTo("/chat");
      socket.close(new CloseStatus(4000, "enough"));
      assertThat(socket.isOpen()).isFalse();
      assertThat(socket.closed()).contains(new CloseStatus(4000, "enough"));
      assertThatThrownBy(() -> socket.send("late"))
          .isInstanceOf(WebSocketClosedException.class)
          .hasMessage("the WebSocket is closed: 4000 enough");
    });
    try (SocketClient client = open("Sec-WebSocket-Protocol: chat.v1")) {
      assertThat(client.frame()).isEqualTo("text one");
      assertThat(client.frame()).isEqualTo("binary 0102");
      assertThat(client.frame()).isEqualTo("text [1,2]");
      assertThat(client.frame()).isEqualTo("close 4000 enough");
      client.send(Frames.close(4000, "enough"));
      assertThat(client.frame()).isEqualTo("end");
    }
    assertThat(completed().aborted()).isFalse();
  }

  @Test
  void a_handler_that_returns_closes_and_one_that_throws_says_that_it_failed() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    serve(socket -> {
      if (calls.incrementAndGet() == 2) {
        throw new IllegalStateException("broken");
      }
    });
    try (SocketClient client = open()) {
      assertThat(client.frame()).isEqualTo("close 1000");
    }
    try (SocketClient client = open()) {
      assertThat(client.frame()).isEqualTo("close 1011");
      client.send(Frames.close(1011, ""));
      assertThat(client.frame()).isEqualTo("end");
    }
  }

  @Test
  void a_client_that_does_not_answer_a_close_is_waited_for_no_longer_than_said() throws Exception {
    serve(WebSocketOptions.builder().closeTime(SHORT).build(), _ -> {});
    try (SocketClient client = open()) {
      assertThat(client.frames()).containsExactly("close 1000", "end");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          {"text": "hello"}; text {"text": "hello"}
          {"text": 1}; close 1008 /text: must be a string, not a number
          {}; close 1008 must have the property "text"
          []; close 1008 must be an object, not an array
          {; close 1008 line 1
          ''; close 1008
          """)
  void a_message_is_what_the_document_says(String sent, String got) throws Exception {
    serve(TYPED, WebSocketOptions.DEFAULT, FramesTest::echo);
    try (SocketClient client = open()) {
      client.text(sent);
      assertThat(client.frame()).startsWith(got);
    }
  }

  @Test
  void a_message_of_a_kind_that_is_not_declared_is_refused() throws Exception {
    serve(TYPED, WebSocketOptions.DEFAULT, FramesTest::echo);
    try (SocketClient client = open()) {
      client.send(Frames.binary(new byte[1]));
      assertThat(client.frame()).isEqualTo("close 1003 no binary messages are taken");
    }
  }

  @Test
  void a_handler_sends_what_the_document_says() throws Exception {
    CompletableFuture<Throwable> refused = new CompletableFuture<>();
    serve(
        TYPED,
        WebSocketOptions.DEFAULT,
        socket -> {
          try {
            socket.send("{\"text\": \"far too long for it\"}");
          } catch (IllegalArgumentException wrong) {
            refused.complete(wrong);
          }
          socket.send(new Message.Binary(new byte[1]));
        });
    try (SocketClient client = open()) {
      assertThat(client.frame()).isEqualTo("binary 00");
      assertThat(refused.get(20, TimeUnit.SECONDS))
          .hasMessageStartingWith("the API description does not allow this message: /text: ");
    }
  }

  @Test
  void a_group_publishes_nothing_that_the_document_does_not_allow() throws Exception {
    WebSocketGroup group = new WebSocketGroup();
    serve(TYPED, WebSocketOptions.DEFAULT, socket -> member(group, socket));
    try (SocketClient one = open();
        SocketClient other = open()) {
      awaitSize(group, 2);
      assertThatThrownBy(() -> group.publish(Message.json(Map.of("text", "too long for it"))))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("the API description does not allow this message: /text: ");
      assertThat(group.publish(Message.json(Map.of("text", "short")))).isEqualTo(2);
      assertThat(one.frame())
          .as("nobody has got the other one")
          .isEqualTo("text {\"text\":\"short\"}");
      assertThat(other.frame()).isEqualTo("text {\"text\":\"short\"}");
    }
  }

  @Test
  void a_member_of_an_old_document_that_allows_less_is_closed_and_others_get_it() throws Exception {
    WebSocketGroup group = new WebSocketGroup();
    Path document = serve(TYPED, WebSocketOptions.DEFAULT, socket -> member(group, socket));
    Message longer = Message.json(Map.of("text", "more than ten"));
    try (SocketClient old = open()) {
      awaitSize(group, 1);
      Files.writeString(document, TYPED.replace("maxLength: 10", "maxLength: 20"));
      TestServer.reload(server);
      try (SocketClient other = open()) {
        awaitSize(group, 2);
        assertThat(group.publish(longer)).isEqualTo(1);
        assertThat(other.frame()).isEqualTo("text {\"text\":\"more than ten\"}");
        assertThat(old.frame()).isEqualTo("close 1012 another document serves");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"log, 1", "off, 0"})
  void what_is_not_enforced_is_sent_and_told_or_not(String check, int told) throws Exception {
    WebSocketGroup group = new WebSocketGroup();
    String wrong = "{\"text\": \"far too long for it\"}";
    try (CapturedLog log = new CapturedLog("io.brrtrouter.server.contract")) {
      serve(
          TYPED.replace(
              "x-websocket:", "x-brrtrouter-response-check: \"" + check + "\"\n      x-websocket:"),
          WebSocketOptions.DEFAULT,
          socket -> {
            try (WebSocketGroup.Membership _ = group.join(socket)) {
              socket.send(wrong);
              group.publish(new Message.Text(wrong));
              socket.receive();
            }
          });
      try (SocketClient client = open()) {
        assertThat(client.frame()).isEqualTo("text " + wrong);
        assertThat(client.frame()).isEqualTo("text " + wrong);
      }
      assertThat(log.about("that the document does not allow: /text: ")).hasSize(2 * told);
    }
  }

  private static void member(WebSocketGroup group, WebSocket socket) throws InterruptedException {
    try (WebSocketGroup.Membership _ = group.join(socket)) {
      socket.receive();
    }
  }

  private static void awaitSize(WebSocketGroup group, int size) {
    while (group.size() < size) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "continue, AS_CONFIGURED, false",
    "end, AS_CONFIGURED, true",
    "end, CONTINUE, false",
    "continue, END, true"
  })
  void a_document_that_is_replaced_ends_it_or_does_not(String setting, OnReload own, boolean ends)
      throws Exception {
    serve(
        DOCUMENT,
        WebSocketOptions.builder().reload(own).build(),
        FramesTest::echo,
        "http.streams_on_reload",
        setting);
    try (SocketClient client = open()) {
      client.text("old");
      assertThat(client.frame()).isEqualTo("text old");
      server.replaceHandler("chat", WebSockets.handler(socket -> socket.send("new")));
      if (ends) {
        assertThat(client.frame()).isEqualTo("close 1012 another document serves");
        client.send(Frames.close(1012, ""));
        assertThat(client.frame()).isEqualTo("end");
      } else {
        client.text("still old");
        assertThat(client.frame()).isEqualTo("text still old");
      }
      try (SocketClient again = open()) {
        assertThat(again.frame()).isEqualTo("text new");
      }
    }
  }

  @Test
  void a_handshake_more_than_the_rate_limit_allows_is_a_429() throws Exception {
    serve(
        DOCUMENT,
        WebSocketOptions.DEFAULT,
        FramesTest::echo,
        "rate_limit.enabled",
        "true",
        "rate_limit.requests",
        "2");
    open().close();
    open().close();
    try (SocketClient third = new SocketClient(server.port())) {
      third.send(SocketClient.request("/chat")).readHead();
      assertThat(third.status()).isEqualTo(429);
      assertThat(third.field("Retry-After")).hasSize(1);
    }
  }

  @Test
  void the_deadline_of_the_operation_is_for_the_handshake() throws Exception {
    serve(
        DOCUMENT,
        WebSocketOptions.DEFAULT,
        socket -> {
          Thread.sleep(SHORT); // The deadline is over, several times.
          socket.send("late");
        },
        "http.handler_deadline_ms",
        "20 ms");
    try (SocketClient client = open()) {
      assertThat(client.frame()).isEqualTo("text late");
      assertThat(client.frame()).isEqualTo("close 1000");
    }
  }

  @Test
  void a_handler_has_a_virtual_thread() throws Exception {
    CompletableFuture<Boolean> virtual = new CompletableFuture<>();
    serve(_ -> virtual.complete(Thread.currentThread().isVirtual()));
    try (SocketClient client = open()) {
      assertThat(client.frame()).isEqualTo("close 1000");
      assertThat(virtual).isCompletedWithValue(true);
    }
  }

  @Test
  void who_says_nothing_is_pinged_and_goes_where_that_is_not_answered() throws Exception {
    serve(WebSocketOptions.builder().ping(SHORT).closeTime(SHORT).build(), FramesTest::echo);
    try (SocketClient client = open()) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.frame()).isEqualTo("ping");
        client.send(Frames.pong(""));
      }
      assertThat(client.frames()).containsExactly("ping", "close 1001 no answer to a ping", "end");
    }
  }

  @Test
  void what_is_not_used_is_closed_though_pings_are_answered() throws Exception {
    serve(
        WebSocketOptions.builder().ping(SHORT).idle(SHORT.multipliedBy(5)).build(),
        FramesTest::echo);
    try (SocketClient client = open()) {
      client.text("x");
      assertThat(client.frame()).isEqualTo("text x");
      String frame = client.frame();
      while (frame.equals("ping")) {
        client.send(Frames.pong(""));
        frame = client.frame();
      }
      assertThat(frame).isEqualTo("close 1001 nothing was said for long");
    }
  }

  @ParameterizedTest
  @CsvSource({"81 85 37fa21", "01 80 37fa213d"})
  void a_message_comes_in_time(String begun) throws Exception {
    serve(WebSocketOptions.builder().messageTime(SHORT).ping(SHORT).build(), FramesTest::echo);
    try (SocketClient client = open()) {
      client.send(Frames.hex(begun));
      assertThat(client.frame()).isEqualTo("close 1008 a message did not come in time");
    }
  }

  @ParameterizedTest
  @CsvSource({"0", "600"})
  void a_message_comes_in_time_though_control_frames_do_and_whenever_pings_are(int ping)
      throws Exception {
    serve(
        WebSocketOptions.builder()
            .messageTime(SHORT)
            .ping(Duration.ofSeconds(ping))
            .closeTime(SHORT)
            .build(),
        FramesTest::echo);
    try (SocketClient client = open()) {
      client.send(Frames.frame(0x01, new byte[] {'a'}));
      assertThat(client.frame()).isEqualTo("close 1008 a message did not come in time");
    }
    try (SocketClient client = open()) {
      client.send(Frames.frame(0x01, new byte[] {'a'}));
      String frame;
      do {
        client.send(Frames.ping("x"));
        frame = client.frame();
      } while (frame.equals("pong 78"));
      assertThat(frame).isEqualTo("close 1008 a message did not come in time");
    }
  }

  @Test
  void a_close_is_answered_when_a_handler_ends_that_did_not_wait_for_it() throws Exception {
    serve(
        WebSocketOptions.builder().closeTime(Duration.ofMinutes(5)).build(),
        socket -> {
          socket.receive();
          Thread.sleep(SHORT); // so that the close is there; it would do no harm if it were not
        });
    try (SocketClient client = open()) {
      client.send(Frames.text("x"), Frames.close(1000, ""));
      assertThat(client.frames()).containsExactly("close 1000", "end");
    }
  }

  @Test
  void a_client_that_goes_ends_the_handler() throws Exception {
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
    SocketClient client = open();
    begun.await();
    client.reset();
    assertThat(end.get(20, TimeUnit.SECONDS).map(CloseStatus::code)).contains(1006);
    assertThat(completed().aborted()).isTrue();
  }

  @ParameterizedTest(name = "{0} messages that nobody takes")
  @ValueSource(ints = {0, 1, 3})
  void a_handler_that_waits_for_something_else_is_interrupted_after_the_end(int unread)
      throws Exception {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    serve(
        WebSocketOptions.builder().closeTime(SHORT).build(),
        socket -> {
          try {
            Thread.sleep(Duration.ofMinutes(1));
          } catch (InterruptedException interrupted) {
            end.complete(interrupted);
            throw interrupted;
          }
        });
    try (SocketClient client = open()) {
      for (int i = 0; i < unread; i++) {
        client.send(Frames.text("unread"));
      }
      client.send(Frames.close(1000, ""));
      assertThat(client.frames()).containsExactly("close 1000", "end");
    }
    assertThat(end.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void a_client_that_does_not_read_holds_who_sends_and_is_cut_off() throws Exception {
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    AtomicInteger sent = new AtomicInteger();
    String text = "x".repeat(10_000);
    serve(socket -> {
      try {
        while (true) {
          socket.send(text);
          sent.incrementAndGet();
        }
      } catch (WebSocketClosedException | InterruptedException closed) {
        end.complete(closed);
        throw closed;
      }
    });
    try (SocketClient client = new SocketClient(server.port(), 4096)) {
      client.send(SocketClient.request("/chat")).readHead();
      assertThat(end.get(30, TimeUnit.SECONDS)).isNotNull();
      // Some megabytes are in buffers of the kernel.
      assertThat(sent.get()).isLessThan(2_000);
    }
  }

  @Test
  void a_handler_that_is_slow_holds_the_client() throws Exception {
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
    byte[] frame = Frames.binary(new byte[60_000]);
    AtomicInteger written = new AtomicInteger();
    try (SocketClient client = open()) {
      Thread writer =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  for (int i = 0; i < 1_000; i++) {
                    client.send(frame);
                    written.incrementAndGet();
                  }
                  client.send(Frames.close(1000, ""));
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      int before = -1;
      for (int same = 0; same < 3; same++) { // until it is held
        Thread.sleep(100);
        same = written.get() == before ? same : -1;
        before = written.get();
      }
      assertThat(before).isLessThan(900);
      go.countDown();
      writer.join();
      assertThat(client.frames()).containsExactly("close 1000", "end");
      assertThat(taken.get()).isEqualTo(1_000);
    }
  }

  @Test
  void a_server_that_ends_says_so() throws Exception {
    serve(FramesTest::echo);
    try (SocketClient client = open()) {
      client.text("x");
      assertThat(client.frame()).isEqualTo("text x");
      Thread closing = Thread.ofVirtual().start(server::close);
      assertThat(client.frame()).isEqualTo("close 1001 the server ends");
      client.send(Frames.close(1001, ""));
      assertThat(client.frame()).isEqualTo("end");
      closing.join();
    }
  }

  @Test
  void one_more_than_may_be_open_is_told_to_come_later() throws Exception {
    serve(FramesTest::echo);
    try (SocketClient one = open();
        SocketClient two = open();
        SocketClient three = open();
        SocketClient four = new SocketClient(server.port())) {
      four.send(SocketClient.request("/chat")).readHead();
      assertThat(four.status()).isEqualTo(503);
      for (SocketClient each : List.of(one, two, three)) {
        each.text("x");
        assertThat(each.frame()).isEqualTo("text x");
      }
      one.send(Frames.close(1000, ""));
      assertThat(one.frames()).containsExactly("close 1000", "end");
    }
  }

  @Test
  void all_of_a_group_get_what_is_published_in_its_order() throws Exception {
    WebSocketGroup group = new WebSocketGroup();
    CountDownLatch joined = new CountDownLatch(3);
    serve(socket -> {
      try (WebSocketGroup.Membership _ = group.join(socket)) {
        joined.countDown();
        socket.receive();
      }
    });
    try (SocketClient one = open();
        SocketClient two = open();
        SocketClient three = open("Sec-WebSocket-Extensions: permessage-deflate")) {
      joined.await();
      for (int i = 0; i < 50; i++) {
        assertThat(group.publish(new Message.Text("news " + i))).isEqualTo(3);
        for (SocketClient each : List.of(one, two, three)) {
          assertThat(each.frame()).isEqualTo("text news " + i);
        }
      }
      group.publish(new Message.Text("x".repeat(1000)));
      assertThat(one.frame()).isEqualTo("text " + "x".repeat(1000));
      assertThat(three.frame()).isEqualTo("compressed text " + "x".repeat(1000));
    }
    for (int i = 0; i < 3; i++) {
      completed();
    }
    assertThat(group.size()).isZero();
  }

  @Test
  void a_member_that_reads_too_slowly_is_closed_and_others_get_all() throws Exception {
    WebSocketGroup group = new WebSocketGroup();
    CountDownLatch joined = new CountDownLatch(2);
    serve(socket -> {
      try (WebSocketGroup.Membership _ = group.join(socket)) {
        joined.countDown();
        socket.receive();
      }
    });
    String text = "x".repeat(50_000);
    try (SocketClient slow = new SocketClient(server.port(), 4096);
        SocketClient fast = open()) {
      slow.send(SocketClient.request("/chat")).readHead();
      joined.await();
      int published = 0;
      for (int reached = 2; reached == 2; published++) {
        reached = group.publish(new Message.Text(text + published));
        assertThat(fast.frame()).isEqualTo("text " + text + published);
        assertThat(published).isLessThan(2_000);
      }
    }
  }

  @Test
  void the_oldest_is_dropped_where_only_the_last_counts() throws Exception {
    WebSocketGroup group = new WebSocketGroup();
    CountDownLatch joined = new CountDownLatch(1);
    serve(
        WebSocketOptions.builder().outgoing(4, WebSocketOptions.Overflow.DROP_OLDEST).build(),
        socket -> {
          try (WebSocketGroup.Membership _ = group.join(socket)) {
            joined.countDown();
            socket.receive();
          }
        });
    String text = "x".repeat(10_000);
    try (SocketClient slow = new SocketClient(server.port(), 4096)) {
      slow.send(SocketClient.request("/chat")).readHead();
      joined.await();
      for (int i = 0; i < 2_000; i++) {
        assertThat(group.publish(new Message.Text(i + " " + text))).isEqualTo(1);
      }
      // Before it closes: what waits for a client that closes is not sent any more.
      int got = 1;
      while (!slow.frame().startsWith("text 1999 ")) {
        got++;
      }
      assertThat(got).isLessThan(1_900);
    }
  }
}
