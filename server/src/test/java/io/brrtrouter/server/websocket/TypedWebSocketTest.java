package io.brrtrouter.server.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.openapi.model.WebSocketExtension;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.View;
import io.brrtrouter.schema.codec.Fingerprint;
import io.brrtrouter.schema.codec.JsonCodec;
import io.brrtrouter.schema.codec.JsonFragment;
import io.brrtrouter.schema.codec.JsonInput;
import io.brrtrouter.schema.codec.JsonKind;
import io.brrtrouter.schema.codec.JsonOutput;
import io.brrtrouter.schema.codec.TextTable;
import io.brrtrouter.schema.stream.Channel;
import io.brrtrouter.schema.stream.Conversation;
import io.brrtrouter.schema.stream.RawMessage;
import io.brrtrouter.server.dispatch.CapturedLog;
import io.brrtrouter.server.dispatch.ContentBinding;
import io.brrtrouter.server.dispatch.ConversationBinding;
import io.brrtrouter.server.dispatch.MessageBinding;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.dispatch.TypedHandler;
import io.brrtrouter.server.dispatch.TypedResponse;
import io.brrtrouter.server.dispatch.WebSocketOpening;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.StartupException;
import io.brrtrouter.server.runtime.TestServer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WebSockets in Java types, as generated code binds them, over real sockets. */
@Timeout(60)
class TypedWebSocketTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Chat, version: "1"}
      paths:
        /chat:
          get:
            operationId: talk
            x-websocket:
              subprotocols: [chat.v1]
              fromClient:
                content:
                  application/json: {schema: {$ref: '#/components/schemas/Said'}}
                  application/octet-stream: {}
              fromServer: {content: {application/json: {schema: {$ref: '#/components/schemas/Said'}}}}
            responses:
              "101": {description: the chat begins}
              "404": {description: nothing, content: {application/json: {schema: {$ref: '#/components/schemas/Said'}}}}
      components:
        schemas:
          Said:
            type: object
            required: [size]
            properties: {size: {type: integer, format: int64, maximum: 9}}
      """;

  /** What both sides send. */
  private record Said(long size) {}

  /** What clients send. */
  private sealed interface FromClient {
    record Json(Said value) implements FromClient {}

    @SuppressWarnings("ArrayRecordComponent") // as generated
    record Binary(byte[] value) implements FromClient {}
  }

  private static final class SaidCodec implements JsonCodec<Said> {
    private static final TextTable FIELDS = TextTable.of("size");
    private static final JsonFragment SIZE = JsonFragment.name("size");

    /** A size that the document allows and the code does not. */
    private static final long DRIFTED = 8;

    @Override
    public Said read(JsonInput in) {
      long size = 0;
      in.beginObject();
      for (int field = in.nextField(FIELDS); field != JsonInput.END; field = in.nextField(FIELDS)) {
        if (field == 0) {
          size =
              in.peek() == JsonKind.STRING
                  ? in.readJsonText(JsonInput::readUnboundedLong)
                  : in.readUnboundedLong();
          if (size == DRIFTED) {
            throw in.refuse();
          }
        } else {
          in.skip();
        }
      }
      return new Said(size);
    }

    @Override
    public void write(Said said, JsonOutput out) {
      out.beginObject();
      out.name(SIZE);
      out.writeLong(said.size());
      out.endObject();
    }
  }

  /** As generated for a document. */
  private static class Talk implements TypedHandler, WebSocketOpening {
    private final Conversation<FromClient, Said> conversation;
    private final ConversationBinding<FromClient, Said> messages;
    private final ContentBinding<Said> notFound;

    Talk(String generatedFrom, Conversation<FromClient, Said> conversation) {
      this.conversation = conversation;
      Loaded document = OpenApiLoader.load(TestServer.file(generatedFrom), LoadOptions.defaults());
      SchemaCompiler.Builder schemas = SchemaCompiler.builder().assertFormats(true);
      document.resources().forEach(schemas::resource);
      SchemaCompiler compiler = schemas.build();
      Operation talk = document.api().orElseThrow().operations().getFirst();
      WebSocketExtension socket = talk.webSocket().orElseThrow();
      MessageBinding<Said> sent =
          new MessageBinding.JsonText<>(
              new SaidCodec(), print(compiler, socket.fromClient(), View.REQUEST));
      messages =
          new ConversationBinding<>(
              new MessageBinding.Several<>(
                  List.of(
                      new MessageBinding.Kind<>(
                          sent,
                          FromClient.Json.class,
                          FromClient.Json::new,
                          FromClient.Json::value),
                      new MessageBinding.Kind<>(
                          MessageBinding.OCTETS,
                          FromClient.Binary.class,
                          FromClient.Binary::new,
                          FromClient.Binary::value))),
              new MessageBinding.JsonText<>(
                  new SaidCodec(), print(compiler, socket.fromServer(), View.RESPONSE)));
      notFound =
          new ContentBinding.JsonContent<>(
              "404",
              "application/json",
              new SaidCodec(),
              false,
              print(
                  compiler,
                  talk.responses().get("404").content().get("application/json"),
                  View.RESPONSE));
    }

    private static Optional<Fingerprint> print(
        SchemaCompiler compiler, Optional<WebSocketExtension.Messages> messages, View view) {
      return print(compiler, messages.orElseThrow().json().orElseThrow(), view);
    }

    private static Optional<Fingerprint> print(
        SchemaCompiler compiler, MediaType content, View view) {
      Schema at = content.schema().orElseThrow();
      String target = at.node().path("$ref").asString("");
      return Optional.of(
          Fingerprint.of(
              compiler,
              at.resource(),
              target.isEmpty() ? at.pointer() : target.substring(1),
              view));
    }

    @Override
    public Bindings bindings() {
      return new Bindings(
          "shop.api.TalkRequest",
          new Bindings.OperationName("talk", "GET", "/chat"),
          List.of(),
          false,
          List.of(),
          List.of(notFound),
          Optional.of(messages));
    }

    @Override
    public TypedResponse<?> answer(Request request) {
      return request.headers().contains("X-Lost")
          ? TypedResponse.of(404, Headers.empty(), notFound, new Said(4))
          : WebSockets.open(
              request, Headers.of("X-Room", "cats", "Upgrade", "nonsense"), messages, conversation);
    }
  }

  private @Nullable BrrtServer server;

  private BrrtServer serve(Path document, TypedHandler handler) {
    BrrtServer started =
        BrrtServer.builder()
            .document(document)
            .config(TestServer.config("responses.check", "enforce"))
            .handler("talk", handler)
            .output(new PrintStream(OutputStream.nullOutputStream()))
            .start();
    server = started;
    return started;
  }

  private BrrtServer serve(Conversation<FromClient, Said> conversation) {
    return serve(TestServer.file(DOCUMENT), new Talk(DOCUMENT, conversation));
  }

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  /** Answers what it gets with one more. */
  private static void echo(Channel<FromClient, Said> channel) throws Exception {
    for (Optional<FromClient> said = channel.receive();
        said.isPresent();
        said = channel.receive()) {
      channel.send(
          switch (said.get()) {
            case FromClient.Json(Said json) -> new Said(json.size() + 1);
            case FromClient.Binary(byte[] octets) -> new Said(octets.length);
          });
    }
  }

  @Test
  void messages_of_every_kind_have_their_types_both_ways() throws Exception {
    try (SocketClient client =
        SocketClient.open(
            serve(TypedWebSocketTest::echo).port(), "Sec-WebSocket-Protocol: chat.v1")) {
      assertThat(client.field("X-Room")).containsExactly("cats");
      assertThat(client.field("Upgrade")).containsExactly("websocket");
      client.text("{\"size\": 4, \"more\": []}");
      assertThat(client.frame()).isEqualTo("text {\"size\":5}");
      client.send(Frames.binary(new byte[3]));
      assertThat(client.frame()).isEqualTo("text {\"size\":3}");
      client.send(Frames.close(1000, ""));
      assertThat(client.frames()).containsExactly("close 1000", "end");
    }
  }

  @Test
  void another_answer_refuses_the_handshake_and_is_checked_as_ever() throws Exception {
    try (SocketClient client = new SocketClient(serve(TypedWebSocketTest::echo).port())) {
      client.send(SocketClient.request("/chat", "X-Lost: 1")).readHead();
      assertThat(client.status()).isEqualTo(404);
      assertThat(client.content()).isEqualTo("{\"size\":4}");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          {"size": 10}; close 1008 /size: must be at most 9
          {}; close 1008 must have the property "size"
          {; close 1008 line 1
          """)
  void a_message_that_the_document_does_not_allow_is_not_received(String sent, String got)
      throws Exception {
    CompletableFuture<Optional<FromClient>> received = new CompletableFuture<>();
    try (SocketClient client =
        SocketClient.open(serve(channel -> received.complete(channel.receive())).port())) {
      client.text(sent);
      assertThat(client.frame()).startsWith(got);
    }
    assertThat(received.get(20, TimeUnit.SECONDS)).isEmpty();
  }

  @Test
  void a_value_that_Java_has_no_room_for_closes() throws Exception {
    String unbounded = DOCUMENT.replace(", maximum: 9", "").replace(", format: int64", "");
    BrrtServer started =
        serve(TestServer.file(unbounded), new Talk(unbounded, TypedWebSocketTest::echo));
    try (SocketClient client = SocketClient.open(started.port())) {
      client.text("{\"size\": 9223372036854775808}");
      assertThat(client.frame())
          .isEqualTo("close 1008 the message has a value that is not supported");
    }
  }

  @Test
  void a_string_that_is_not_the_JSON_it_should_be_closes_with_its_place() throws Exception {
    String texts =
        DOCUMENT.replace(
            "{type: integer, format: int64, maximum: 9}",
            "{type: string, contentMediaType: application/json, contentSchema: {type: integer}}");
    BrrtServer started = serve(TestServer.file(texts), new Talk(texts, TypedWebSocketTest::echo));
    try (SocketClient client = SocketClient.open(started.port())) {
      client.text("{\"size\": \"four\"}");
      assertThat(client.frame())
          .startsWith("close 1008 /size: is not JSON: line 1, column 1: expected a value");
    }
  }

  @Test
  void code_that_does_not_read_what_the_document_allows_closes_and_is_told() throws Exception {
    CompletableFuture<Optional<FromClient>> received = new CompletableFuture<>();
    BrrtServer started = serve(channel -> received.complete(channel.receive()));
    try (SocketClient client = SocketClient.open(started.port());
        CapturedLog log = new CapturedLog(TypedChannel.class.getName())) {
      client.text("{\"size\": 8}");
      assertThat(client.frame()).isEqualTo("close 1011");
      assertThat(received.get(20, TimeUnit.SECONDS)).isEmpty();
      assertThat(log.about("cannot read a message that the document accepts")).hasSize(1);
    }
  }

  @Test
  void the_channel_says_what_it_is_and_ends_as_it_is_told() throws Exception {
    BrrtServer started =
        serve(channel -> {
          assertThatThrownBy(Request::current).isInstanceOf(IllegalStateException.class);
          assertThat(channel.receive(Duration.ofNanos(1))).isEmpty();
          assertThat(channel.subprotocol()).contains("chat.v1");
          assertThat(channel.isOpen()).isTrue();
          assertThatThrownBy(() -> channel.send(new Said(10)))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageStartingWith("the API description does not allow this message: /size: ");
          assertThatThrownBy(() -> channel.close(1005, ""))
              .isInstanceOf(IllegalArgumentException.class)
              .hasMessageContaining("1005");
          channel.close(4000, "enough");
          assertThat(channel.isOpen()).isFalse();
          assertThatThrownBy(() -> channel.send(new Said(1)))
              .isInstanceOf(WebSocketClosedException.class);
        });
    try (SocketClient client =
            SocketClient.open(started.port(), "Sec-WebSocket-Protocol: chat.v1");
        CapturedLog log = new CapturedLog(Session.class.getName())) {
      assertThat(client.frame()).isEqualTo("close 4000 enough");
      client.send(Frames.close(4000, ""));
      assertThat(client.frame()).isEqualTo("end");
      assertThat(log.about("a WebSocket handler failed")).isEmpty();
    }
  }

  @Test
  void options_go_with_a_conversation() throws Exception {
    BrrtServer started =
        serve(
            WebSockets.conversation(
                WebSocketOptions.builder().mostOctets(20).build(), TypedWebSocketTest::echo));
    try (SocketClient client = SocketClient.open(started.port())) {
      client.text("{\"size\":1}");
      assertThat(client.frame()).isEqualTo("text {\"size\":2}");
      client.text("{\"size\":1, \"more\":\"than twenty\"}");
      assertThat(client.frame()).isEqualTo("close 1009 a message has at most 20 octets");
    }
  }

  @Test
  void all_of_a_group_get_what_is_published_and_nobody_what_is_not_allowed() throws Exception {
    ChannelGroup<Said> group = new ChannelGroup<>();
    BrrtServer started =
        serve(channel -> {
          try (ChannelGroup.Membership _ = group.join(channel)) {
            channel.send(new Said(group.size()));
            channel.receive();
          }
        });
    try (SocketClient one = SocketClient.open(started.port())) {
      assertThat(one.frame()).isEqualTo("text {\"size\":1}");
      try (SocketClient other = SocketClient.open(started.port())) {
        assertThat(other.frame()).isEqualTo("text {\"size\":2}");
        assertThatThrownBy(() -> group.publish(new Said(10)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("the API description does not allow this message: /size: ");
        assertThat(group.publish(new Said(9))).isEqualTo(2);
        assertThat(one.frame()).isEqualTo("text {\"size\":9}");
        assertThat(other.frame()).isEqualTo("text {\"size\":9}");
      }
    }
  }

  @Test
  void a_member_of_an_old_document_that_allows_less_is_closed_and_refuses_nobody_else()
      throws Exception {
    ChannelGroup<Said> group = new ChannelGroup<>();
    Path document = TestServer.file(DOCUMENT);
    BrrtServer started =
        serve(
            document,
            new Talk(
                DOCUMENT,
                channel -> {
                  try (ChannelGroup.Membership _ = group.join(channel)) {
                    channel.send(new Said(group.size()));
                    channel.receive();
                  }
                }));
    try (SocketClient old = SocketClient.open(started.port())) {
      assertThat(old.frame()).isEqualTo("text {\"size\":1}");
      Files.writeString(document, DOCUMENT.replace("maximum: 9", "maximum: 99"));
      TestServer.reload(started);
      try (SocketClient other = SocketClient.open(started.port())) {
        assertThat(other.frame()).isEqualTo("text {\"size\":2}");
        assertThat(group.publish(new Said(9))).as("what both allow").isEqualTo(2);
        assertThat(old.frame()).isEqualTo("text {\"size\":9}");
        assertThat(other.frame()).isEqualTo("text {\"size\":9}");

        assertThat(group.publish(new Said(10))).as("what the old one does not").isEqualTo(1);
        assertThat(other.frame()).isEqualTo("text {\"size\":10}");
        assertThat(old.frame()).isEqualTo("close 1012 another document serves");

        assertThatThrownBy(() -> group.publish(new Said(100)))
            .as("what the one that serves does not")
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void a_group_has_channels_of_the_server_only() {
    Channel<Said, Said> own =
        new Channel<>() {
          @Override
          public Optional<Said> receive() {
            return Optional.empty();
          }

          @Override
          public Optional<Said> receive(Duration patience) {
            return Optional.empty();
          }

          @Override
          public void send(Said message) {}

          @Override
          public void close(int code, String reason) {}

          @Override
          public boolean isOpen() {
            return false;
          }

          @Override
          public Optional<String> subprotocol() {
            return Optional.empty();
          }
        };
    assertThatThrownBy(() -> new ChannelGroup<Said>().join(own))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void constraints_are_those_of_the_document_that_serves() throws Exception {
    BrrtServer started =
        serve(
            TestServer.file(DOCUMENT.replace("maximum: 9", "maximum: 99")),
            new Talk(DOCUMENT, TypedWebSocketTest::echo));
    try (SocketClient client = SocketClient.open(started.port())) {
      client.text("{\"size\": 98}");
      assertThat(client.frame()).isEqualTo("text {\"size\":99}");
      client.text("{\"size\": 100}");
      assertThat(client.frame()).startsWith("close 1008 /size: must be at most 99");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          format: int64                          | format: int32         | the JSON that clients send has another shape
          required: [size]                       | required: [size, more] | the JSON that the server sends has another shape
          `            application/octet-stream: {}\n` | ``              | what clients send is of other kinds
          `            application/json: {schema: {$ref: '#/components/schemas/Said'}}\n` | `` | what clients send is of other kinds
          application/octet-stream: {}           | text/plain: {}        | what clients send is of other kinds
          `fromServer: {content: {application/json: {schema: {$ref: '#/components/schemas/Said'}}}}` | `` | what the server sends is no longer described
          `fromServer: {content: {application/json: {schema: {$ref: '#/components/schemas/Said'}}}}` | `fromServer: {content: {text/plain: {}}}` | what the server sends is of other kinds
          `fromServer: {content: {application/json: {schema: {$ref: '#/components/schemas/Said'}}}}` | `fromServer: {content: {}}` | what the server sends is of other kinds
          """)
  void a_document_of_other_messages_is_refused(String was, @Nullable String is, String message) {
    String other =
        DOCUMENT.replace(was.replace("\\n", "\n"), is == null ? "" : is.replace("\\n", "\n"));
    assertThat(other).isNotEqualTo(DOCUMENT);
    Path document = TestServer.file(other);

    assertThatThrownBy(() -> serve(document, new Talk(DOCUMENT, TypedWebSocketTest::echo)))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining(
            "[types-outdated]: operation \"talk\": "
                + message
                + "; shop.api.TalkRequest was generated from another document");
  }

  @Test
  void messages_that_are_new_are_refused_too() {
    Talk undescribed =
        new Talk(DOCUMENT, TypedWebSocketTest::echo) {
          @Override
          public Bindings bindings() {
            Bindings all = super.bindings();
            return new Bindings(
                all.javaType(),
                all.operation(),
                all.parameters(),
                all.bodyRequired(),
                all.bodies(),
                all.contents(),
                Optional.of(new ConversationBinding<>(MessageBinding.RAW, MessageBinding.RAW)));
          }
        };

    assertThatThrownBy(() -> serve(TestServer.file(DOCUMENT), undescribed))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("what clients send is of other kinds")
        .hasMessageContaining("what the server sends is of other kinds");
  }

  @Test
  void what_opens_a_WebSocket_is_refused_for_what_is_none_and_the_reverse() {
    Function<TypedHandler, String> refusal =
        handler -> {
          try {
            serve(TestServer.file(DOCUMENT.replace("x-websocket", "x-other")), handler);
            return "";
          } catch (StartupException refused) {
            return String.valueOf(refused.getMessage());
          }
        };
    assertThat(refusal.apply(new Talk(DOCUMENT, TypedWebSocketTest::echo)))
        .contains("the handler of \"talk\" opens a WebSocket, and the operation is none");
    Talk opening = new Talk(DOCUMENT, TypedWebSocketTest::echo);
    TypedHandler plain =
        new TypedHandler() {
          @Override
          public Bindings bindings() {
            return opening.bindings();
          }

          @Override
          public TypedResponse<?> answer(Request request) {
            return opening.answer(request);
          }
        };
    assertThatThrownBy(() -> serve(TestServer.file(DOCUMENT), plain))
        .isInstanceOf(StartupException.class)
        .hasMessageContaining("operation \"talk\" is a WebSocket, and its handler opens none");
  }

  @Test
  void a_document_whose_messages_have_another_shape_leaves_the_old_one_serving() throws Exception {
    Path document = TestServer.file(DOCUMENT);
    BrrtServer started = serve(document, new Talk(DOCUMENT, TypedWebSocketTest::echo));
    try (SocketClient client = SocketClient.open(started.port())) {
      Files.writeString(document, DOCUMENT.replace("format: int64", "format: int32"));
      assertThat(TestServer.reload(started))
          .contains("the JSON that clients send has another shape");
      client.text("{\"size\": 4}");
      assertThat(client.frame()).isEqualTo("text {\"size\":5}");
      try (SocketClient later = SocketClient.open(started.port())) {
        later.text("{\"size\": 5}");
        assertThat(later.frame()).isEqualTo("text {\"size\":6}");
      }
    }
  }

  @Test
  void a_binding_reads_what_it_writes() {
    MessageBinding.Written text = MessageBinding.RAW.write(new RawMessage.Text("h\u00e9"));
    assertThat(text.text()).isTrue();
    assertThat(text.octets()).hasSize(3);
    assertThat(MessageBinding.RAW.read(text, io.brrtrouter.schema.JsonLimits.DEFAULT).toString())
        .contains("h\u00e9");
    assertThat(MessageBinding.RAW.write(new RawMessage.Binary(new byte[2])).text()).isFalse();
    assertThat(MessageBinding.TEXT.write("a").text()).isTrue();
  }
}
