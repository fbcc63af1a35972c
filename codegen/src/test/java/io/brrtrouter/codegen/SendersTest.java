package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.brrtrouter.outbound.OutgoingMessage;
import io.brrtrouter.outbound.Receiver;
import io.brrtrouter.outbound.Sender;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What generated senders hand over to be sent, and what they refuse. */
class SendersTest {
  private static final Path FOLDER = Path.of("src/test/resources");
  private static final Path DOCUMENT = FOLDER.resolve("gallery/senders/openapi.yaml");
  private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-000000000007");

  private static Class<?> shop;

  @BeforeAll
  static void compile() throws ClassNotFoundException, IOException {
    List<SourceFile> files =
        new ArrayList<>(
            Documents.generate(DOCUMENT, "shop", EnumSet.of(Part.MODELS, Part.CODECS, Part.SENDERS))
                .files());
    assertThat(files)
        .noneMatch(file -> file.text().contains("io.brrtrouter.server"))
        .noneMatch(file -> file.text().contains("io.brrtrouter.codegen"))
        .noneMatch(file -> file.text().contains("java.net.http"));
    files.add(
        new SourceFile("shop/Shop.java", Files.readString(FOLDER.resolve("senders/Shop.java"))));
    shop = Classes.of(files).loadClass("shop.Shop");
  }

  /** Keeps what it is given. */
  private static final class Recorder implements Sender {
    private final List<OutgoingMessage> messages = new ArrayList<>();
    private final List<Receiver> receivers = new ArrayList<>();
    private final List<Connection> transactions = new ArrayList<>();

    @Override
    public UUID send(Receiver receiver, OutgoingMessage message) {
      receivers.add(receiver);
      messages.add(message);
      return ID;
    }

    @Override
    public UUID send(Connection transaction, Receiver receiver, OutgoingMessage message) {
      transactions.add(transaction);
      return send(receiver, message);
    }

    private OutgoingMessage only() {
      assertThat(messages).hasSize(1);
      assertThat(receivers)
          .containsExactly(Receiver.of(URI.create("https://example.org/hook?k=v")));
      return messages.getFirst();
    }
  }

  private static final Connection TRANSACTION =
      (Connection)
          Proxy.newProxyInstance(
              SendersTest.class.getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) ->
                  switch (method.getName()) {
                    case "equals" -> proxy == arguments[0];
                    case "hashCode" -> 1;
                    case "toString" -> "the transaction";
                    default -> throw new AssertionError(method + " is not for senders");
                  });

  private static UUID send(String how, Sender sender) throws Throwable {
    try {
      return (UUID)
          shop.getMethod("send", String.class, Sender.class, Connection.class)
              .invoke(null, how, sender, TRANSACTION);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static String text(OutgoingMessage message) {
    return "%s: %s ?%s %s %s %s"
        .formatted(
            message.operation(),
            message.method(),
            message.query(),
            message.headers().stream()
                .map(Map.Entry::toString)
                .collect(Collectors.joining(", ", "[", "]")),
            message.contentType().orElse("none"),
            new String(message.body(), StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pet          | petAdded: POST ? [X-Shop=north] application/json {"id":7,"name":"Rex"}
          parameters   | put petAdded: PUT ?since=2026-01-02T03%3A04%3A05Z&tags=a%20b%7Cc&filter=%7B%22a%22%3A1%7D [X-Shop=north, X-Ids=1,2, Cookie=session=s] none
          json         | adoption changed: POST ? [] application/json {"state":"open","note":"new"}
          form         | adoption changed: POST ? [] application/x-www-form-urlencoded state=a%20b%26
          text         | adoption changed: POST ? [] text/plain; charset=utf-8 é
          octets       | adoption changed: POST ? [] application/octet-stream oo
          nothing      | delete it: DELETE ? [] none
          no body      | removed: POST ? [] none
          text or null | removed: POST ? [] application/json "x"
          """)
  void is_sent_as_the_document_says(String how, String sent) throws Throwable {
    Recorder recorder = new Recorder();

    assertThat(send(how, recorder)).isEqualTo(ID);
    assertThat(text(recorder.only()).strip()).isEqualTo(sent);
    assertThat(recorder.transactions).isEmpty();
  }

  @Test
  void parts_are_sent_with_their_boundary() throws Throwable {
    Recorder recorder = new Recorder();
    send("parts", recorder);
    OutgoingMessage message = recorder.only();
    String type = message.contentType().orElseThrow();

    assertThat(type).startsWith("multipart/form-data; boundary=");
    assertThat(new String(message.body(), StandardCharsets.UTF_8))
        .startsWith("--" + type.substring(type.indexOf('=') + 1))
        .contains("filename=\"rex.png\"", "Content-Type: image/png", "\r\n\r\n12\r\n", "open");
  }

  @Test
  void a_transaction_is_handed_over() throws Throwable {
    Recorder recorder = new Recorder();

    assertThat(send("pet with them", recorder)).isEqualTo(ID);
    assertThat(recorder.transactions).containsExactly(TRANSACTION);
    assertThat(text(recorder.only())).contains("{\"id\":7,\"name\":\"Rex\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          long name  | the body of petAdded is not what its schema says:~  maxLength at /name: must have at most 10 characters, not 12
          long note  | the body of adoption changed is not what its schema says:~  maxLength at /note: must have at most 5 characters, not 6
          no note    | the body of adoption changed is not what its schema says:~  not at /note: must not match the schema in "not"
          long text  | the body of adoption changed is not what its schema says:~  maxLength: must have at most 3 characters, not 4
          line break | header "X-Shop" can have printable characters of ASCII only; character 2 is none
          """)
  void what_breaks_the_document_is_not_sent(String how, String problem) {
    Recorder recorder = new Recorder();

    assertThat(catchThrowable(() -> send(how, recorder)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(problem.replace('~', '\n'));
    assertThat(recorder.messages).isEmpty();
  }

  /** Turning senders on changes nothing of what was there before. */
  @ParameterizedTest
  @ValueSource(strings = {"senders", "senders-callbacks", "webhooks"})
  void everything_else_is_the_same_with_them(String name) {
    Path document = FOLDER.resolve("gallery").resolve(name).resolve("openapi.yaml");
    List<SourceFile> without = Documents.generate(document, "shop", Part.SERVICE).files();
    List<SourceFile> with = Documents.generate(document, "shop", Part.SENDING_SERVICE).files();

    assertThat(with).containsAll(without).hasSizeGreaterThan(without.size());
  }

  @Test
  void there_are_none_where_nothing_is_sent() {
    Generation generation =
        Documents.generate(
            FOLDER.resolve("gallery/operations/openapi.yaml"), "shop", Part.SENDING_SERVICE);

    assertThat(generation.files()).noneMatch(file -> file.path().contains("/sender/"));
  }

  @Test
  void the_guide_shows_what_is_generated(@TempDir Path directory) throws Exception {
    String section = "Sending webhooks and callbacks";
    Path document =
        Files.writeString(
            directory.resolve("openapi.yaml"), ClientGuideTest.example(section, "yaml"));
    List<SourceFile> files =
        new ArrayList<>(Documents.generate(document, "pets", Part.SENDING_SERVICE).files());
    files.add(
        new SourceFile(
            "pets/Guide.java",
            """
            package pets;
            import io.brrtrouter.outbound.*;
            import io.brrtrouter.server.dispatch.Request;
            import java.net.URI;
            import java.sql.Connection;
            import java.util.UUID;
            import pets.api.*;
            import pets.model.Pet;
            import pets.sender.*;
            public final class Guide {
              private final PetsSenders senders;
              private Guide(PetsSenders senders) { this.senders = senders; }
              public static UUID run(Sender sender, Connection transaction) {
                return new Guide(new PetsSenders(sender))
                    .added(transaction, URI.create("https://example.org"));
              }
            %s}
            """
                .formatted(ClientGuideTest.example(section, "java"))));
    Recorder recorder = new Recorder();

    assertThat(
            Classes.of(files)
                .loadClass("pets.Guide")
                .getMethod("run", Sender.class, Connection.class)
                .invoke(null, recorder, TRANSACTION))
        .isEqualTo(ID);
    assertThat(recorder.receivers)
        .containsExactly(Receiver.of(URI.create("https://example.org")).signedWith("north"));
    assertThat(recorder.messages)
        .extracting(SendersTest::text)
        .containsExactly(
            "petAdded: POST ? [X-Shop=north] application/json {\"id\":7,\"name\":\"Rex\"}");
  }
}
