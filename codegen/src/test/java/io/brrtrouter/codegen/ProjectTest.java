package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.server.runtime.ServerConfig;
import io.brrtrouter.testing.BrrtClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What a project begins with, for documents written by others and our own examples. */
class ProjectTest {
  /**
   * Operations without a test: of the pet store those that take files, forms with encodings or
   * matrices, of the others those that declare no response or HTTP schemes that few know.
   */
  private static final Map<String, List<String>> UNTESTED =
      Map.of(
          "openapi.yaml",
          List.of(
              "uploadPhoto",
              "setAvatar",
              "chat",
              "getMatrix",
              "uploadFile",
              "submitForm",
              "getSales"),
          "non-oauth-scopes.yaml",
          List.of("getUsers"),
          "3.2-tags-example.yaml",
          List.of(
              "getFlights", "getFlightsInternational", "getFlightsDomestic", "getFlightsDelayed"));

  static final String PETS =
      """
      openapi: 3.1.1
      info: { title: Pets & More, version: 1.0.0 }
      servers: [ { url: https://example.org/v1 } ]
      paths:
        /pets:
          get:
            operationId: list_pets
            summary: Lists pets
            tags: [pets]
            parameters:
              - { name: limit, in: query, required: true, schema: { type: integer, maximum: 100 }, example: 10 }
            responses:
              200:
                description: pets
                headers: { X-Total: { schema: { type: integer }, example: 2 } }
                content:
                  application/json:
                    schema: { type: array, items: { $ref: "#/components/schemas/Pet" } }
                    example:
                      - { id: 1, name: Rex, born: 2020-02-29, tags: [good, fast], owner: { name: Ann } }
                      - { id: 2, name: Tom }
          post:
            operationId: add_pet
            tags: [pets]
            requestBody:
              required: true
              content:
                application/json:
                  schema: { $ref: "#/components/schemas/Pet" }
                  example: { id: 3, name: Kiwi }
            responses:
              201: { description: added }
        /pets/{petId}/photo:
          get:
            operationId: get_photo
            parameters: [ { name: petId, in: path, required: true, schema: { type: string }, example: a b } ]
            responses: { 2XX: { description: fine, content: { image/png: {} } } }
      components:
        schemas:
          Pet:
            type: object
            required: [id, name]
            properties:
              id: { type: integer, format: int64 }
              name: { type: string, minLength: 1 }
              born: { type: string, format: date }
              tags: { type: array, items: { type: string } }
              owner: { type: object, properties: { name: { type: string } } }
      """;

  @TempDir Path directory;

  private static Project project(Path document, Generation generation) {
    return Project.of(Documents.load(document), generation, options());
  }

  private static Project.Options options() {
    return new Project.Options(
        "com.example", "shop", "openapi.yaml", List.of(), Set.of(), Optional.of("file:///a%20b"));
  }

  private static List<SourceFile> java(Project project) {
    return project.files().stream().filter(file -> file.path().endsWith(".java")).toList();
  }

  /** Without those that refer to files above them, which a project cannot take along. */
  static List<Path> documents() throws IOException {
    return RealDocumentsTest.documents().stream()
        .filter(document -> !document.toString().contains("/insurance/"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void every_test_of_a_project_passes(Path document) throws Exception {
    Generation generation = Documents.generate(document, "com.example.shop", Part.SERVICE);
    Project project = project(document, generation);
    assertThat(Java.unformatted(java(project))).isEmpty();

    passes(document, generation, project);
    assertThat(project.untested())
        .extracting(untested -> untested.operation().methodName())
        .containsExactlyElementsOf(
            UNTESTED.getOrDefault(document.getFileName().toString(), List.of()));
  }

  private static void passes(Path document, Generation generation, Project project)
      throws ClassNotFoundException {
    List<SourceFile> files = new ArrayList<>(generation.files());
    String here = document.toAbsolutePath().toString();
    for (SourceFile file : java(project)) {
      files.add(
          new SourceFile(
              file.path().replaceFirst("src/(main|test)/java/", ""),
              file.text().replace("document = \"openapi.yaml\"", "document = \"" + here + "\"")));
    }
    ClassLoader loader = Classes.of(files);
    List<DiscoverySelector> tests = new ArrayList<>();
    for (SourceFile file : project.files()) {
      if (file.path().startsWith("src/test/java/")) {
        String name = file.path().replaceFirst("src/test/java/", "").replace('/', '.');
        tests.add(selectClass(loader.loadClass(name.substring(0, name.length() - 5))));
      }
    }
    EngineExecutionResults results =
        EngineTestKit.engine("junit-jupiter")
            .selectors(tests.toArray(DiscoverySelector[]::new))
            .execute();
    List<String> failures = new ArrayList<>();
    results.allEvents().failed().stream()
        .forEach(event ->
            failures.add(
                event.getTestDescriptor().getDisplayName()
                    + ": "
                    + event
                        .getPayload(org.junit.platform.engine.TestExecutionResult.class)
                        .flatMap(result -> result.getThrowable())
                        .map(Throwable::getMessage)
                        .orElse("")));
    assertThat(failures).isEmpty();
    assertThat(results.testEvents().succeeded().count())
        .isEqualTo(generation.model().operations().size() - project.untested().size());
  }

  private Project small() throws IOException {
    Path document = Files.writeString(directory.resolve("openapi.yaml"), PETS);
    return project(document, Documents.generate(document, "pets", Part.SERVICE));
  }

  private static String text(Project project, String path) {
    return project.files().stream()
        .filter(file -> file.path().equals(path))
        .map(SourceFile::text)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void handlers_read_as_if_written_by_hand() throws IOException {
    assertThat(text(small(), "src/main/java/pets/PetsHandlers.java"))
        .contains(
            """
              /// Lists pets.
              ///
              /// `GET /pets`.
              ListPetsResponse listPets(ListPetsRequest request) {
                return ListPetsResponse.Ok.builder()
                    .body(
                        List.of(
                            Pet.builder()
                                .id(1L)
                                .name("Rex")
                                .born(LocalDate.parse("2020-02-29"))
                                .tags(List.of("good", "fast"))
                                .owner(PetOwner.builder().name("Ann").build())
                                .build(),
                            Pet.builder().id(2L).name("Tom").build()))
                    .xTotal(2L)
                    .build();
              }

              /// `POST /pets`.
              AddPetResponse addPet(AddPetRequest request) {
                return new AddPetResponse.Created();
              }
            """);
    assertThat(text(small(), "src/main/java/pets/Handlers.java"))
        .contains(
            """
            final class Handlers implements PetsMoreApi {
              private final PetsHandlers pets = new PetsHandlers();

              @Override
              public ListPetsHandler listPets() {
                return pets::listPets;
              }
            """);
  }

  /** An example in the document is sent, whoever reads it; a file there is none of. */
  @Test
  void handlers_and_tests_of_bodies_that_are_streamed_are_like_others() throws Exception {
    Path document =
        Files.writeString(
            directory.resolve("openapi.yaml"),
            """
            openapi: 3.1.1
            info: { title: Films, version: '1' }
            paths:
              /films:
                post:
                  operationId: add_film
                  x-brrtrouter-stream-body: true
                  requestBody: { required: true, content: { video/mp4: { example: a film } } }
                  responses: { 204: { description: Kept. } }
                put:
                  operationId: put_film
                  x-brrtrouter-stream-body: true
                  requestBody: { required: true, content: { video/mp4: {} } }
                  responses: { 204: { description: Kept. } }
              /notes:
                post:
                  operationId: add_note
                  x-brrtrouter-stream-body: true
                  requestBody: { content: { application/json: {}, text/plain: {} } }
                  responses: { 204: { description: Kept. } }
            """);
    Generation generation = Documents.generate(document, "films", Part.SERVICE);
    Project project = project(document, generation);

    assertThat(Java.unformatted(java(project))).isEmpty();
    assertThat(text(project, "src/main/java/films/FilmsHandlers.java"))
        .contains(
            """
              AddFilmResponse addFilm(AddFilmRequest request) {
                return new AddFilmResponse.NoContent();
              }
            """);
    assertThat(text(project, "src/test/java/films/FilmsHandlersTest.java"))
        .contains("client.post(\"/films\").body(\"video/mp4\", \"a film\").send().expect(204);");
    passes(document, generation, project);
    assertThat(project.untested())
        .singleElement()
        .satisfies(untested -> {
          assertThat(untested.operation().methodName()).isEqualTo("putFilm");
          assertThat(untested.reason()).contains("send no files");
        });
    for (Handled.Way way : List.of(Handled.Way.INTERFACE, Handled.Way.CALL)) {
      List<SourceFile> files = new ArrayList<>(generation.files());
      Stub.missing(
              Documents.load(document),
              generation,
              new Handled(way, Set.of(), Set.of(), "films", "films", false, "builder"))
          .forEach(stub -> files.add(stub.file()));
      assertThat(files).hasSize(generation.files().size() + 3);
      assertThat(Java.compile(files)).isEmpty();
    }
  }

  /** Their items are read while they come, for a handler that is written later may have no end. */
  @Test
  void tests_of_items_open_streams_and_send_lines() throws Exception {
    Path document = Path.of("src/test/resources/items/openapi.yaml");
    Generation generation = Documents.generate(document, "items", Part.SERVICE);
    Project project = project(document, generation);

    assertThat(Java.unformatted(java(project))).isEmpty();
    List<String> tests =
        java(project).stream()
            .filter(file -> file.path().startsWith("src/test/java/"))
            .map(SourceFile::text)
            .toList();
    assertThat(String.join("", tests))
        .contains(
            """
              void listReadings(BrrtClient client) {
                try (TestStream stream = client.get("/readings").query("count", "1").stream().expect(200)) {
                  stream.next();
                }
              }
            """,
            "(TestStream stream = client.get(\"/adoptions\").stream().expect(200)) {\n      stream.next();",
            "(TestStream stream = client.get(\"/raw\").stream().expect(200)) {\n      stream.next();",
            ".body(\"application/jsonl\", \"{\\\"sensor\\\":",
            ".body(\"application/json-seq\", \"\\u001e{")
        .doesNotContain("client.get(\"/adoptions\").send()");
    assertThat(text(project, "src/main/java/items/AdoptionsHandlers.java"))
        .contains("NewsAdopted", "Reading.builder().sensor(\"string\").value(1).build()");
    assertThat(text(project, "src/main/java/items/RawHandlers.java"))
        .contains("Items.of(List.of(RawEvent.of(\"text\")))");
    passes(document, generation, project);
    assertThat(project.untested()).isEmpty();
  }

  @Test
  void operations_without_items_to_send_are_not_said_to_take_files() throws Exception {
    Path document =
        Files.writeString(
            directory.resolve("openapi.yaml"),
            """
            openapi: 3.2.0
            info: { title: Station, version: '1' }
            paths:
              /readings:
                get:
                  operationId: watch_readings
                  responses:
                    200:
                      description: Readings.
                      content:
                        text/event-stream:
                          itemSchema:
                            type: object
                            required: [event, data]
                            properties: { event: { type: string }, data: { type: string } }
                            examples: [ { event: read, data: '7' } ]
                post:
                  operationId: add_readings
                  requestBody:
                    required: true
                    content: { application/jsonl: { itemSchema: { type: string, minLength: 1, pattern: '^(?=a)b' } } }
                  responses: { 204: { description: Kept. } }
              /none:
                get:
                  operationId: list_none
                  responses:
                    200:
                      description: None can be made.
                      content: { application/jsonl: { itemSchema: { type: string, minLength: 1, pattern: '^(?=a)b' } } }
              /novels:
                get:
                  operationId: list_novels
                  responses:
                    200:
                      description: Longer than Java for it would be read.
                      content:
                        application/jsonl:
                          itemSchema: { type: object, required: [a], properties: { a: { type: string, minLength: 3500 } } }
            """);
    Generation generation = Documents.generate(document, "station", Part.SERVICE);
    Project project = project(document, generation);

    assertThat(text(project, "src/main/java/station/NoneHandlers.java"))
        .contains(
            """
                // No item is known that satisfies the document, so none is sent.
                return new ListNoneResponse.Ok(Items.of(List.of()));
            """);
    assertThat(text(project, "src/main/java/station/NovelsHandlers.java"))
        .contains("Json.constant(", "ListNovelsItemCodec.INSTANCE");
    assertThat(text(project, "src/test/java/station/ReadingsHandlersTest.java"))
        .contains(
            """
                try (TestStream stream = client.get("/readings").stream().expect(200)) {
                  stream.next();
                }
            """);
    passes(document, generation, project);
    assertThat(project.untested())
        .extracting(Untested::reason)
        .containsExactly(
            "the document leads to no items to send; send some with body(...) of BrrtClient");
  }

  private static final String PEOPLE =
      """
      openapi: 3.1.1
      info: { title: People, version: 1.0.0 }
      paths:
        /ada:
          get:
            operationId: ada
            responses:
              200:
                description: Ada
                headers:
                  X-First: { required: true, schema: { type: string }, example: Ada }
                  X-Last: { required: true, schema: { type: string }, example: Lovelace }
                content:
                  application/json:
                    schema:
                      type: object
                      required: [first, last]
                      properties:
                        first: { type: string }
                        last: { type: string }
                    example: { first: Ada, last: Lovelace }
      """;

  /** What the compiler says about the handlers of one document with the code of another. */
  private String later(String before, String after) throws IOException {
    Path document = Files.writeString(directory.resolve("openapi.yaml"), before);
    Project project = project(document, Documents.generate(document, "people", Part.SERVICE));
    Files.writeString(document, after);
    Generation generation = Documents.generate(document, "people", Part.SERVICE);
    List<SourceFile> files = new ArrayList<>(generation.files());
    java(project).stream().filter(file -> file.path().contains("/main/")).forEach(files::add);
    return Java.compile(files);
  }

  @Test
  void lines_of_the_document_change_places_without_changing_what_handlers_answer()
      throws IOException {
    String swapped =
        PEOPLE
            .replace("first: { type: string }\n", "swap\n")
            .replace("last: { type: string }\n", "first: { type: string }\n")
            .replace("swap\n", "last: { type: string }\n");
    assertThat(swapped).isNotEqualTo(PEOPLE);

    assertThat(later(PEOPLE, swapped)).isEmpty();
    Path document = Files.writeString(directory.resolve("openapi.yaml"), PEOPLE);
    Project project = project(document, Documents.generate(document, "people", Part.SERVICE));
    assertThat(text(project, "src/main/java/people/AdaHandlers.java"))
        .contains(
            """
                return AdaResponse.Ok.builder()
                    .body(AdaResponseBody.builder().first("Ada").last("Lovelace").build())
                    .xFirst("Ada")
                    .xLast("Lovelace")
                    .build();
            """);
  }

  /** Words that mean something in some places only (JLS section 3.9). */
  private static final List<String> CONTEXTUAL =
      List.of(
          "exports",
          "module",
          "open",
          "opens",
          "permits",
          "provides",
          "record",
          "requires",
          "sealed",
          "to",
          "transitive",
          "uses",
          "var",
          "when",
          "with",
          "yield");

  @Test
  void words_that_mean_something_in_some_places_name_operations_and_properties()
      throws IOException {
    StringBuilder yaml =
        new StringBuilder("openapi: 3.1.1\ninfo: { title: Words, version: '1' }\npaths:\n");
    String properties =
        String.join(
            ", ",
            CONTEXTUAL.stream()
                .map(each -> each + ": { type: array, items: { type: string } }")
                .toList());
    for (String word : CONTEXTUAL) {
      yaml.append(
          """
            /WORD:
              post:
                operationId: WORD
                tags: [WORD]
                parameters: [ { name: WORD, in: query, required: true, schema: { type: string }, example: a } ]
                requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Words" } } } }
                responses:
                  200:
                    description: Fine.
                    headers: { WORD: { schema: { type: [string, "null"] }, example: a } }
                    content: { application/json: { schema: { $ref: "#/components/schemas/Words" }, example: { WORD: [a] } } }
          """
              .replace("WORD", word));
    }
    yaml.append("components: { schemas: { Words: { properties: { ")
        .append(properties)
        .append(" }, additionalProperties: false } } }\n");

    assertThat(later(yaml.toString(), yaml.toString())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"first, given", "X-First, X-Given"})
  void what_sets_a_property_or_header_of_another_name_does_not_compile(String name, String other)
      throws IOException {
    assertThat(later(PEOPLE, PEOPLE.replace(name, other))).contains("cannot find symbol");
  }

  @Test
  void tests_ask_what_the_document_gives_as_an_example() throws IOException {
    assertThat(text(small(), "src/test/java/pets/PetsHandlersTest.java"))
        .contains(
            """
            @BrrtTest(value = Application.class, document = "openapi.yaml", speeds = Speed.IN_PROCESS)
            final class PetsHandlersTest {

              @Test
              void listPets(BrrtClient client) {
                client.get("/v1/pets").query("limit", "10").send().expect(200);
              }

              @Test
              void addPet(BrrtClient client) {
                client.post("/v1/pets").json("{\\"id\\":3,\\"name\\":\\"Kiwi\\"}").send().expect(201);
              }

              @Test
              void getPhoto(BrrtClient client) {
                client.get("/v1/pets/a%20b/photo").send().expect(200);
              }
            }
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "pets.yaml         | COPY [\"config.yaml\", \"pets.yaml\", \"./\"]",
        "`a\\b\"$[c]*.yaml` | COPY [\"config.yaml\", \"a?b???c??.yaml\", \"./\"]",
        "`a\nb.yaml`       | COPY [\"config.yaml\", \"a?b.yaml\", \"./\"]",
        "`größe 1.yaml`    | COPY [\"config.yaml\", \"größe 1.yaml\", \"./\"]",
        "`a\\$\n/b.yaml`   | COPY [\"a???/config.yaml\", \"a???/b.yaml\", \"./a\\\\\\\\\\\\$\\n/\"]"
      })
  void a_dockerfile_copies_documents_of_every_name(String name, String line) throws IOException {
    Path document = Files.writeString(directory.resolve("openapi.yaml"), PETS);
    Generation generation = Documents.generate(document, "pets", Part.SERVICE);
    Project project =
        Project.of(
            Documents.load(document),
            generation,
            new Project.Options("g", "a", name, List.of(), Set.of(), Optional.empty()));

    assertThat(text(project, "Dockerfile").lines()).contains(line);
  }

  private static final String SCHEMES =
      """
        securitySchemes:
          key: { type: apiKey, in: header, name: X-Key }
          token: { type: http, scheme: bearer }
          staff: { type: http, scheme: basic }
          machine: { type: mutualTLS }
          my.digest: { type: http, scheme: digest }
          unused: { type: apiKey, in: query, name: key }
          session: { type: apiKey, in: cookie, name: sid }
          login: { type: openIdConnect, openIdConnectUrl: "https://id.example.com/.well-known/openid-configuration" }
      """;

  /** Of OpenAPI 3.2. */
  private static final String PARTNER =
      """
          partner: { type: oauth2, oauth2MetadataUrl: "https://id.example.com/.well-known/oauth-authorization-server", flows: {} }
      """;

  private Project secured(String requirements) throws IOException {
    String secured =
        PETS.replace("servers:", "security: " + requirements + "\nservers:")
                .replace("openapi: 3.1.1", "openapi: 3.2.0")
            + SCHEMES
            + PARTNER;
    Path document = Files.writeString(directory.resolve("openapi.yaml"), secured);
    return project(document, Documents.generate(document, "pets", Part.SERVICE));
  }

  @Test
  void a_container_of_what_is_secured_says_that_it_needs_who_verifies() throws IOException {
    Project project = secured("[ { key: [] } ]");

    assertThat(project.unverified()).containsExactly("key");
    assertThat(text(project, "Dockerfile"))
        .startsWith(
            """
            # mvn package, then: docker build -t shop . && docker run -p 8080:8080 shop
            # It starts when something verifies the credentials of callers: configure that in config.yaml, in environment variables (-e BRRTR_SECURITY_API_KEYS_KEY_KEY=...)
            # or in files that are mounted.
            FROM eclipse-temurin:25-jre
            """);
    assertThat(small().unverified()).isEmpty();
    assertThat(text(small(), "Dockerfile"))
        .startsWith(
            """
            # mvn package, then: docker build -t shop . && docker run -p 8080:8080 shop
            FROM eclipse-temurin:25-jre
            """);
  }

  @Test
  void settings_name_what_verifies_each_scheme() throws IOException {
    Project project =
        secured(
            "[ { key: [goods, 'a b', 'read:all', off], token: [] }, { staff: [goods, orders] }, { machine: [orders] },"
                + " { my.digest: [] }, { login: [], partner: [], key: [orders] } ]");

    assertThat(text(project, "config.yaml"))
        .endsWith(
            """

            # Who verifies the credentials of callers, for each security scheme of the document. The server starts when each has somebody, or
            # with --dev-security. Without the first two characters of each line below these are settings.

            # security:
            #   api_keys:
            #     key:    # in the header X-Key
            #       keys:
            #         a_client:                  # becomes the subject of the principal
            #           key_env: A_CLIENT_KEY    # a variable; or key_file, or key with what brrt hash makes of it
            #           scopes: [goods, "a b", read:all, "off", orders]
            #   jwks:
            #     token:
            #       jwks_url: https://id.example.com/.well-known/jwks.json
            #       iss: https://id.example.com/
            #       aud: my-audience
            #     login:
            #       aud: my-audience    # keys and issuer come from openIdConnectUrl of the document
            #     partner:
            #       aud: my-audience    # keys and issuer come from oauth2MetadataUrl of the document
            #   basic:
            #     staff:
            #       users_file: users.txt    # a line for each: name:hash:goods orders; brrt hash --password makes the hash
            #   mutual_tls:
            #     machine:
            #       subjects:
            #         a_client:                        # becomes the subject of the principal
            #           dn: "CN=a-client,O=Example"    # openssl x509 -in client.pem -noout -subject -nameopt RFC2253 shows it
            #           scopes: [orders]
            # # Application.java: builder.security("my.digest", ...)
            # tls:    # asks for the certificates
            #   certificate_file: server.pem
            #   key_file: server.key
            #   client_auth: want                # need turns away whoever has none, from /health too
            #   client_ca_file: clients.pem      # certificates of those who issue the clients'
            """);
    assertThat(text(small(), "config.yaml")).doesNotContain("security");
  }

  @ParameterizedTest
  @CsvSource({"key, false", "token, true", "staff, true", "machine, true"})
  void what_verifies_tokens_and_passwords_is_a_dependency(String scheme, boolean needed)
      throws IOException {
    String pom = text(secured("[ { " + scheme + ": [] } ]"), "pom.xml");

    assertThat(pom.contains("<artifactId>brrtrouter-security</artifactId>")).isEqualTo(needed);
    assertThat(pom).doesNotContain("@verifiers@");
  }

  /** Who has one key has not those of the other places where keys are. */
  @Test
  void settings_of_keys_name_a_variable_for_each_scheme() throws IOException {
    assertThat(
            text(secured("[ { key: [], unused: [], session: [] } ]"), "config.yaml")
                .lines()
                .filter(line -> line.contains("key_env:"))
                .map(line -> line.replaceAll(".*key_env: (\\w+) .*", "$1")))
        .containsExactly("A_CLIENT_KEY", "A_CLIENT_UNUSED", "A_CLIENT_SESSION");
  }

  /**
   * Names of variables have capitals and underscores only, and who has one key has not the other.
   */
  @Test
  void schemes_that_variables_cannot_tell_apart_have_variables_that_can() throws IOException {
    String schemes =
        SCHEMES.replace(
            "    key:",
            "    a_b: { type: apiKey, in: header, name: X-A }\n"
                + "    a-b: { type: apiKey, in: header, name: X-B }\n"
                + "    A_B_2: { type: apiKey, in: header, name: X-C }\n"
                + "    key:");
    assertThat(schemes).isNotEqualTo(SCHEMES);
    Path document =
        Files.writeString(
            directory.resolve("openapi.yaml"),
            PETS.replace("servers:", "security: [ { a-b: [], a_b: [], A_B_2: [] } ]\nservers:")
                    .replace("openapi: 3.1.1", "openapi: 3.2.0")
                + schemes
                + PARTNER);
    Project project = project(document, Documents.generate(document, "pets", Part.SERVICE));

    String settings = text(project, "config.yaml");
    assertThat(
            settings
                .lines()
                .filter(line -> line.contains("key_env:"))
                .map(line -> line.replaceAll(".*key_env: (\\w+) .*", "$1")))
        .containsExactly("A_CLIENT_A_B", "A_CLIENT_A_B_3", "A_CLIENT_A_B_2");
    assertThat(settings)
        .endsWith("# # Environment variables cannot set a_b, a-b: they would be called alike.\n");
    assertThat(text(project, "Dockerfile"))
        .contains("variables (-e BRRTR_SECURITY_API_KEYS_A_B_2_KEY=...)");
  }

  /** What the project's page says of providers in code. */
  @Test
  void tests_send_what_a_provider_in_code_accepts() throws Exception {
    Project project = secured("[ { key: [] } ]");
    Path document = directory.resolve("openapi.yaml");
    Generation generation = Documents.generate(document, "pets", Part.SERVICE);
    Project verifying =
        changed(
            project,
            "builder, new Handlers());",
            "builder, new Handlers());\n    builder.security(\"key\", (credential, request) ->"
                + " credential.equals(new io.brrtrouter.server.auth.Credential.ApiKey(\"partner\"))"
                + " ? io.brrtrouter.server.auth.Verification.accepted(\"acme\")"
                + " : io.brrtrouter.server.auth.Verification.refused(\"it is not known\"));");

    assertThatThrownBy(() -> passes(document, generation, verifying))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("401");
    passes(document, generation, changed(verifying, "\"development-only\"", "\"partner\""));
  }

  private static Project changed(Project project, String what, String by) {
    assertThat(project.files()).anyMatch(file -> file.text().contains(what));
    return new Project(
        project.files().stream()
            .map(file -> new SourceFile(file.path(), file.text().replace(what, by)))
            .toList(),
        project.untested(),
        project.unverified(),
        project.unwritten());
  }

  @Test
  void settings_of_keys_are_those_of_the_server() throws IOException {
    String settings =
        text(secured("[ { key: [] } ]"), "config.yaml")
            .replaceAll("(?s)^.*?\n# security:", "# security:")
            .replaceAll("(?m)^# ", "")
            .replace("key_env: A_CLIENT_KEY ", "key: 0123456789abcdef ");
    Path file = Files.writeString(directory.resolve("config.yaml"), settings);
    try (BrrtServer server =
        BrrtServer.builder()
            .document(directory.resolve("openapi.yaml"))
            .config(ServerConfig.read(Optional.of(file), Map.of(), Map.of()))
            .mock(true)
            .startInProcess()) {
      BrrtClient client = BrrtClient.inProcess(server);

      client.get("/v1/pets?limit=1").header("X-Key", "0123456789abcdef").send().expect(200);
      client.get("/v1/pets?limit=1").header("X-Key", "development-only").send().expect(401);
    }
  }

  @Test
  void the_readme_of_what_is_secured_shows_how_to_get_in() throws IOException {
    assertThat(text(secured("[ { key: [] } ]"), "README.md"))
        .contains("java -jar target/shop.jar --dev-security\n")
        .contains("`brrt run . --dev-security` builds")
        .contains(
            """

            ## Who may call

            The document secures operations, and nothing verifies credentials yet: without `--dev-security` the server does not start. With it the
            credentials are those for development, which everybody knows, on this machine only: `development-only` as key, as token, and as
            password of `developer`. `development-only.no-scopes` in its place is somebody without scopes.

            ```console
            curl -H 'X-Key: development-only' 'http://127.0.0.1:8080/v1/pets?limit=10'
            ```

            `config.yaml` has the settings that verify the credentials of callers; once they are there, leave `--dev-security` out. Tests send the credentials for
            development, as `settings = "security.development=true"` of `@BrrtTest` allows. In a handler, `Request.current().principal()` is who calls.

            A provider in code, `builder.security(...)` in `Application.java`, verifies in tests too and refuses the credentials for development, so that tests which send
            them fail, and `mvn package` with them. In these tests, write what it accepts in place of `development-only`.
            """);
    assertThat(text(small(), "README.md")).doesNotContain("--dev-security");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          unused  | curl 'http://127.0.0.1:8080/v1/pets?limit=10&key=development-only'
          session | curl -b 'sid=development-only' 'http://127.0.0.1:8080/v1/pets?limit=10'
          token   | curl -H 'Authorization: Bearer development-only' 'http://127.0.0.1:8080/v1/pets?limit=10'
          """)
  void the_readme_presents_credentials_where_they_belong(String scheme, String command)
      throws IOException {
    assertThat(text(secured("[ { " + scheme + ": [] } ]"), "README.md").lines()).contains(command);
  }

  @Test
  void the_readme_sends_a_body_where_nothing_can_be_got() throws IOException {
    String secured =
        PETS.replace(
                "operationId: add_pet", "security: [ { key: [] } ]\n      operationId: add_pet")
            .replace("name: Kiwi", "name: Kiwi's");
    Path document = Files.writeString(directory.resolve("openapi.yaml"), secured + SCHEMES);
    Project project = project(document, Documents.generate(document, "pets", Part.SERVICE));

    assertThat(text(project, "README.md").lines())
        .contains(
            "curl -X POST -H 'X-Key: development-only' -H 'Content-Type: application/json' -d '{\"id\":3,\"name\":\"Kiwi'\\''s\"}' http://127.0.0.1:8080/v1/pets");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [ { key: [] } ]                   | .header("X-Key", "development-only")
          [ { token: [] } ]                 | .header("Authorization", "Bearer development-only")
          [ { staff: [], key: [] } ]        | .header("Authorization", "Basic ZGV2ZWxvcGVyOmRldmVsb3BtZW50LW9ubHk=").header("X-Key", "development-only")
          [ { unused: [] } ]                | .query("key", "development-only")
          [ { session: [] } ]               | .cookie("sid", "development-only")
          [ { machine: [] }, { key: [] } ]  | .header("X-Key", "development-only")
          [ { staff: [], token: [] }, { key: [] } ] | .header("X-Key", "development-only")
          [ {}, { key: [] } ]               | ''
          """)
  void tests_send_the_credentials_for_development(String requirements, String credentials)
      throws Exception {
    Project project = secured(requirements);
    Path document = directory.resolve("openapi.yaml");

    String sent = ".query(\"limit\", \"10\")" + credentials;
    String test = text(project, "src/test/java/pets/PetsHandlersTest.java");
    assertThat(test).contains("settings = \"security.development=true\"");
    assertThat(test.replaceAll("\n\\s+\\.", ".")).contains(sent + ".send().expect(200);");
    passes(document, Documents.generate(document, "pets", Part.SERVICE), project);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [ { machine: [] } ]                     | it takes the certificate of a client, and tests that are written from a document have none
          [ { machine: [], key: [] } ]            | it takes the certificate of a client, and tests that are written from a document have none
          [ { my.digest: [] } ]                   | the document leads to no request or no answer
          [ { machine: [] }, { my.digest: [] } ]  | the document leads to no request or no answer
          [ { token: [] } ] # step-up             | x-brrtrouter-step-up asks how callers were authenticated, and the credentials for development do not say that
          """)
  void operations_that_nobody_may_ask_in_development_have_no_test(
      String requirements, String reason) throws IOException {
    String secured =
        PETS.replace("servers:", "security: " + requirements + "\nservers:")
            .replaceAll(
                "operationId:",
                requirements.contains("step-up")
                    ? "x-brrtrouter-step-up: { maxAge: 60 }\n      operationId:"
                    : "operationId:");
    Path document = Files.writeString(directory.resolve("openapi.yaml"), secured + SCHEMES);
    Project project = project(document, Documents.generate(document, "pets", Part.SERVICE));

    assertThat(project.untested()).hasSize(3).extracting(Untested::reason).containsOnly(reason);
    assertThat(project.files()).noneMatch(file -> file.path().startsWith("src/test/"));
    assertThat(text(project, "README.md")).doesNotContain("curl");
  }

  @Test
  void who_sends_webhooks_gets_what_sends_them_and_a_database() throws Exception {
    String hooks = "webhooks: { gone: { post: { responses: { '200': { description: Seen. } } } } }";
    Path document = Files.writeString(directory.resolve("openapi.yaml"), PETS + hooks + "\n");
    Set<Part> parts = Project.parts(Documents.load(document));
    Generation generation = Documents.generate(document, "pets", parts);
    Project sending = project(document, generation);

    passes(document, generation, sending);
    assertThat(parts).isEqualTo(Part.SENDING_SERVICE);
    assertThat(text(sending, "pom.xml"))
        .contains(
            "<artifactId>brrtrouter-outbound</artifactId>",
            "<artifactId>h2</artifactId>\n      <version>2.",
            """
                          <parts>
                            <part>models</part>
                            <part>codecs</part>
                            <part>handlers</part>
                            <part>server</part>
                            <part>senders</part>
                          </parts>
            """);
    assertThat(text(sending, "README.md"))
        .contains("`pets.sender.PetsMoreSenders`", "`config.yaml`", ".only(\"gone\")");
    Path plain = Files.writeString(directory.resolve("openapi.yaml"), PETS);
    assertThat(Project.parts(Documents.load(plain))).isEqualTo(Part.SERVICE);
    assertThat(text(small(), "pom.xml")).doesNotContain("outbound", "h2", "<parts>");
    assertThat(text(small(), "README.md")).doesNotContain("enders");
  }

  @Test
  void the_readme_says_first_which_java_is_needed() throws IOException {
    assertThat(text(small(), "README.md"))
        .startsWith(
            """
            # Pets & More

            Needs a JDK 25 or newer, for Maven (`mvn -version` names its own) and for `java`.
            """)
        .endsWith(
            """

            BRRTRouter is not published yet: Maven finds it in the directory that the property `brrtrouter.repository` of `pom.xml` names, which `brrt` keeps.
            On another machine give its own, `mvn -Dbrrtrouter.repository=file:///...`; `brrt run` does so by itself.
            A newer build of that checkout is taken by the next build here, because snapshots are looked up each time; `mvn -o` looks nothing up and keeps the one it has.
            The first build has to be one without `-o`, or with `-Daether.offline.protocols=file`.
            """);
  }

  @Test
  void lines_of_the_log_are_those_of_the_product() throws IOException {
    assertThat(text(small(), "pom.xml"))
        .contains(
            """
                  <artifactId>brrtrouter-logging</artifactId>
                  <scope>runtime</scope>
            """);
  }

  @Test
  void versions_of_plugins_are_those_of_this_build() throws IOException {
    String ours = Files.readString(Documents.root().resolve("pom.xml"));
    Matcher plugins =
        Pattern.compile("<artifactId>(maven-[a-z]+-plugin)</artifactId>\\s*<version>([^<]+)<")
            .matcher(text(small(), "pom.xml"));
    int count = 0;
    for (; plugins.find(); count++) {
      assertThat(ours)
          .containsPattern(
              Pattern.quote(plugins.group(1))
                  + "</artifactId>\\s*<version>"
                  + Pattern.quote(plugins.group(2))
                  + "<");
    }
    assertThat(count).isEqualTo(7);
  }
}
