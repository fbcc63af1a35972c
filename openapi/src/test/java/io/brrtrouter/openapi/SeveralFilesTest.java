package io.brrtrouter.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.brrtrouter.openapi.model.MediaType;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.openapi.source.ContentDigest;
import io.brrtrouter.openapi.source.DocumentLimits;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SchemaResource;
import io.brrtrouter.schema.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** References between files, in and out of the allowed directories, and bundling. */
class SeveralFilesTest {
  private static final String HEAD = "openapi: 3.1.1\ninfo: {title: T, version: '1'}\n";
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir Path directory;

  private Path file(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Loaded load(String name) {
    return OpenApiLoader.load(directory.resolve(name), LoadOptions.defaults());
  }

  private static OpenApi sound(Loaded loaded) {
    assertThat(loaded.findings()).isEmpty();
    return loaded.api().orElseThrow();
  }

  private List<String> told(Loaded loaded) {
    return loaded.findings().stream()
        .map(finding -> finding.toString().replace(directory + "/", ""))
        .toList();
  }

  private static CompiledSchema compile(Loaded loaded, Schema schema) {
    SchemaCompiler.Builder builder = SchemaCompiler.builder();
    for (SchemaResource resource : loaded.resources()) {
      builder.resource(resource);
    }
    return builder.build().compile(schema.resource(), schema.pointer(), View.PLAIN);
  }

  private static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  @Nested
  class References {

    private static final String TO =
        HEAD
            + """
            paths:
              /pets:
                $ref: %s
            """;

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void through_links_that_lead_in_a_circle_cannot_be_read() throws IOException {
      Path circle = directory.resolve("circle");
      Files.createSymbolicLink(circle, circle);
      file("api.yaml", TO.formatted("circle/paths.yaml#/pets"));

      assertThat(told(load("api.yaml")))
          .containsExactly(
              "api.yaml:5:11: error[reference-unresolved]: \"circle/paths.yaml\" cannot be read:"
                  + " symbolic links on the way to it lead in a circle; check permissions and"
                  + " links");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void into_a_directory_that_may_not_be_entered_cannot_be_read() throws IOException {
      Path paths = file("locked/paths.yaml", "pets: {}");
      file("api.yaml", TO.formatted("locked/paths.yaml#/pets"));
      Files.setPosixFilePermissions(directory.resolve("locked"), Set.of());
      try {
        assumeFalse(Files.isReadable(paths), "a superuser may enter any directory");
        assertThat(told(load("api.yaml")))
            .containsExactly(
                "api.yaml:5:11: error[reference-unresolved]: \"locked/paths.yaml\" cannot be read:"
                    + " a directory on the way to it may not be entered; check permissions and"
                    + " links");
      } finally {
        Files.setPosixFilePermissions(
            directory.resolve("locked"), PosixFilePermissions.fromString("rwx------"));
      }
    }

    @Test
    void lead_to_every_kind_of_object() throws IOException {
      file(
          "api.yaml",
          HEAD
              + """
              paths:
                /pets:
                  $ref: parts/paths.yaml#/pets
              components:
                securitySchemes: {key: {$ref: parts/all.yaml#/key}}
              """);
      file(
          "parts/paths.yaml",
          """
          pets:
            post:
              parameters: [{$ref: all.yaml#/limit}]
              requestBody: {$ref: 'all.yaml#/body'}
              responses: {'200': {$ref: ./all.yaml#/ok}}
              callbacks: {done: {$ref: all.yaml#/callback}}
          """);
      file(
          "parts/all.yaml",
          """
          limit: {name: limit, in: query, schema: {$ref: 'more/types.json#/definitions/limit%20%7Bof%7D~1all'}}
          body: {content: {application/json: {examples: {one: {$ref: '#/example'}}}}}
          example: {value: 1}
          ok:
            description: ok
            headers: {X-A: {$ref: '#/header'}}
            links: {next: {$ref: '#/link'}}
          header: {schema: {$ref: more/types.json}}
          link: {operationId: x}
          key: {type: http, scheme: basic}
          callback: {'$request.body#/url': {$ref: 'paths.yaml#/hook'}}
          """);
      file(
          "parts/more/types.json",
          "{\"type\": \"string\", \"definitions\": {\"limit {of}/all\": {\"type\": \"integer\"}}}");
      Files.writeString(
          directory.resolve("parts/paths.yaml"),
          "hook: {post: {responses: {'200': {description: ok}}}}\n",
          java.nio.file.StandardOpenOption.APPEND);

      Loaded loaded = load("api.yaml");
      Operation post = sound(loaded).operations().getFirst();

      Parameter limit = post.parameters().getFirst();
      assertThat(limit.location()).hasToString(directory.resolve("parts/all.yaml") + ":1:8");
      assertThat(compile(loaded, limit.schema().orElseThrow()).isValid(json("7"))).isTrue();
      assertThat(compile(loaded, limit.schema().orElseThrow()).isValid(json("\"7\""))).isFalse();
      assertThat(post.requestBody().orElseThrow().content().get("application/json").examples())
          .containsOnlyKeys("one");
      assertThat(post.responses().get("200").headers()).containsOnlyKeys("X-A");
      assertThat(post.responses().get("200").links()).containsOnlyKeys("next");
      assertThat(post.callbacks().get("done").pathItems().get("$request.body#/url").operations())
          .hasSize(1);
      assertThat(loaded.api().orElseThrow().components().securitySchemes()).hasSize(1);
      assertThat(loaded.files())
          .containsExactly(
              directory.resolve("api.yaml"),
              directory.resolve("parts/paths.yaml"),
              directory.resolve("parts/all.yaml"),
              directory.resolve("parts/more/types.json"));
      assertThat(loaded.references())
          .extracting(Reference::section)
          .contains("pathItems", "parameters", "schemas", "examples", "securitySchemes");
    }

    @Test
    void share_one_record_by_target() throws IOException {
      file(
          "api.yaml",
          HEAD
              + """
              paths:
                /a: {get: {parameters: [{$ref: p.yaml}, {$ref: '#/components/parameters/again'}]}}
                /b: {get: {parameters: [{$ref: ./x/../p.yaml}]}}
              components:
                parameters:
                  again: {$ref: 'p.yaml#'}
                schemas:
                  A: {$ref: s.yaml}
                  B: {$ref: s.yaml}
              """);
      file("p.yaml", "{name: p, in: query, schema: {$ref: s.yaml}}");
      file("s.yaml", "{type: string}");

      Loaded loaded = load("api.yaml");

      List<Parameter> first = loaded.api().orElseThrow().operations().get(0).parameters();
      List<Parameter> second = loaded.api().orElseThrow().operations().get(1).parameters();
      assertThat(first.get(0)).isSameAs(first.get(1)).isSameAs(second.get(0));
      assertThat(told(loaded))
          .containsExactly(
              "api.yaml:4:43: error[duplicate-parameter]: parameter \"p\" in query is already in"
                  + " the list, in line 4; keep one of the two");
    }

    @Test
    void find_identifiers_and_anchors_of_schemas() throws IOException {
      file(
          "api.yaml",
          HEAD
              + """
              components:
                schemas:
                  A:
                    $id: https://example.com/a
                    $defs:
                      small: {$anchor: small, maxLength: 1}
                      other: {$ref: '#small'}
                      deep: {$ref: 'a#/$defs/small'}
                  B: {$ref: 'https://example.com/a#small'}
                  C: {$ref: 'tree.yaml#leaf'}
                  D: {$dynamicRef: 'tree.yaml#leaf'}
              """);
      file("tree.yaml", "{$defs: {leaf: {$dynamicAnchor: leaf, type: integer}}}");

      Loaded loaded = load("api.yaml");
      OpenApi api = sound(loaded);

      assertThat(compile(loaded, api.components().schemas().get("B")).isValid(json("\"ab\"")))
          .isFalse();
      assertThat(compile(loaded, api.components().schemas().get("C")).isValid(json("1"))).isTrue();
      assertThat(compile(loaded, api.components().schemas().get("D")).isValid(json("\"a\"")))
          .isFalse();
    }

    @Test
    void resolve_against_self_and_the_directory_behind_it() throws IOException {
      file(
          "api.yaml",
          HEAD.replace("3.1.1", "3.2.0")
              + """
              $self: https://example.com/apis/pets
              components:
                schemas:
                  A: {$ref: 'schemas/a.yaml'}
                  B: {$ref: 'https://example.com/apis/pets#/components/schemas/A'}
                  C: {$ref: 'other.yaml#/components/schemas/D'}
                  E: {$ref: 'https://example.com/else'}
              """);
      file("schemas/a.yaml", "{type: integer}");
      file(
          "other.yaml",
          HEAD.replace("3.1.1", "3.2.0")
              + "$self: https://example.org/other\ncomponents: {schemas: {D: {$ref: '#/components/schemas/E'}, E: {type: integer}}}");

      Loaded loaded = load("api.yaml");

      assertThat(told(loaded))
          .containsExactly(
              "api.yaml:9:15: error[reference-remote]: \"https://example.com/else\" is not a file;"
                  + " references are not fetched from the network; save the document beside this"
                  + " one and refer to the file");
      OpenApi api = loaded.api().orElseThrow();
      for (String name : List.of("A", "B", "C")) {
        CompiledSchema schema = compile(loaded, api.components().schemas().get(name));
        assertThat(schema.isValid(json("1"))).isTrue();
        assertThat(schema.isValid(json("\"1\""))).isFalse();
      }
    }

    @Test
    void mean_one_resource_by_whatever_address() throws IOException {
      file(
          "api.yaml",
          HEAD.replace("3.1.1", "3.2.0")
              + """
              $self: https://example.com/apis/pets
              components:
                schemas:
                  Own: {$id: https://example.com/own, type: integer}
                  Path: {$ref: 'b.yaml#/components/schemas/Named'}
                  Anchor: {$ref: 'b.yaml#h'}
                  Chain: {$ref: 'b.yaml#/components/schemas/Chain'}
              """);
      file(
          "b.yaml",
          HEAD.replace("3.1.1", "3.2.0")
              + """
              $self: https://example.org/b
              components:
                schemas:
                  Named: {$id: 'https://example.com/f', type: integer}
                  Chain: {$anchor: h, $ref: '#g'}
                  Last: {$anchor: g, type: integer}
              """);

      Loaded loaded = load("api.yaml");
      OpenApi api = sound(loaded);

      assertThat(loaded.resources())
          .extracting(resource -> resource.uri().toString())
          .containsExactly("https://example.com/apis/pets", "https://example.org/b");
      for (Schema schema : api.components().schemas().values()) {
        assertThat(compile(loaded, schema).isValid(json("1"))).isTrue();
        assertThat(compile(loaded, schema).isValid(json("\"1\""))).isFalse();
      }
      assertThat(loaded.documents().getFirst().root().at("/components/schemas/Anchor"))
          .hasToString("{\"$ref\":\"b.yaml#h\"}");
    }

    @Test
    void convert_fragments_like_the_document_that_uses_them() throws IOException {
      file(
          "api.yaml",
          HEAD.replace("3.1.1", "3.0.4")
              + "paths: {}\ncomponents: {schemas: {A: {$ref: 'a.yaml#/list/0'}}}");
      file("a.yaml", "{list: [{type: string, nullable: true}], other: [1]}");

      Loaded loaded = load("api.yaml");

      Schema schema = sound(loaded).components().schemas().get("A");
      assertThat(compile(loaded, schema).isValid(json("null"))).isTrue();
    }

    @Test
    void may_be_recursive() throws IOException {
      file(
          "api.yaml",
          HEAD
              + """
              paths: {/a: {$ref: 'item.yaml'}}
              components:
                schemas: {Node: {properties: {next: {$ref: 'node.yaml'}}}}
              """);
      file(
          "node.yaml",
          "{type: object, properties: {next: {$ref: 'api.yaml#/components/schemas/Node'}}}");
      file(
          "item.yaml",
          """
          post:
            responses: {'200': {description: ok}}
            callbacks: {again: {'$request.body#/url': {$ref: 'item.yaml'}}}
          """);

      OpenApi api = sound(load("api.yaml"));

      Operation post = api.operations().getFirst();
      assertThat(post.callbacks().get("again").pathItems().get("$request.body#/url").operations())
          .isEmpty();
    }
  }

  @Nested
  class Sandbox {

    @Test
    void ends_at_the_directory_of_the_document() throws IOException {
      file("secret.yaml", "{type: string}");
      file("apis/api.yaml", HEAD + "components: {schemas: {A: {$ref: ../secret.yaml}}}");

      assertThat(told(load("apis/api.yaml")))
          .containsExactly(
              "apis/api.yaml:3:34: error[reference-forbidden]: \"../secret.yaml\" is outside of the"
                  + " document's directory; move the file below that directory, or allow its"
                  + " directory: --allow-dir of commands, allowDirectories of a server's builder and of the Maven plugin");
    }

    @Test
    void does_not_follow_links_out() throws IOException {
      file("secret.yaml", "{type: string}");
      file("apis/api.yaml", HEAD + "components: {schemas: {A: {$ref: a.yaml}, B: {$ref: b.yaml}}}");
      file("apis/real.yaml", "{type: string}");
      Files.createSymbolicLink(directory.resolve("apis/a.yaml"), directory.resolve("secret.yaml"));
      Files.createSymbolicLink(directory.resolve("apis/b.yaml"), Path.of("real.yaml"));

      assertThat(told(load("apis/api.yaml")))
          .containsExactly(
              "apis/api.yaml:3:34: error[reference-forbidden]: \"a.yaml\" is outside of the"
                  + " document's directory; move the file below that directory, or allow its"
                  + " directory: --allow-dir of commands, allowDirectories of a server's builder and of the Maven plugin");
    }

    @Test
    void is_widened_by_options() throws IOException {
      file("common/limit.yaml", "{name: limit, in: query, schema: {}}");
      file("apis/api.yaml", HEAD + "components: {parameters: {A: {$ref: ../common/limit.yaml}}}");

      Loaded loaded =
          OpenApiLoader.load(
              directory.resolve("apis/api.yaml"),
              LoadOptions.defaults()
                  .withRoots(List.of(directory.resolve("common"), directory.resolve("absent"))));

      assertThat(sound(loaded).components().parameters()).containsOnlyKeys("A");
    }

    @Test
    void follows_a_document_that_is_a_link_itself() throws IOException {
      file("..data/api.yaml", HEAD + "components: {schemas: {A: {$ref: a.yaml}}}");
      file("..data/a.yaml", "{type: string}");
      Files.createSymbolicLink(directory.resolve("api.yaml"), Path.of("..data/api.yaml"));
      Files.createSymbolicLink(directory.resolve("a.yaml"), Path.of("..data/a.yaml"));

      sound(load("api.yaml"));
    }
  }

  @Nested
  class Limits {

    @Test
    void on_the_number_of_files() throws IOException {
      file("api.yaml", HEAD + "components: {schemas: {A: {$ref: a.yaml}, B: {$ref: b.yaml}}}");
      file("a.yaml", "{}");
      file("b.yaml", "{}");

      Loaded loaded =
          OpenApiLoader.load(
              directory.resolve("api.yaml"),
              new LoadOptions(DocumentLimits.DEFAULT, 2, List.of(), false));

      assertThat(told(loaded)).hasSize(1);
      assertThat(told(loaded).getFirst())
          .contains("error[too-many-files]: the document consists of more than 2 files");
      Path last = directory.resolve("b.yaml");
      assertThat(loaded.contents().get(last))
          .as("whoever watches it knows it as it is")
          .isEqualTo(ContentDigest.of(Files.readAllBytes(last)));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new LoadOptions(DocumentLimits.DEFAULT, 0, List.of(), false));
    }

    /** Four files as large as one may be are enough, with whatever is small beside them. */
    @Test
    void on_the_size_of_all_files_together() throws IOException {
      String refs = "A: {$ref: a.yaml}, B: {$ref: b.yaml}, C: {$ref: c.yaml}, D: {$ref: d.yaml}";
      file(
          "api.yaml",
          HEAD + "components: {schemas: {" + refs + ", A2: {$ref: 'a.yaml#/$defs/a'}}}");
      LoadOptions options =
          new LoadOptions(new DocumentLimits(10_000, 20, 0, 100), 9, List.of(), false);
      String schema = "{type: string, $defs: {a: {}}}\n#";
      for (String name : List.of("a", "b", "c")) {
        file(name + ".yaml", schema + "x".repeat(10_000 - schema.length()));
      }
      long left = 10_000 - Files.size(directory.resolve("api.yaml"));
      file("d.yaml", schema + "x".repeat((int) left - schema.length()));
      sound(OpenApiLoader.load(directory.resolve("api.yaml"), options));

      file("d.yaml", schema + "x".repeat((int) left - schema.length() + 1));
      Loaded loaded = OpenApiLoader.load(directory.resolve("api.yaml"), options);

      assertThat(told(loaded))
          .satisfiesExactly(
              reference ->
                  assertThat(reference)
                      .contains("api.yaml:", "error[reference-unresolved]", "could not be read"),
              file ->
                  assertThat(file)
                      .endsWith(
                          "d.yaml: error[document-too-large]: with this file those of the document"
                              + " are larger than 40,000 bytes together; leave out what no operation"
                              + " needs, or make several documents of it"));
      assertThat(loaded.contents().get(directory.resolve("d.yaml")))
          .as("whoever watches it knows it as it is")
          .isEqualTo(ContentDigest.of(Files.readAllBytes(directory.resolve("d.yaml"))));
      assertThat(DocumentLimits.DEFAULT.together()).isEqualTo(64 << 20);
    }

    @Test
    void on_chains_of_references() throws IOException {
      StringBuilder text = new StringBuilder(HEAD + "components:\n  parameters:\n");
      for (int i = 0; i < 3_000; i++) {
        text.append("    p%d: {$ref: '#/components/parameters/p%d'}\n".formatted(i, i + 1));
      }
      file("api.yaml", text + "    p3000: {name: p, in: query, schema: {}}\n");

      Loaded loaded = load("api.yaml");

      assertThat(loaded.findings().size()).isEqualTo(2_967);
      assertThat(told(loaded).getFirst())
          .isEqualTo(
              "api.yaml:5:16: error[reference-cycle]: the reference leads through more than 32"
                  + " others; let one of the references on the way lead to a Parameter Object");
    }

    @Test
    void on_objects_nested_by_references() throws IOException {
      StringBuilder text = new StringBuilder(HEAD + "components:\n  callbacks:\n");
      for (int i = 0; i < 2_000; i++) {
        text.append(
            "    c%d: {$url: {post: {callbacks: {c: {$ref: '#/components/callbacks/c%d'}}}}}\n"
                .formatted(i, i + 1));
      }
      file("api.yaml", text + "    c2000: {}\n");

      Loaded loaded = load("api.yaml");

      assertThat(loaded.findings()).extracting(Finding::rule).containsOnly("nesting-too-deep");
    }

    @Test
    void on_the_number_of_findings() throws IOException {
      StringBuilder text = new StringBuilder(HEAD + "paths: {}\n");
      for (int i = 0; i < 12_000; i++) {
        text.append("tgas%d: 1\n".formatted(i));
      }
      file("api.yaml", text.toString());

      Loaded loaded = load("api.yaml");

      assertThat(loaded.findings().size()).isEqualTo(10_001);
      assertThat(told(loaded).getLast())
          .isEqualTo(
              "api.yaml: error[too-many-findings]: 2000 more problems are not listed; correct"
                  + " these first");
    }
  }

  @Nested
  class Bundling {

    private Loaded again(JsonNode bundle) throws IOException {
      Path folder = Files.createDirectories(directory.resolve("bundled"));
      Path file = Files.writeString(folder.resolve("openapi.json"), bundle.toPrettyString());
      return OpenApiLoader.load(file, LoadOptions.defaults());
    }

    @Test
    void embeds_schemas_of_messages_of_WebSockets() throws IOException {
      file(
          "api.yaml",
          HEAD
              + """
              paths:
                /chat:
                  get:
                    x-websocket:
                      fromClient: {content: {application/json: {schema: {$ref: said.yaml}}}}
                    responses: {'101': {description: ok}}
              """);
      file("said.yaml", "{type: object, properties: {answers: {$ref: said.yaml}}}");
      Loaded loaded = load("api.yaml");
      Schema said =
          sound(loaded)
              .operations()
              .getFirst()
              .webSocket()
              .flatMap(socket -> socket.fromClient())
              .flatMap(messages -> messages.json())
              .flatMap(MediaType::schema)
              .orElseThrow();

      assertThat(compile(loaded, said).isValid(json("{\"answers\": 1}"))).isFalse();
      assertThat(Bundle.of(loaded))
          .isEqualTo(
              json(
                  """
                  {"openapi": "3.1.1", "info": {"title": "T", "version": "1"},
                   "paths": {"/chat": {"get": {
                     "x-websocket": {"fromClient": {"content": {"application/json":
                       {"schema": {"$ref": "#/components/schemas/said"}}}}},
                     "responses": {"101": {"description": "ok"}}}}},
                   "components": {"schemas": {"said": {"type": "object",
                     "properties": {"answers": {"$ref": "#/components/schemas/said"}}}}}}
                  """));
    }

    @Test
    void embeds_what_other_files_hold() throws IOException {
      file(
          "api.yaml",
          HEAD
              + """
              paths:
                /pets: {$ref: paths.yaml#/pets, summary: The pets}
              components:
                schemas:
                  Pet: {$ref: schemas/pet.yaml}
                  Owner: {type: string}
              """);
      file(
          "paths.yaml",
          """
          pets:
            summary: Replaced
            get:
              parameters: [{$ref: '#/limit'}]
              responses:
                '200':
                  description: ok
                  content: {application/json: {schema: {$ref: schemas/pet.yaml}}}
          limit: {name: limit, in: query, schema: {$ref: 'schemas/pet.yaml#/$defs/limit'}}
          """);
      file(
          "schemas/pet.yaml",
          """
          $id: pet.yaml
          type: object
          example: {$ref: stays, $id: stays}
          properties:
            friend: {$ref: pet.yaml}
            owner: {$ref: '../api.yaml#/components/schemas/Owner'}
            home: {$ref: Owner.yaml#place}
            size: {$dynamicRef: '#size', $ref: '#/$defs/limit'}
          discriminator: {propertyName: kind, mapping: {dog: Owner.yaml}}
          $defs: {limit: {$dynamicAnchor: size, type: integer}}
          """);
      file("schemas/Owner.yaml", "{$defs: {place: {$anchor: place, type: string}}}");

      Loaded loaded = load("api.yaml");
      sound(loaded);
      JsonNode bundle = Bundle.of(loaded);

      assertThat(bundle)
          .isEqualTo(
              json(
                  """
                  {"openapi": "3.1.1", "info": {"title": "T", "version": "1"},
                   "paths": {"/pets": {
                     "summary": "The pets",
                     "get": {
                       "parameters": [{"$ref": "#/components/parameters/limit"}],
                       "responses": {"200": {"description": "ok", "content": {"application/json":
                         {"schema": {"$ref": "#/components/schemas/Pet"}}}}}}}},
                   "components": {
                     "schemas": {
                       "Pet": {
                         "type": "object",
                         "example": {"$ref": "stays", "$id": "stays"},
                         "properties": {
                           "friend": {"$ref": "#/components/schemas/Pet"},
                           "owner": {"$ref": "#/components/schemas/Owner"},
                           "home": {"$ref": "#/components/schemas/place"},
                           "size": {
                             "allOf": [{"$ref": "#/components/schemas/limit"}],
                             "$ref": "#/components/schemas/limit"}},
                         "discriminator": {"propertyName": "kind",
                           "mapping": {"dog": "#/components/schemas/Owner_2"}},
                         "$defs": {"limit": {"type": "integer"}}},
                       "Owner": {"type": "string"},
                       "limit": {"type": "integer"},
                       "place": {"type": "string"},
                       "Owner_2": {"$defs": {"place": {"type": "string"}}}},
                     "parameters": {
                       "limit": {"name": "limit", "in": "query",
                         "schema": {"$ref": "#/components/schemas/limit"}}}}}
                  """));
      sound(again(bundle));
    }

    @Test
    void keeps_recursive_path_items_finite() throws IOException {
      file("api.yaml", HEAD + "paths: {/a: {$ref: item.yaml}}");
      file(
          "item.yaml",
          """
          post:
            responses: {'200': {description: ok}}
            callbacks: {again: {$url: {$ref: item.yaml}}}
          """);

      JsonNode bundle = Bundle.of(load("api.yaml"));

      assertThat(bundle.at("/paths/~1a/post/callbacks/again/$url/$ref").stringValue())
          .isEqualTo("#/paths/~1a");
      sound(again(bundle));
    }

    @Test
    void copies_a_document_of_one_file() throws IOException {
      file("api.yaml", HEAD + "components: {schemas: {A: {$id: a, $ref: '#'}}}");
      Loaded loaded = load("api.yaml");
      assertThat(Bundle.of(loaded))
          .isEqualTo(loaded.documents().getFirst().root())
          .isNotSameAs(loaded.documents().getFirst().root());
    }

    @Test
    void needs_a_document() {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Bundle.of(load("none.yaml")))
          .withMessage("there is no document to bundle");
    }
  }

  @Nested
  class Broken_documents {

    @Test
    void still_give_a_model_of_the_rest() throws IOException {
      file(
          "api.yaml",
          """
          openapi: 3.1.1
          servers: [{description: no url}, 7]
          security: [7]
          paths:
            /a:
              get:
                parameters: [{name: a}, {in: query}, 7, {name: q, in: querystring}]
                requestBody: 7
                responses: {'200': 7, '300': {description: ok, content: {application/json: 7}}}
              put: 7
            /b: 7
          webhooks: 7
          components:
            schemas: {A: 7}
            pathItems: {p: 7}
            securitySchemes: {s: {}}
          tags: [{description: no name}]
          """);

      OpenApi api = load("api.yaml").api().orElseThrow();

      assertThat(api.info().title()).isEmpty();
      assertThat(api.servers()).isEmpty();
      assertThat(api.security()).isEmpty();
      assertThat(api.paths()).containsOnlyKeys("/a");
      Operation get = api.operations().getFirst();
      assertThat(get.parameters()).isEmpty();
      assertThat(get.requestBody()).isEmpty();
      assertThat(get.responses()).containsOnlyKeys("300");
      assertThat(get.responses().get("300").content())
          .isEqualTo(java.util.Map.<String, MediaType>of());
      assertThat(api.components().schemas()).isEmpty();
      assertThat(api.components().securitySchemes()).isEmpty();
      assertThat(api.tags()).isEmpty();
    }
  }
}
