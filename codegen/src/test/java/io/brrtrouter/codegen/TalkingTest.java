package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.server.runtime.StartupException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Generated code of WebSockets on real connections: {@code talking/Rooms.java} holds the
 * conversations.
 */
@Timeout(120)
class TalkingTest {
  private static final Path FOLDER = Path.of("src/test/resources/talking");
  private static final Path DOCUMENT = FOLDER.resolve("openapi.yaml");

  /** Longer than anything takes; for a test that fails only. */
  private static final int PATIENCE_SECONDS = 60;

  private static ClassLoader loader;

  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable BrrtServer server;

  @BeforeAll
  static void generate() throws IOException {
    List<SourceFile> files =
        new ArrayList<>(Documents.generate(DOCUMENT, "talking", Part.SERVICE).files());
    assertThat(Java.unformatted(files)).isEmpty();
    files.add(new SourceFile("talking/Rooms.java", Files.readString(FOLDER.resolve("Rooms.java"))));
    loader = Classes.of(files);
  }

  private static BrrtServer start(Path document) throws ReflectiveOperationException {
    BrrtServer.Builder builder = builder(document);
    loader
        .loadClass("talking.server.TalkingServer")
        .getMethod("register", BrrtServer.Builder.class, loader.loadClass("talking.api.TalkingApi"))
        .invoke(null, builder, loader.loadClass("talking.Rooms").getConstructor().newInstance());
    return builder.start();
  }

  private static BrrtServer.Builder builder(Path document) {
    return BrrtServer.builder()
        .document(document)
        .config(ServerConfig.defaults().with(Map.of("port", "0", "responses.check", "enforce")))
        .output(new PrintStream(OutputStream.nullOutputStream()));
  }

  @AfterEach
  void stop() {
    http.shutdownNow(); // To close it would be to wait for the WebSockets that are open.
    if (server != null) {
      server.close();
    }
  }

  /** A client, and what came to it, in words. */
  private final class Talker implements WebSocket.Listener {
    private final BlockingQueue<String> came = new LinkedBlockingQueue<>();
    private final WebSocket socket;

    Talker(BrrtServer server, String target) {
      socket =
          http.newWebSocketBuilder()
              .subprotocols("talk.v1", "chat.v1")
              .buildAsync(URI.create("ws://localhost:" + server.port() + target), this)
              .join();
    }

    Talker say(String text) {
      socket.sendText(text, true).join();
      return this;
    }

    Talker say(byte[] octets) {
      socket.sendBinary(ByteBuffer.wrap(octets), true).join();
      return this;
    }

    String next() throws InterruptedException {
      return String.valueOf(came.poll(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      came.add(text.toString());
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer octets, boolean last) {
      byte[] all = new byte[octets.remaining()];
      octets.get(all);
      came.add(HexFormat.of().formatHex(all));
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      came.add(code + " " + reason);
      return null;
    }
  }

  private Talker open(String target) throws ReflectiveOperationException {
    if (server == null) {
      server = start(DOCUMENT);
    }
    return new Talker(server, target);
  }

  @Test
  void messages_go_both_ways_and_to_all() throws Exception {
    Talker ada = open("/rooms/cats");
    assertThat(ada.say("{\"text\":\"alone\"}").next())
        .isEqualTo("{\"text\":\"alone\",\"people\":1}");
    assertThat(ada.say("{\"text\":\"octets\"}").next()).isEqualTo("0102");
    assertThat(ada.say("{\"text\":\"which\"}").next()).startsWith("{\"text\":\"talk.v1\"");

    Talker grace = open("/rooms/cats");
    assertThat(grace.say("{\"text\":\"hello\"}").next())
        .isEqualTo("{\"text\":\"hello\",\"people\":2}");
    assertThat(ada.next()).isEqualTo("{\"text\":\"hello\",\"people\":2}");
    assertThat(ada.say("{\"text\":\"bye\"}").next()).isEqualTo("4000 bye");
  }

  @Test
  void what_is_sent_is_what_the_document_says() throws Exception {
    Talker ada = open("/rooms/cats");
    assertThat(ada.say("{\"text\":\"longer than any twenty\"}").next())
        .isEqualTo("{\"text\":\"refused\",\"people\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"text": 1}                                    | 1008 /text: must be a string, not a number
          {}                                             | 1008 must have the property "text"
          {"text": "a", "more": "than a hundred octets, which the options of the conversation do not allow here at all"} | 1009 a message has at most 100 octets
          """)
  void what_is_received_is_what_document_and_options_say(String said, String end) throws Exception {
    assertThat(open("/rooms/cats").say(said).next()).isEqualTo(end);
  }

  @Test
  void a_handler_refuses_with_another_answer() throws Exception {
    assertThatThrownBy(() -> open("/rooms/dogs"))
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(404));
  }

  @Test
  void header_fields_and_content_of_answers_are_those_of_their_records() throws Exception {
    server = start(DOCUMENT);
    try (java.net.Socket socket =
        new java.net.Socket(java.net.InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(handshake("/rooms/dogs"));
      String refused = head(socket);
      assertThat(refused).startsWith("HTTP/1.1 404 ").contains("Content-Type: application/json");
      byte[] content = "{\"text\":\"no dogs\"}".getBytes(StandardCharsets.UTF_8);
      assertThat(socket.getInputStream().readNBytes(content.length)).isEqualTo(content);
      socket.getOutputStream().write(handshake("/rooms/cats"));
      assertThat(head(socket)).startsWith("HTTP/1.1 101 ").contains("\r\nX-People: 0\r\n");
    }
  }

  private static byte[] handshake(String target) {
    return ("GET %s HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
        .formatted(target)
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String head(java.net.Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) socket.getInputStream().read());
    }
    return head.toString();
  }

  @Test
  void parameters_are_judged_before() {
    assertThatThrownBy(() -> open("/rooms/many-elephants"))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(400));
  }

  @Test
  void texts_and_octets_are_what_they_are() throws Exception {
    assertThat(open("/lines").say("b").next()).isEqualTo("62");
    assertThat(open("/lines").say("c").next()).startsWith("1008");
    assertThat(open("/lines").say(new byte[1]).next()).startsWith("1003");
  }

  @Test
  void null_is_a_message_and_one_side_may_say_nothing() throws Exception {
    Talker ticks = open("/ticks");
    assertThat(ticks.next()).isEqualTo("1");
    assertThat(ticks.next()).isEqualTo("null");
    assertThat(ticks.say("1").next()).startsWith("1003");
  }

  @Test
  void messages_that_are_not_described_come_as_they_are() throws Exception {
    Talker raw = open("/raw");
    assertThat(raw.say("h\u00e9").next()).isEqualTo("[\"Text[text=h\u00e9]\"]");
    assertThat(raw.say(new byte[3]).next()).isEqualTo("[\"Binary[3 octets]\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text: { type: string, maxLength: 30 }           | text: { type: integer }       | "talk": the JSON that clients send has another shape
          people: { type: integer, format: int32 }        | people: { type: string }      | "talk": the JSON that the server sends has another shape
          image/png: {}                                   | text/plain: {}                | "lines": what the server sends is of other kinds
          fromClient: { content: {} }                     | subprotocols: [ ticks ]       | "ticks": what clients send is no longer described
          items: { type: string }                         | items: { type: integer }      | "raw": the JSON that the server sends has another shape
          """)
  void a_document_of_other_messages_is_refused(
      String was, String is, String message, @TempDir Path directory) throws Exception {
    String text = Files.readString(DOCUMENT);
    assertThat(text).contains(was);
    Path other = Files.writeString(directory.resolve("other.yaml"), text.replace(was, is));

    assertThatThrownBy(() -> start(other))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("[types-outdated]: operation " + message)
        .hasMessageContaining("was generated from another document");
  }

  @Test
  void the_guide_is_right(@TempDir Path directory) throws Exception {
    String page = Files.readString(Documents.root().resolve("docs/websocket.md"));
    int yaml = page.indexOf("```yaml\n") + 8;
    Path document =
        Files.writeString(
            directory.resolve("openapi.yaml"), page.substring(yaml, page.indexOf("```", yaml)));
    List<SourceFile> files =
        new ArrayList<>(Documents.generate(document, "shelter", Part.SERVICE).files());
    files.add(new SourceFile("shelter/Chat.java", Files.readString(FOLDER.resolve("Chat.java"))));
    ClassLoader generated = Classes.of(files);
    BrrtServer.Builder builder = builder(document);
    generated
        .loadClass("shelter.Chat")
        .getMethod("register", BrrtServer.Builder.class)
        .invoke(null, builder);
    server = builder.start();

    Talker ada = new Talker(server, "/rooms/cats");
    assertThat(ada.say("{\"text\":\"hello\"}").next())
        .isEqualTo("{\"room\":\"cats\",\"text\":\"hello\"}");
    Talker grace = new Talker(server, "/rooms/cats");
    assertThat(grace.say("{\"text\":\"bye\"}").next()).isEqualTo("4000 bye");
    assertThat(ada.next()).isEqualTo("{\"room\":\"cats\",\"text\":\"bye\"}");
    assertThatThrownBy(() -> new Talker(server, "/rooms/fish"))
        .cause()
        .isInstanceOfSatisfying(
            WebSocketHandshakeException.class,
            refused -> assertThat(refused.getResponse().statusCode()).isEqualTo(404));
  }
}
