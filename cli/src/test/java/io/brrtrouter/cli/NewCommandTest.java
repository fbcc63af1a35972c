package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewCommandTest {
  /** Names that are none in Java, or mean something there already. */
  private static final String ODD =
      """
      openapi: 3.1.1
      info: { title: "Größe & \\"Co\\" */", version: "1" }
      paths:
        "/class/{in-out}":
          get:
            tags: ["new"]
            operationId: "default"
            parameters: [ { name: in-out, in: path, required: true, schema: { type: string } } ]
            responses:
              default:
                description: fine
                headers: { X-class: { schema: { type: string } } }
                content:
                  application/json:
                    schema:
                      type: object
                      required: [class, "2nd", String]
                      properties:
                        class: { type: string, enum: ["new", "a b", "\\"", "\\\\u000a"] }
                        "2nd": { type: integer }
                        String: { type: string, format: date-time }
                      additionalProperties: { type: number }
                    example: { class: "\\\\u000a", "2nd": 2, String: "2026-01-01T00:00:00Z", "x\\"y": 1.50 }
        /handlers:
          post:
            tags: [Application]
            requestBody:
              content: { application/x-www-form-urlencoded: { schema: { type: object, properties: { "a&b": { type: string } } } } }
            responses: { 204: { description: fine } }
      """;

  @TempDir Path directory;
  private CommandBench bench;
  private static final String SENDING = "models,codecs,handlers,server,senders";

  private MadeProject project;

  @BeforeEach
  void prepare() throws IOException {
    directory = directory.toRealPath();
    bench = new CommandBench(directory, Map.of("BRRT_REPOSITORY", "file:///where/it/is"));
    project = new MadeProject(directory.resolve("shop"));
  }

  private int make(String... arguments) {
    List<String> command =
        Stream.concat(Stream.of("new", project.directory().toString()), Stream.of(arguments))
            .toList();
    return bench.execute(command.toArray(String[]::new));
  }

  /** Generates as the project's build does. */
  private Path generated(String document, String packageName) {
    return generated(document, packageName, "models,codecs,handlers,server");
  }

  private Path generated(String document, String packageName, String parts) {
    Path sources = directory.resolve("generated");
    int status =
        bench.execute(
            "generate",
            project.directory().resolve(document).toString(),
            "-o",
            sources.toString(),
            "--package",
            packageName,
            "--only",
            parts);
    assertThat(status).as(bench.err()).isZero();
    return sources;
  }

  @Test
  void the_usual_example() throws Exception {
    Path document =
        Path.of(System.getProperty("brrt.data"))
            .resolve("oai-examples/examples/v3.0/petstore-expanded.yaml");
    assumeThat(document).exists();

    assertThat(make("--document", document.toString())).isZero();

    assertThat(bench.out()).isEqualTo("shop: 11 files created\n");
    assertThat(bench.err()).isEqualTo("brrt: run it with: brrt run shop\n");
    assertThat(project.files())
        .containsExactly(
            ".gitignore",
            "Dockerfile",
            "README.md",
            "config.yaml",
            "petstore-expanded.yaml",
            "pom.xml",
            "src/main/java/swaggerpetstore/Application.java",
            "src/main/java/swaggerpetstore/Handlers.java",
            "src/main/java/swaggerpetstore/PetsHandlers.java",
            "src/main/java/swaggerpetstore/package-info.java",
            "src/test/java/swaggerpetstore/PetsHandlersTest.java");
    assertThat(project.directory().resolve("pom.xml"))
        .content()
        .contains("<artifactId>shop</artifactId>")
        .contains("<brrtrouter.repository>file:///where/it/is</brrtrouter.repository>")
        .contains("<document>${project.basedir}/petstore-expanded.yaml</document>");
    assertThat(project.directory().resolve("petstore-expanded.yaml"))
        .hasSameBinaryContentAs(document);
    assertThat(
            project.test(
                generated("petstore-expanded.yaml", "swaggerpetstore"), "petstore-expanded.yaml"))
        .isEqualTo(4);
  }

  @Test
  void the_pet_store_of_this_repository_with_its_other_files() throws Exception {
    Path document = Path.of(System.getProperty("brrt.root"), "examples/petstore/openapi.yaml");

    assertThat(make("--document", document.toString(), "--package", "com.example.pets")).isZero();

    assertThat(project.files())
        .contains(
            "openapi.yaml",
            "adoption/path.yaml",
            "adoption/questionnaire.yaml",
            "shared/category.yaml",
            "shared/problem.yaml",
            "src/main/java/com/example/pets/PetsHandlers.java");
    assertThat(project.directory().resolve("Dockerfile"))
        .content()
        .contains(
            "COPY [\"adoption/path.yaml\", \"adoption/questionnaire.yaml\", \"./adoption/\"]");
    assertThat(bench.err())
        .containsPattern(
            "brrt: no test for uploadFile \\(POST [^)]+\\): tests that are written from a document send no files;"
                + " send one with file\\(...\\) or body\\(...\\) of BrrtClient\n")
        .containsPattern(
            "brrt: no test for getMatrix \\(GET [^)]+\\): the document leads to no request or no answer\n")
        .endsWith(
            """
            brrt: nothing verifies the credentials of staff_key, terminal_key yet: config.yaml has the settings to fill in
            brrt: run it with: brrt run shop --dev-security
            """);
    assertThat(project.test(generated("openapi.yaml", "com.example.pets", SENDING), "openapi.yaml"))
        .isEqualTo(47);
  }

  @Test
  void what_sends_webhooks_is_there_to_use_and_tests_find_what_would_be_sent() throws Exception {
    Path document =
        Files.writeString(
            directory.resolve("openapi.yaml"),
            """
            openapi: 3.1.1
            info: { title: Pets, version: '1' }
            paths:
              /adoptions:
                post:
                  operationId: adopt
                  tags: [senders]
                  responses: { '204': { description: Taken up. } }
            webhooks:
              petAdopted:
                post:
                  requestBody: { required: true, content: { application/json: { schema: { type: string } } } }
                  responses: { '204': { description: Seen. } }
            """);
    assertThat(make("--document", document.toString())).isZero();

    assertThat(project.directory().resolve("src/main/java/pets/Application.java"))
        .content()
        .contains(
            """
              @Override
              public List<DeclaredSetting> settings() {
                return Deliveries.settings();
              }

              @Override
              public void configure(BrrtServer.Builder builder, Resources resources) {
                PetsSenders senders = new PetsSenders(Deliveries.open(resources));
                PetsServer.register(builder, new Handlers(senders));
              }
            """);
    assertThat(project.directory().resolve("src/main/java/pets/Handlers.java"))
        .content()
        .contains(
            """
              private final SendersHandlers senders2;

              Handlers(PetsSenders senders) {
                senders2 = new SendersHandlers(senders);
              }
            """);
    assertThat(project.directory().resolve(".gitignore")).content().contains("\ndata/\n");
    assertThat(project.directory().resolve("Dockerfile"))
        .content()
        .contains("RUN mkdir data && chown 1000 data\nVOLUME /app/data\nUSER 1000\n");

    Path handlers = project.directory().resolve("src/main/java/pets/SendersHandlers.java");
    Files.writeString(
        handlers,
        Files.readString(handlers)
            .replace(
                "    return new",
                """
                senders.petAdopted(
                    io.brrtrouter.outbound.Receiver.of(java.net.URI.create("https://example.com/a")),
                    new pets.sender.PetAdoptedRequest("Rex"));
                return new\
                """));
    Files.writeString(
        project.directory().resolve("src/test/java/pets/SentTest.java"),
        """
        package pets;

        import io.brrtrouter.outbound.RecordedDeliveries;
        import io.brrtrouter.server.runtime.Resources;
        import io.brrtrouter.testing.BrrtClient;
        import io.brrtrouter.testing.BrrtTest;
        import org.junit.jupiter.api.Test;

        @BrrtTest(value = Application.class, document = "openapi.yaml")
        final class SentTest {
          @Test
          void whoever_asked_is_told(BrrtClient client, Resources resources) {
            client.post("/adoptions").send().expect(204);
            String sent = RecordedDeliveries.of(resources).only("petAdopted").text();
            if (!sent.equals("\\"Rex\\"")) {
              throw new AssertionError(sent);
            }
          }
        }
        """);
    assertThat(project.test(generated("openapi.yaml", "pets", SENDING), "openapi.yaml"))
        .isEqualTo(3);
    assertThat(Path.of("data")).doesNotExist();
  }

  @Test
  void odd_names() throws Exception {
    String document = bench.write("my api.yaml", ODD);

    assertThat(make("--document", document, "--artifact", "odd")).as(bench.err()).isZero();

    assertThat(project.files())
        .contains(
            "my api.yaml",
            "src/main/java/greco/Application.java",
            "src/main/java/greco/Handlers.java",
            "src/main/java/greco/NewHandlers.java",
            "src/main/java/greco/ApplicationHandlers.java");
    assertThat(project.test(generated("my api.yaml", "greco"), "my api.yaml")).isEqualTo(2);
  }

  @Test
  void what_is_secured_runs_with_credentials_for_development_until_something_verifies()
      throws Exception {
    String document = bench.write("pets.yaml", CommandBench.PETS);

    make("--document", document);

    assertThat(bench.err())
        .isEqualTo(
            """
            brrt: nothing verifies the credentials of Key yet: config.yaml has the settings to fill in
            brrt: run it with: brrt run shop --dev-security
            """);
    assertThat(project.directory().resolve("src/test/java/pets/PetsHandlersTest.java"))
        .content()
        .contains(
            """
            @BrrtTest(
                value = Application.class,
                document = "pets.yaml",
                speeds = Speed.IN_PROCESS,
                settings = "security.development=true")
            """,
            ".header(\"X-Key\", \"development-only\")");
    assertThat(project.directory().resolve("src/main/java/pets/Application.java"))
        .content()
        .endsWith(
            """
              @Override
              public void configure(BrrtServer.Builder builder, Resources resources) {
                PetsServer.register(builder, new Handlers());
              }
            }
            """);
    assertThat(project.test(generated("pets.yaml", "pets"), "pets.yaml")).isEqualTo(2);
  }

  @Test
  void settings_of_services_that_the_project_does_not_have_are_named() throws IOException {
    Path document =
        Files.writeString(
            directory.resolve("openapi.yaml"),
            """
            openapi: 3.1.1
            info: { title: Shop, version: '1' }
            paths:
              /item: { get: { operationId: item, x-service: catalog, responses: { '204': { description: it } } } }
              /price: { get: { operationId: price, x-service: prices, responses: { '204': { description: it } } } }
            """);
    Path config =
        Files.writeString(
            directory.resolve("config.yaml"), "services: { catalog: { url: [\"http://a\"] } }\n");
    assertThat(make("--document", document.toString(), "--config", config.toString())).isZero();
    assertThat(bench.err())
        .contains(
            "brrt: services whose settings the project does not have yet, for services in config.yaml: catalog\n");
  }

  @Test
  void is_the_same_every_time() throws IOException {
    String document = bench.write("pets.yaml", CommandBench.PETS);
    make("--document", document);
    MadeProject first = new MadeProject(directory.resolve("first"));
    Files.move(project.directory(), first.directory());
    make("--document", document);

    assertThat(first.files()).isEqualTo(project.files());
    for (String file : first.files()) {
      assertThat(first.directory().resolve(file))
          .hasSameBinaryContentAs(project.directory().resolve(file));
    }
  }

  @Test
  void a_dry_run_says_it_and_writes_nothing() throws IOException {
    String document = bench.write("pets.yaml", CommandBench.PETS);

    assertThat(make("--document", document, "--dry-run")).isZero();

    assertThat(bench.out())
        .isEqualTo(
            """
            create .gitignore
            create Dockerfile
            create README.md
            create config.yaml
            create pets.yaml
            create pom.xml
            create src/main/java/pets/Application.java
            create src/main/java/pets/Handlers.java
            create src/main/java/pets/PetsHandlers.java
            create src/main/java/pets/package-info.java
            create src/test/java/pets/PetsHandlersTest.java
            shop: 11 files; nothing was written
            """);
    assertThat(project.directory()).doesNotExist();
  }

  @Test
  void refuses_a_directory_that_is_in_use() throws IOException {
    String document = bench.write("pets.yaml", CommandBench.PETS);
    Files.createDirectory(project.directory());
    Files.writeString(project.directory().resolve("mine"), "");

    assertThat(make("--document", document)).isEqualTo(1);
    assertThat(bench.err())
        .isEqualTo("brrt: shop is not empty; a project begins in a directory of its own\n");
    assertThat(bench.execute("new", document, "--document", document)).isEqualTo(1);
    assertThat(bench.err())
        .isEqualTo("brrt: pets.yaml is a file; name a directory for the project\n");
    assertThat(project.files()).containsExactly("mine");
  }

  @Test
  void refuses_a_broken_document_with_its_findings() throws IOException {
    String document = bench.write("broken.yaml", CommandBench.BROKEN);

    assertThat(make("--document", document)).isEqualTo(1);
    assertThat(bench.err())
        .startsWith("broken.yaml:4:3: error[path-parameter-undeclared]: ")
        .endsWith("brrt: no project was made for broken.yaml; correct the errors above\n");
    assertThat(project.directory()).doesNotExist();
  }

  @Test
  void files_beside_the_document_keep_their_places_to_it() throws Exception {
    Files.createDirectories(directory.resolve("api"));
    Files.createDirectories(directory.resolve("models/more"));
    bench.write(
        "models/pet.yaml", "{ type: object, properties: { tag: { $ref: more/tag.yaml } } }\n");
    bench.write("models/more/tag.yaml", "{ type: string, const: good }\n");
    String document =
        bench.write(
            "api/pets.yaml",
            """
            openapi: 3.1.1
            info: { title: Pets, version: "1" }
            paths:
              /pets:
                get:
                  operationId: get_pet
                  responses: { 200: { description: fine, content: { application/json: { schema: { $ref: ../models/pet.yaml } } } } }
            """);

    assertThat(make("--document", document, "--allow-dir", directory.resolve("models").toString()))
        .as(bench.err())
        .isZero();

    assertThat(project.files())
        .contains("api/pets.yaml", "api/config.yaml", "models/pet.yaml", "models/more/tag.yaml")
        .doesNotContain("config.yaml");
    assertThat(project.directory().resolve("pom.xml"))
        .content()
        .contains(
            """
                          <document>${project.basedir}/api/pets.yaml</document>
                          <packageName>pets</packageName>
                          <allowDirectories>
                            <directory>${project.basedir}/models</directory>
                          </allowDirectories>
                        </configuration>
            """);
    assertThat(project.directory().resolve("src/main/java/pets/Application.java"))
        .content()
        .contains(
            """
                // What the document refers to beside its own directory.
                builder.allowDirectories(List.of(Path.of("models")));
            """);
    assertThat(project.directory().resolve("Dockerfile"))
        .content()
        .contains("COPY [\"api/config.yaml\", \"api/pets.yaml\", \"./api/\"]\n")
        .contains("COPY [\"models/pet.yaml\", \"./models/\"]\n");
    assertThat(bench.execute("stubs", project.directory().toString())).isZero();
    assertThat(bench.out()).endsWith("shop: every operation has a handler\n");
    Path generated = directory.resolve("generated");
    assertThat(
            bench.execute(
                "generate",
                project.directory().resolve("api/pets.yaml").toString(),
                "-o",
                generated.toString(),
                "--allow-dir",
                project.directory().resolve("models").toString()))
        .isZero();
    // A test of a project runs in its directory, and this one does not.
    Path application = project.directory().resolve("src/main/java/pets/Application.java");
    Files.writeString(
        application,
        Files.readString(application)
            .replace("Path.of(\"models\")", "Path.of(\"" + project.directory() + "/models\")"));
    assertThat(project.test(generated, "api/pets.yaml")).isEqualTo(1);
  }

  @Test
  void operations_without_types_have_a_handler_to_write() throws Exception {
    String document = bench.write("pets.yaml", CommandBench.PETS);

    assertThat(make("--document", document, "--untyped", "remove,list_pets")).isZero();

    assertThat(project.directory().resolve("pom.xml"))
        .content()
        .contains(
            """
                          <packageName>pets</packageName>
                          <untyped>
                            <operation>list_pets</operation>
                            <operation>remove</operation>
                          </untyped>
                        </configuration>
            """);
    assertThat(project.directory().resolve("src/main/java/pets/Application.java"))
        .content()
        .endsWith(
            """
              @Override
              public void configure(BrrtServer.Builder builder, Resources resources) {
                PetsServer.register(builder, new Handlers());
                builder.handler("list_pets", Application::listPets);
                builder.handler("remove", Application::remove);
              }

              private static HttpResponse listPets(Request request) {
                throw new UnsupportedOperationException("list_pets is not written yet");
              }

              private static HttpResponse remove(Request request) {
                throw new UnsupportedOperationException("remove is not written yet");
              }
            }
            """);
    assertThat(bench.err())
        .contains(
            "brrt: list_pets, remove have no types: write their handlers in Application.java, which fail until then\n");
    Path generated = directory.resolve("generated");
    assertThat(
            bench.execute(
                "generate",
                project.directory().resolve("pets.yaml").toString(),
                "-o",
                generated.toString(),
                "--untyped",
                "remove,list_pets"))
        .isZero();
    assertThat(project.compile(generated)).isEmpty();
  }

  @Test
  void a_WebSocket_of_which_nothing_is_said_has_a_handler_to_write_and_the_rest_its_types()
      throws Exception {
    String document =
        bench.write(
            "pets.yaml",
            CommandBench.PETS.replaceFirst(
                "components:\n",
                """
                  /pets/talk:
                    get:
                      operationId: talk
                      security: []
                      x-websocket: true
                      responses: { 101: { description: the talk begins } }
                components:
                """));

    assertThat(make("--document", document)).isZero();

    assertThat(bench.err())
        .contains(
            "brrt: talk has no types: write its handler in Application.java, which fails until then\n");
    assertThat(project.directory().resolve("src/main/java/pets/Application.java"))
        .content()
        .contains(
            """
                PetsServer.register(builder, new Handlers());
                builder.handler("talk", WebSockets.handler(Application::talk));
            """)
        .contains(
            """
              private static void talk(WebSocket socket) throws InterruptedException {
                socket.close(new CloseStatus(CloseStatus.INTERNAL_ERROR, "talk is not written yet"));
              }
            """);
    Path generated = directory.resolve("generated");
    assertThat(
            bench.execute(
                "generate",
                project.directory().resolve("pets.yaml").toString(),
                "-o",
                generated.toString()))
        .isZero();
    assertThat(bench.err())
        .contains(
            "warning[websockets-not-generated]: the WebSocket of GET /pets/talk is not generated: nothing is said of its messages\n");
    assertThat(project.test(generated, "pets.yaml")).isEqualTo(2);
    assertThat(bench.execute("stubs", project.directory().toString())).isZero();
    assertThat(bench.out()).endsWith("shop: every operation has a handler\n");
  }

  @Test
  void a_WebSocket_whose_messages_are_described_has_types_and_closes_until_it_is_written()
      throws Exception {
    String document =
        bench.write(
            "pets.yaml",
            CommandBench.PETS.replaceFirst(
                "components:\n",
                """
                  /pets/talk:
                    get:
                      operationId: talk
                      security: []
                      x-websocket: { fromClient: { content: { text/plain: {} } } }
                      responses: { 101: { description: the talk begins }, 404: { description: nobody } }
                components:
                """));

    assertThat(make("--document", document)).isZero();

    assertThat(bench.err())
        .contains("talk")
        .contains(
            "it begins a WebSocket, for which tests need a connection; open one with java.net.http.WebSocket");
    assertThat(project.directory().resolve("src/main/java/pets/PetsHandlers.java"))
        .content()
        .contains(
            """
              TalkResponse talk(TalkRequest request) {
                return new TalkResponse.SwitchingProtocols(
                    channel -> channel.close(1011, "talk is not written yet"));
              }
            """);
    Path generated = directory.resolve("generated");
    assertThat(
            bench.execute(
                "generate",
                project.directory().resolve("pets.yaml").toString(),
                "-o",
                generated.toString()))
        .isZero();
    assertThat(bench.err())
        .contains(
            "warning[websockets-not-generated]: no client has a method for the WebSocket of GET /pets/talk\n");
    assertThat(project.test(generated, "pets.yaml")).isEqualTo(2);
    assertThat(bench.execute("stubs", project.directory().toString())).isZero();
    assertThat(bench.out()).endsWith("shop: every operation has a handler\n");
  }

  @Test
  void refuses_an_operation_without_types_that_is_none() throws IOException {
    String document = bench.write("pets.yaml", CommandBench.PETS);

    assertThat(make("--document", document, "--untyped", "list_pet")).isEqualTo(2);
    assertThat(bench.err())
        .isEqualTo(
            "brrt: --untyped: no operation of pets.yaml has a handler \"list_pet\"; did you mean \"list_pets\"?\n");
    assertThat(project.directory()).doesNotExist();
  }

  @Test
  void refuses_a_file_with_the_name_of_one_of_every_project() throws IOException {
    String config = bench.write("config.yaml", CommandBench.STYLELESS);

    assertThat(make("--document", config)).isEqualTo(1);
    assertThat(bench.err())
        .isEqualTo(
            "brrt: config.yaml has the name of a file of every project, config.yaml; rename it\n");
    assertThat(project.directory()).doesNotExist();
  }

  @Test
  void what_cannot_be_written_is_named_with_the_reason() throws IOException {
    String document = bench.write("pets.yaml", CommandBench.PETS);

    assertThat(bench.execute("new", "/dev/null/x", "--document", document)).isEqualTo(1);
    assertThat(bench.err())
        .isEqualTo("brrt: cannot write /dev/null/x/.gitignore: not a directory\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --package=com.1.x | --package: "com.1.x" is no name of a Java package, such as com.example.shop
          --group=a:b       | --group: "a:b" is no name for Maven; use letters, digits, -, _ and .
          --artifact=a/b    | --artifact: "a/b" is no name for Maven; use letters, digits, -, _ and .
          """)
  void refuses_names_that_are_none(String option, String sentence) throws IOException {
    String document = bench.write("pets.yaml", CommandBench.PETS);

    assertThat(make("--document", document, option)).isEqualTo(2);
    assertThat(bench.err()).isEqualTo("brrt: " + sentence + "\n");
  }
}
