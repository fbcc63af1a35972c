package io.brrtrouter.openapi.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Places, order and bounds of what is told. */
class DocumentDiffTest {
  private static final String PETS =
      """
      openapi: 3.1.1
      info: { title: Pets, version: 1.0.0 }
      paths:
        /pets:
          get:
            operationId: list_pets
            parameters:
              - { name: limit, in: query, schema: { type: integer } }
            responses:
              "200":
                description: pets
                content:
                  application/json:
                    schema:
                      type: object
                      required: [name]
                      properties:
                        name: { type: string }
                        age: { type: integer, maximum: 10 }
      """;

  @TempDir Path directory;

  private Loaded load(String name, String text) {
    return Edits.load(directory, name, text);
  }

  private List<Change> changes(String before, String after) {
    return DocumentDiff.between(load("before.yaml", before), load("after.yaml", after), Edits.TODAY)
        .changes();
  }

  /** What other programs do on the machine does not count. */
  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private String place(ChangeLocation location) {
    return location.toString().replace(directory + "/", "");
  }

  @Test
  void every_change_has_both_places() {
    String after =
        PETS.replace("maximum: 10", "maximum: 20")
            .replace("{ type: integer }", "{ type: string }")
            .replace("name: { type: string }", "color: { type: string }")
            .replace("[name]", "[color]");

    assertThat(changes(PETS, after))
        .extracting(
            each -> each.rule().id(), each -> place(each.before()), each -> place(each.after()))
        .containsExactly(
            tuple("request-type-narrowed", "before.yaml:8:47", "after.yaml:8:47"),
            tuple(
                "response-property-added",
                "not there; the schema is at before.yaml:15:17",
                "after.yaml:18:19"),
            tuple(
                "response-required-property-removed",
                "before.yaml:18:19",
                "not there; the schema is at after.yaml:15:17"),
            tuple("response-maximum-raised", "before.yaml:19:41", "after.yaml:19:41"));
  }

  @Test
  void changes_of_WebSockets_have_both_places() {
    String before =
        """
        openapi: 3.1.1
        info: { title: Chat, version: 1.0.0 }
        paths:
          /chat:
            get:
              operationId: chat
              x-websocket:
                subprotocols: [a, b]
                fromClient:
                  content: { application/json: { schema: { type: integer } } }
                fromServer:
                  content: { application/json: { schema: { type: [integer, "null"] } }, text/plain: {} }
              responses: { "101": { description: the chat begins } }
        """;
    String after =
        before
            .replace("[a, b]", "[b]")
            .replace("schema: { type: integer }", "schema: { type: [integer, \"null\"] }")
            .replace("{ type: [integer, \"null\"] } }, text/plain: {} }", "{ type: integer } } }");

    assertThat(changes(before, after))
        .extracting(
            each -> each.rule().id(), each -> place(each.before()), each -> place(each.after()))
        .containsExactly(
            tuple("subprotocol-removed", "before.yaml:8:9", "after.yaml:8:9"),
            tuple("request-null-allowed", "before.yaml:10:52", "after.yaml:10:52"),
            tuple("response-null-removed", "before.yaml:12:52", "after.yaml:12:52"),
            tuple(
                "server-message-type-removed",
                "before.yaml:12:93",
                "not there; fromServer is at after.yaml:12:11"));
    assertThat(changes(before, before.replace("x-websocket:", "x-own:")))
        .extracting(
            each -> each.rule().id(), each -> place(each.before()), each -> place(each.after()))
        .contains(
            tuple(
                "websocket-removed",
                "before.yaml:8:9",
                "not there; the operation is at after.yaml:6:7"));
  }

  @Test
  void a_change_is_a_line_that_tools_understand() {
    Change change = changes(PETS, PETS.replace("maximum: 10", "maximum: 20")).getFirst();

    assertThat(change.toString().replace(directory + "/", ""))
        .isEqualTo(
            "after.yaml:19:41: risky[response-maximum-raised]: GET /pets, response 200"
                + " application/json /age: maximum changed from 10 to 20");
  }

  @Test
  void schemas_in_other_files_are_followed_and_told_at_their_place() throws IOException {
    for (String side : List.of("old", "new")) {
      Files.createDirectory(directory.resolve(side));
      Files.writeString(
          directory.resolve(side).resolve("name.yaml"),
          "type: string\nmaxLength: " + (side.equals("old") ? 10 : 20) + "\n");
    }
    String document = PETS.replace("name: { type: string }", "name: { $ref: ../%s/name.yaml }");
    LoadOptions options = LoadOptions.defaults().withRoots(List.of(directory));
    Path before = Files.writeString(directory.resolve("old/a.yaml"), document.formatted("old"));
    Path after = Files.writeString(directory.resolve("new/a.yaml"), document.formatted("new"));

    List<Change> changes =
        DocumentDiff.between(
                OpenApiLoader.load(before, options),
                OpenApiLoader.load(after, options),
                Edits.TODAY)
            .changes();

    assertThat(changes)
        .singleElement()
        .satisfies(change -> {
          assertThat(change.rule()).isEqualTo(BoundRule.RESPONSE_MAX_LENGTH_RAISED);
          assertThat(place(change.before())).isEqualTo("old/name.yaml:2:1");
          assertThat(place(change.after())).isEqualTo("new/name.yaml:2:1");
        });
  }

  @Test
  void counts_by_impact() {
    DocumentDiff diff =
        DocumentDiff.between(
            load("before.yaml", PETS),
            load(
                "after.yaml", PETS.replace("maximum: 10", "maximum: 20").replace("1.0.0", "1.1.0")),
            Edits.TODAY);

    assertThat(diff.summary()).isEqualTo("1 risky, 1 compatible changes");
    assertThat(diff.worst()).contains(Impact.RISKY);
    assertThat(diff.of(Impact.COMPATIBLE)).hasSize(1);
    assertThat(diff.isEmpty()).isFalse();
  }

  @Test
  void nothing_is_nothing() {
    DocumentDiff diff =
        DocumentDiff.between(load("a.yaml", PETS), load("b.yaml", PETS), Edits.TODAY);

    assertThat(diff.isEmpty()).isTrue();
    assertThat(diff.worst()).isEmpty();
    assertThat(diff.summary()).isEqualTo("no changes");
  }

  @Test
  void a_document_without_model_is_refused() throws IOException {
    Path broken = Files.writeString(directory.resolve("broken.yaml"), "nothing");
    Loaded loaded = OpenApiLoader.load(broken, LoadOptions.defaults());

    assertThatThrownBy(() -> DocumentDiff.between(load("a.yaml", PETS), loaded, Edits.TODAY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a document without model: [" + broken + "]");
  }

  @Test
  void says_once_that_not_all_schemas_were_compared() {
    Loaded before = load("before.yaml", PETS);
    Loaded after = load("after.yaml", PETS.replace("maximum: 10", "maximum: 20"));

    assertThat(DocumentDiff.between(before, after, Edits.TODAY, 2).changes())
        .singleElement()
        .satisfies(change -> {
          assertThat(change.rule()).isEqualTo(SchemaRule.SCHEMAS_NOT_COMPARED);
          assertThat(place(change.before())).isEqualTo("before.yaml:1:1");
          assertThat(place(change.after())).isEqualTo("after.yaml:1:1");
          assertThat(change.message()).isEqualTo("only 2 pairs of schemas were compared");
        });
  }

  @Test
  void a_long_chain_of_schemas_and_a_web_of_alternatives_end() {
    StringBuilder text = new StringBuilder(PETS).append("components:\n  schemas:\n");
    int links = 3_000;
    for (int i = 0; i < links; i++) {
      text.append(
          "    S%d: { properties: { next: { $ref: '#/components/schemas/S%d' } } }\n"
              .formatted(i, i + 1));
    }
    text.append("    S%d: { type: string }\n".formatted(links));
    for (int i = 0; i < 12; i++) {
      text.append("    A%d: { oneOf: [".formatted(i));
      for (int j = 0; j < 12; j++) {
        text.append(
            "{ title: T%d, type: object, properties: { a: { $ref: '#/components/schemas/A%d' } } }, "
                .formatted((i + j) % 7, j));
      }
      text.append("{ type: string }] }\n");
    }
    String before =
        text.toString()
            .replace("name: { type: string }", "name: { $ref: '#/components/schemas/S0' }")
            .replace(
                "age: { type: integer, maximum: 10 }", "age: { $ref: '#/components/schemas/A0' }");
    String after =
        before.replace(
            "S%d: { type: string }".formatted(links), "S%d: { type: boolean }".formatted(links));

    long start = cpu();
    assertThat(changes(before, before)).isEmpty();
    assertThat(changes(before, after))
        .extracting(Change::rule)
        .containsExactly(SchemaRule.RESPONSE_TYPE_WIDENED);
    assertThat(Duration.ofNanos(cpu() - start)).isLessThan(Duration.ofSeconds(30));
  }

  /** Every operation has every schema, and every property of every schema changes. */
  @Test
  void a_document_that_changes_everywhere_takes_seconds() {
    int schemas = 60;
    int properties = 40;
    int operations = 600;
    StringBuilder text =
        new StringBuilder("openapi: 3.1.1\ninfo: { title: Pets, version: 1.0.0 }\npaths:\n");
    for (int i = 0; i < operations; i++) {
      text.append(
          "  /p%d: { post: { operationId: o%d, requestBody: { content: { application/json:"
              .formatted(i, i));
      text.append(
          " { schema: { $ref: '#/components/schemas/S%d' } } } }, responses: { '204': { description: fine } } } }\n"
              .formatted(i % schemas));
    }
    text.append("components:\n  schemas:\n");
    for (int i = 0; i < schemas; i++) {
      text.append(
          "    S%d: { type: object, properties: { next: { $ref: '#/components/schemas/S%d' }"
              .formatted(i, (i + 1) % schemas));
      for (int j = 0; j < properties; j++) {
        text.append(", p%d: { type: string, pattern: '^[a-z]{3}', maxLength: 80 }".formatted(j));
      }
      text.append(" } }\n");
    }
    Loaded before = load("before.yaml", text.toString());
    Loaded after = load("after.yaml", text.toString().replace("maxLength: 80", "maxLength: 40"));

    long start = cpu();
    List<Change> changes = DocumentDiff.between(before, after, Edits.TODAY).changes();
    Duration took = Duration.ofNanos(cpu() - start);

    assertThat(changes.getFirst().subjects()).hasSizeGreaterThan(400);
    assertThat(changes.stream().filter(each -> each.rule() == BoundRule.REQUEST_MAX_LENGTH_LOWERED))
        .hasSize(schemas * properties);
    assertThat(changes.getLast().message())
        .isEqualTo("only 1,000,000 changes of schemas were told");
    assertThat(took).isLessThan(Duration.ofSeconds(40));
  }

  static Stream<Path> documents() throws IOException {
    Path root = Path.of(System.getProperty("brrt.root", ".."));
    Path data = Edits.data("");
    Stream<Path> ours =
        Stream.of("examples/petstore", "openapi/src/test/resources/valid")
            .map(root::resolve)
            .filter(Files::isDirectory)
            .flatMap(DocumentDiffTest::below);
    return Stream.concat(
        ours, Stream.concat(below(data.resolve("real")), below(data.resolve("oai-examples"))));
  }

  private static Stream<Path> below(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(file -> file.toString().matches(".*\\.(yaml|json)"))
          .filter(file -> !file.toString().contains("/target/"))
          .filter(DocumentDiffTest::isDocument)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isDocument(Path file) {
    Loaded loaded = OpenApiLoader.load(file, LoadOptions.defaults());
    return loaded.api().isPresent() && !loaded.hasErrors();
  }

  /** Two loads, so that nothing is the same object. */
  @ParameterizedTest
  @MethodSource("documents")
  void a_document_does_not_differ_from_itself(Path document) {
    Loaded before = Edits.load(document);
    Loaded after = Edits.load(document);

    long start = cpu();
    assertThat(DocumentDiff.between(before, after, Edits.TODAY).changes()).isEmpty();
    Duration took = Duration.ofNanos(cpu() - start);

    assertThat(took).isLessThan(Duration.ofSeconds(20));
  }
}
