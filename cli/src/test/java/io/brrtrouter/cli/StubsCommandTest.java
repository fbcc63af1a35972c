package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A project whose document goes on. */
class StubsCommandTest {
  private static final String FEED =
      """
        /pets/{petId}/feed:
          post:
            operationId: feed_pet
            security: []
            parameters: [ { name: petId, in: path, required: true, schema: { type: string } } ]
            responses:
              200:
                description: fed
                content: { application/json: { schema: { type: boolean }, example: true } }
      components:
      """;

  private static final String PLAIN =
      """
        /pets/raw:
          get:
            tags: [pets]
            security: []
            responses: { 200: { description: fine, content: { '*/*': {} } } }
      components:
      """;

  @TempDir Path directory;
  private CommandBench bench;
  private MadeProject project;
  private Path handlers;

  @BeforeEach
  void prepare() throws IOException {
    directory = directory.toRealPath();
    bench = new CommandBench(directory, Map.of("BRRT_REPOSITORY", "file:///where/it/is"));
    String document = bench.write("pets.yaml", CommandBench.PETS);
    project = new MadeProject(directory.resolve("shop"));
    bench.execute("new", project.directory().toString(), "--document", document);
    handlers = project.directory().resolve("src/main/java/pets/Handlers.java");
    bench.out();
    bench.err();
  }

  private int stubs(String... options) {
    return options.length == 0
        ? bench.execute("stubs", project.directory().toString())
        : bench.execute("stubs", project.directory().toString(), options[0]);
  }

  private void writeDocument(String text) throws IOException {
    Files.writeString(project.directory().resolve("pets.yaml"), text);
  }

  private Path generated(String... options) {
    Path sources = directory.resolve("generated");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "generate",
                project.directory().resolve("pets.yaml").toString(),
                "-o",
                sources.toString(),
                "--package=pets"));
    arguments.addAll(List.of(options));
    assertThat(bench.execute(arguments.toArray(String[]::new))).isZero();
    bench.out();
    bench.err();
    return sources;
  }

  @Test
  void classes_of_a_shared_document_are_found_where_the_pom_says() throws Exception {
    bench.write(
        "models.yaml",
        """
        openapi: 3.1.0
        info: { title: Models, version: '1' }
        components: { schemas: { Meal: { type: object, required: [food], properties: { food: { const: hay } } } } }
        """);
    writeDocument(
        CommandBench.PETS.replaceFirst(
            "components:\n",
            FEED.replace(
                "{ type: boolean }, example: true",
                "{ \\$ref: '../models.yaml#/components/schemas/Meal' }")));
    Path pom = project.directory().resolve("pom.xml");
    String text = Files.readString(pom);
    Files.writeString(
        pom,
        text.replaceFirst(
            "<document>",
            "<shared><shared><document>../models.yaml</document><package>com.models</package></shared></shared><document>"));

    assertThat(stubs()).as(bench.err()).isZero();
    assertThat(project.directory().resolve("src/main/java/pets/FeedPetStub.java"))
        .content()
        .contains("import com.models.model.Meal;");

    Files.writeString(
        pom,
        text.replaceFirst(
            "<document>", "<shared><shared><package>x</package></shared></shared><document>"));
    assertThat(stubs()).isEqualTo(1);
    assertThat(bench.err())
        .endsWith(
            "brrt: shop/pom.xml has a shared document without <document> or <package>; give it both\n");
  }

  @Test
  void nothing_is_missing_at_first() {
    assertThat(stubs()).isZero();
    assertThat(bench.out()).isEqualTo("shop: every operation has a handler\n");
    assertThat(bench.err()).isEmpty();
  }

  @Test
  void an_operation_that_is_new_is_a_compile_error_and_gets_a_class() throws Exception {
    writeDocument(CommandBench.PETS.replaceFirst("components:\n", FEED));
    Path generated = generated();
    assertThat(project.compile(generated))
        .startsWith(
            "src/main/java/pets/Handlers.java:9: error: Handlers is not abstract and does not override abstract method"
                + " feedPet() in PetsApi\n");
    assertThat(generated.resolve("pets/api/PetsApi.java"))
        .content()
        .contains("/// `POST /pets/{petId}/feed`, `pets.yaml:30`.\n  FeedPetHandler feedPet();");
    String before = Files.readString(handlers);

    assertThat(stubs()).isZero();

    assertThat(bench.out())
        .isEqualTo("create src/main/java/pets/FeedPetStub.java\nshop: 1 stub created\n");
    assertThat(bench.err())
        .isEqualTo(
            """
            brrt: feedPet (POST /pets/{petId}/feed, pets.yaml:30): add to src/main/java/pets/Handlers.java, and import\
             pets.api.FeedPetHandler:
              @Override
              public FeedPetHandler feedPet() {
                return new FeedPetStub();
              }
            """);
    assertThat(handlers).content().isEqualTo(before);
    assertThat(project.directory().resolve("src/main/java/pets/FeedPetStub.java"))
        .content()
        .isEqualTo(
            """
            package pets;

            import pets.api.FeedPetHandler;
            import pets.api.FeedPetRequest;
            import pets.api.FeedPetResponse;

            /// Handles `POST /pets/{petId}/feed`, answered from examples.
            final class FeedPetStub implements FeedPetHandler {
              @Override
              public FeedPetResponse handle(FeedPetRequest request) {
                return new FeedPetResponse.Ok(true);
              }
            }
            """);

    Files.writeString(
        handlers,
        before
            .replace(
                "import pets.api.PetsApi;",
                "import pets.api.FeedPetHandler;\nimport pets.api.PetsApi;")
            .replaceFirst(
                "}\\s*$",
                """

                  @Override
                  public FeedPetHandler feedPet() {
                    return new FeedPetStub();
                  }
                }
                """));
    assertThat(project.compile(generated)).isEmpty();
    stubs();
    assertThat(bench.out()).isEqualTo("shop: every operation has a handler\n");
  }

  static List<String> untypedSettings() {
    return List.of(
        "<untyped><operation>feed_pet</operation></untyped>", "<untyped>${plain}</untyped>", "");
  }

  @ParameterizedTest
  @MethodSource("untypedSettings")
  void an_operation_that_the_pom_leaves_untyped_gets_a_handler_of_plain_requests(String setting)
      throws IOException {
    writeDocument(CommandBench.PETS.replaceFirst("components:\n", FEED));
    configure(
        "<packageName>pets</packageName>" + setting,
        setting.isEmpty()
            ? "<brrtrouter.untyped>feed_pet</brrtrouter.untyped>"
            : "<plain>none, feed_pet</plain>");

    assertThat(stubs()).isZero();

    assertThat(bench.out())
        .isEqualTo("create src/main/java/pets/FeedPetStub.java\nshop: 1 stub created\n");
    assertThat(bench.err())
        .isEqualTo(
            """
            brrt: feedPet (POST /pets/{petId}/feed, pets.yaml:30): add to src/main/java/pets/Application.java:
                builder.handler("feed_pet", new FeedPetStub());
            """);
    assertThat(project.directory().resolve("src/main/java/pets/FeedPetStub.java"))
        .content()
        .isEqualTo(
            """
            package pets;

            import io.brrtrouter.server.dispatch.Handler;
            import io.brrtrouter.server.dispatch.Request;
            import io.brrtrouter.server.http.HttpResponse;

            /// Handles `POST /pets/{petId}/feed`.
            final class FeedPetStub implements Handler {
              @Override
              public HttpResponse handle(Request request) {
                throw new UnsupportedOperationException("feed_pet is not written yet");
              }
            }
            """);

    Path application = project.directory().resolve("src/main/java/pets/Application.java");
    String before = Files.readString(application);
    Files.writeString(
        application,
        before.replace(
            "    PetsServer.register(",
            "    builder.handler(\"feed_pet\", new FeedPetStub());\n    PetsServer.register("));
    assertThat(stubs()).isZero();
    assertThat(bench.out()).isEqualTo("shop: every operation has a handler\n");
    assertThat(project.compile(generated("--untyped=feed_pet"))).isEmpty();
  }

  @Test
  void a_WebSocket_that_is_new_gets_a_handler_that_closes_it() throws Exception {
    writeDocument(
        CommandBench.PETS.replaceFirst(
            "components:\n",
            """
              /pets/talk:
                get:
                  operationId: talk
                  x-websocket: true
                  responses: { 101: { description: the talk begins } }
            components:
            """));

    assertThat(stubs()).isZero();

    assertThat(bench.out())
        .isEqualTo("create src/main/java/pets/TalkStub.java\nshop: 1 stub created\n");
    assertThat(bench.err())
        .isEqualTo(
            """
            brrt: talk (GET /pets/talk, pets.yaml:30): add to src/main/java/pets/Application.java, and import io.brrtrouter.server.websocket.WebSockets:
                builder.handler("talk", WebSockets.handler(new TalkStub()));
            """);
    assertThat(project.directory().resolve("src/main/java/pets/TalkStub.java"))
        .content()
        .contains(
            """
            final class TalkStub implements WebSocketHandler {
              @Override
              public void handle(WebSocket socket) throws InterruptedException {
                socket.close(new CloseStatus(CloseStatus.INTERNAL_ERROR, "talk is not written yet"));
              }
            }
            """);
    assertThat(project.compile(generated())).isEmpty();
  }

  @Test
  void a_WebSocket_with_types_that_is_new_gets_a_stub_that_closes_it() throws Exception {
    writeDocument(
        CommandBench.PETS.replaceFirst(
            "components:\n",
            """
              /pets/talk:
                get:
                  operationId: talk
                  x-websocket: { fromServer: { content: { application/json: {} } } }
            components:
            """));

    assertThat(stubs()).isZero();

    assertThat(bench.out())
        .isEqualTo("create src/main/java/pets/TalkStub.java\nshop: 1 stub created\n");
    assertThat(project.directory().resolve("src/main/java/pets/TalkStub.java"))
        .content()
        .contains(
            """
            final class TalkStub implements TalkHandler {
              @Override
              public TalkResponse handle(TalkRequest request) {
                return new TalkResponse.SwitchingProtocols(
                    channel -> channel.close(1011, "talk is not written yet"));
              }
            }
            """);
  }

  @Test
  void operations_after_an_untyped_one_keep_their_own_examples() throws IOException {
    writeDocument(CommandBench.PETS.replaceFirst("components:\n", FEED));
    configure(
        "<packageName>pets</packageName><untyped><operation>list_pets</operation></untyped>", "");

    assertThat(stubs()).as(bench.err()).isZero();

    assertThat(project.directory().resolve("src/main/java/pets/FeedPetStub.java"))
        .content()
        .contains("return new FeedPetResponse.Ok(true);");
  }

  @Test
  void a_class_stands_beside_the_code_that_makes_it() throws Exception {
    writeDocument(CommandBench.PETS.replaceFirst("components:\n", FEED));
    Path sources = project.directory().resolve("src/main/java");
    Path code = sources.resolve("com/acme");
    Files.createDirectories(code);
    for (String name : List.of("Handlers", "PetsHandlers", "Application")) {
      Path file = sources.resolve("pets/" + name + ".java");
      String text = Files.readString(file).replace("package pets;", "package com.acme;");
      Files.writeString(code.resolve(name + ".java"), text);
      Files.delete(file);
    }
    Path test = project.directory().resolve("src/test");
    Files.delete(test.resolve("java/pets/PetsHandlersTest.java"));

    assertThat(stubs()).isZero();

    assertThat(bench.out())
        .isEqualTo("create src/main/java/com/acme/FeedPetStub.java\nshop: 1 stub created\n");
    Path own = code.resolve("Handlers.java");
    String said = bench.err();
    assertThat(said)
        .startsWith(
            "brrt: feedPet (POST /pets/{petId}/feed, pets.yaml:30): add to src/main/java/com/acme/Handlers.java, and"
                + " import pets.api.FeedPetHandler:\n");
    Files.writeString(
        own,
        Files.readString(own)
            .replace(
                "import pets.api.PetsApi;",
                "import pets.api.FeedPetHandler;\nimport pets.api.PetsApi;")
            .replaceFirst("}\\s*$", said.substring(said.indexOf('\n') + 1) + "}\n"));
    assertThat(project.compile(generated())).isEmpty();
  }

  @Test
  void operations_that_are_registered_one_by_one_are_named_when_one_is_not() throws IOException {
    Path application = project.directory().resolve("src/main/java/pets/Application.java");
    Files.writeString(
        application,
        Files.readString(application)
            .replaceFirst(
                "PetsServer.register\\(builder, new Handlers\\(\\)\\);",
                """
                Handlers handlers = new Handlers();
                builder.handler("list_pets", PetsServer.listPets(handlers.listPets()));
                """));
    writeDocument(CommandBench.PETS.replaceFirst("components:\n", FEED));

    assertThat(stubs()).isZero();

    assertThat(bench.err())
        .endsWith(
            """
            brrt: deletePet (DELETE /pets/{petId}, pets.yaml:23): not registered in\
             src/main/java/pets/Application.java, so its handler is never called; add there, with the PetsApi you have:
                builder.handler("remove", PetsServer.deletePet(handlers.deletePet()));
            brrt: feedPet (POST /pets/{petId}/feed, pets.yaml:30): not registered in\
             src/main/java/pets/Application.java, so its handler is never called; add there, with the PetsApi you have:
                builder.handler("feed_pet", PetsServer.feedPet(handlers.feedPet()));
            """);
  }

  /** Instead of what {@code brrt new} wrote. */
  private Path sources(String application, String handlers) throws IOException {
    Path sources = project.directory().resolve("src/main/java/pets");
    for (String name : List.of("Handlers", "PetsHandlers", "Application")) {
      Files.delete(sources.resolve(name + ".java"));
    }
    Files.delete(project.directory().resolve("src/test/java/pets/PetsHandlersTest.java"));
    Files.createDirectories(sources.resolve("own"));
    Files.writeString(sources.resolve("Application.java"), application);
    Files.writeString(sources.resolve("own/PetHandlers.java"), handlers);
    return sources;
  }

  private static final String CALLING =
      """
      package pets;
      class Application {
        void configure(io.brrtrouter.server.runtime.BrrtServer.Builder server) {
          pets.own.PetHandlersRegistrar.register(server, new PetHandlers());
        }
      }
      """;

  private static final String MARKED =
      """
      package pets.own;
      import io.brrtrouter.server.dispatch.*;
      /** Not {@code @HandlerFor("feed_pet")}. */
      public class PetHandlers {
        String text = "@HandlerFor(\\"feed_pet\\")"; // @HandlerFor("feed_pet")
        @HandlerFor("list_pets") Object list(Request request) { return text; }
        @io.brrtrouter.server.dispatch.HandlerFor(neverBlocks = true, value = {"remove"})
        static class Remove {}
      }
      """;

  @Test
  void annotations_are_handlers() throws IOException {
    sources(CALLING, MARKED);

    assertThat(stubs()).isZero();

    assertThat(bench.out()).isEqualTo("shop: every operation has a handler\n");
    assertThat(bench.err()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"petstore", "insurance/claims", "insurance/policies"})
  void our_own_examples_handle_every_operation(String example) {
    String here = Path.of("../examples").toAbsolutePath().normalize().resolve(example).toString();

    assertThat(bench.execute("stubs", here, "--dry-run")).isZero();

    assertThat(bench.err()).isEmpty();
    assertThat(bench.out()).isEqualTo(here + ": every operation has a handler\n");
  }

  @Test
  void where_handlers_are_annotated_stubs_are_too() throws IOException {
    Path sources = sources(CALLING, MARKED);
    writeDocument(
        CommandBench.PETS.replaceFirst("components:\n", FEED.replace("components:\n", PLAIN)));
    configure("<packageName>pets</packageName><untyped><o>GET /pets/raw</o></untyped>", "");

    assertThat(stubs()).isZero();

    assertThat(bench.out())
        .isEqualTo("create src/main/java/pets/own/PetsStubs.java\nshop: 2 stubs created\n");
    assertThat(bench.err())
        .isEqualTo(
            """
            brrt: feedPet (POST /pets/{petId}/feed, pets.yaml:30): PetsStubs handles it
            brrt: getPetsRaw (GET /pets/raw, pets.yaml:39): PetsStubs handles it
            brrt: add to src/main/java/pets/Application.java, and import pets.own.PetsStubs, pets.own.PetsStubsRegistrar:
                PetsStubsRegistrar.register(server, new PetsStubs());
            """);
    assertThat(sources.resolve("own/PetsStubs.java"))
        .content()
        .isEqualTo(
            """
            package pets.own;

            import io.brrtrouter.server.dispatch.HandlerFor;
            import io.brrtrouter.server.dispatch.Request;
            import io.brrtrouter.server.http.HttpResponse;
            import pets.api.FeedPetRequest;
            import pets.api.FeedPetResponse;

            /// Operations of `pets`, not written yet.
            public final class PetsStubs {

              /// `POST /pets/{petId}/feed`.
              @HandlerFor("feed_pet")
              FeedPetResponse feedPet(FeedPetRequest request) {
                return new FeedPetResponse.Ok(true);
              }

              /// `GET /pets/raw`.
              @HandlerFor("GET /pets/raw")
              HttpResponse getPetsRaw(Request request) {
                throw new UnsupportedOperationException("GET /pets/raw is not written yet");
              }
            }
            """);

    assertThat(stubs()).isZero();
    assertThat(bench.out()).isEqualTo("shop: 0 stubs created\n");
    assertThat(bench.err())
        .isEqualTo(
            "brrt: src/main/java/pets/own/PetsStubs.java: nobody calls PetsStubsRegistrar.register, so what"
                + " @HandlerFor marks there handles nothing; call it in src/main/java/pets/Application.java\n");
    Files.delete(sources.resolve("Application.java"));
    Files.delete(sources.resolve("own/PetHandlers.java"));
    assertThat(project.compile(generated("--untyped=GET /pets/raw"))).isEmpty();
  }

  @Test
  void a_class_of_stubs_that_is_there_is_left_alone() throws IOException {
    Path sources = sources(CALLING, MARKED);
    writeDocument(CommandBench.PETS.replaceFirst("components:\n", FEED));
    Files.writeString(
        sources.resolve("own/PetsStubs.java"), "package pets.own; class PetsStubs {}\n");

    assertThat(stubs()).isZero();

    assertThat(bench.out()).isEqualTo("shop: 0 stubs created\n");
    assertThat(bench.err())
        .isEqualTo(
            """
            brrt: src/main/java/pets/own/PetsStubs.java is there already and was left alone
            brrt: feedPet (POST /pets/{petId}/feed, pets.yaml:30): add to src/main/java/pets/own/PetsStubs.java, and\
             import io.brrtrouter.server.dispatch.HandlerFor, pets.api.FeedPetRequest, pets.api.FeedPetResponse:
              /// `POST /pets/{petId}/feed`.
              @HandlerFor("feed_pet")
              FeedPetResponse feedPet(FeedPetRequest request) {
                return new FeedPetResponse.Ok(true);
              }
            """);
  }

  @Test
  void calls_are_handlers_and_where_there_are_only_calls_stubs_are_called_too() throws IOException {
    String calling =
        """
        package pets;
        class Application {
          private static final String NAME = "delete";
          void configure(io.brrtrouter.server.runtime.BrrtServer.Builder server) {
            // server.handler("feed_pet", null);
            server.handler("list_pets", null).replaceHandler("remove", null);
            server.handler(NAME, null);
            java.util.Map.<String, Object>of().forEach(server::handler);
          }
        }
        """;
    sources(calling, "package pets.own;\n");

    assertThat(stubs()).isZero();
    assertThat(bench.out()).isEqualTo("shop: every operation has a handler\n");
    assertThat(bench.err()).isEmpty();

    writeDocument(CommandBench.PETS.replaceFirst("components:\n", FEED));
    assertThat(stubs()).isZero();
    assertThat(bench.out())
        .isEqualTo("create src/main/java/pets/FeedPetStub.java\nshop: 1 stub created\n");
    String cannot =
        ": which operation is handled here cannot be told, because its name is no literal; it may be one of those"
            + " below\n";
    assertThat(bench.err())
        .isEqualTo(
            "brrt: src/main/java/pets/Application.java:7"
                + cannot
                + "brrt: src/main/java/pets/Application.java:8"
                + cannot
                + """
                brrt: feedPet (POST /pets/{petId}/feed, pets.yaml:30): add to src/main/java/pets/Application.java, and\
                 import pets.server.PetsServer:
                    server.handler("feed_pet", PetsServer.feedPet(new FeedPetStub()));
                """);
  }

  @Test
  void an_interface_that_is_implemented_elsewhere_is_not_registered_twice() throws IOException {
    sources(
        """
        package pets;
        class Application {
          void configure(io.brrtrouter.server.runtime.BrrtServer.Builder server) {
            pets.server.PetsServer.register(server, elsewhere.Handlers.all());
            server.handler("raw", null);
          }
        }
        """,
        "package pets.own;\n");

    assertThat(stubs("--dry-run")).isZero();

    assertThat(bench.err())
        .contains(": add to the class that implements PetsApi, and import pets.api.")
        .doesNotContain("server.handler(");
  }

  @Test
  void an_interface_demands_its_methods_whatever_is_registered_besides() throws IOException {
    Path application = project.directory().resolve("src/main/java/pets/Application.java");
    Files.writeString(
        application,
        Files.readString(application)
            .replace(
                "PetsServer.register(",
                "builder.handler(\"feed_pet\", null);\n    PetsServer.register("));
    writeDocument(CommandBench.PETS.replaceFirst("components:\n", FEED));

    assertThat(stubs()).isZero();

    assertThat(bench.out())
        .isEqualTo("create src/main/java/pets/FeedPetStub.java\nshop: 1 stub created\n");
  }

  @Test
  void an_operation_that_is_gone_is_a_compile_error() throws IOException {
    int list = CommandBench.PETS.indexOf("  /pets:\n");
    int delete = CommandBench.PETS.indexOf("  /pets/{petId}:\n");
    writeDocument(CommandBench.PETS.substring(0, list) + CommandBench.PETS.substring(delete));

    assertThat(project.compile(generated()))
        .contains(
            "src/main/java/pets/Handlers.java:4: error: cannot find symbol\nimport pets.api.ListPetsHandler;\n");
    assertThat(stubs()).isZero();
    assertThat(bench.out()).isEqualTo("shop: every operation has a handler\n");
  }

  @Test
  void a_dry_run_says_it_and_writes_nothing() throws IOException {
    writeDocument(CommandBench.PETS.replaceFirst("components:\n", FEED));

    assertThat(stubs("--dry-run")).isZero();

    assertThat(bench.out())
        .isEqualTo(
            "create src/main/java/pets/FeedPetStub.java\nshop: 1 stub; nothing was written\n");
    assertThat(project.directory().resolve("src/main/java/pets/FeedPetStub.java")).doesNotExist();
  }

  @Test
  void a_class_that_is_there_is_left_alone() throws IOException {
    writeDocument(CommandBench.PETS.replaceFirst("components:\n", FEED));
    Path own = project.directory().resolve("src/main/java/pets/FeedPetStub.java");
    Files.writeString(own, "package pets; // mine\n");

    assertThat(stubs()).isZero();

    assertThat(own).content().isEqualTo("package pets; // mine\n");
    assertThat(bench.err())
        .startsWith(
            "brrt: src/main/java/pets/FeedPetStub.java is there already and was left alone\n");
  }

  @Test
  void handlers_that_do_not_compile_are_understood() throws IOException {
    Files.writeString(
        handlers,
        "package pets; class Handlers implements pets.api.PetsApi { Missing listPets() { return; } }\n");

    assertThat(stubs()).isZero();
    assertThat(bench.out())
        .isEqualTo("create src/main/java/pets/DeletePetStub.java\nshop: 1 stub created\n");
  }

  @Test
  void a_class_of_no_package_is_told_so() throws IOException {
    writeDocument(CommandBench.PETS.replaceFirst("components:\n", FEED));
    Files.delete(handlers);
    Files.writeString(
        project.directory().resolve("src/main/java/Handlers.java"),
        "class Handlers implements pets.api.PetsApi {}\n");

    assertThat(stubs()).isEqualTo(1);
    assertThat(bench.err())
        .isEqualTo(
            "brrt: src/main/java/Handlers.java has no package, so its stubs would have none; put it"
                + " into one, pets for example\n");
  }

  @Test
  void refuses_what_is_no_project() throws IOException {
    assertThat(bench.execute("stubs", directory.resolve("nowhere").toString())).isEqualTo(1);
    assertThat(bench.err()).isEqualTo("brrt: there is no directory nowhere\n");

    Files.writeString(project.directory().resolve("pom.xml"), "<project/>");
    assertThat(stubs()).isEqualTo(1);
    assertThat(bench.err())
        .isEqualTo(
            "brrt: shop/pom.xml has no plugin brrtrouter-maven-plugin; \"brrt new\" makes a project that has it\n");
  }

  /** Puts settings into the pom's plugin, instead of its package, and properties beside them. */
  private void configure(String settings, String properties) throws IOException {
    Path pom = project.directory().resolve("pom.xml");
    String text = Files.readString(pom);
    String changed =
        text.replaceFirst("<packageName>.*</packageName>", Matcher.quoteReplacement(settings))
            .replaceFirst("<properties>", Matcher.quoteReplacement("<properties>" + properties));
    assertThat(changed).isNotEqualTo(text);
    Files.writeString(pom, changed);
  }

  @Test
  void what_the_pom_says_elsewhere_is_resolved() throws IOException {
    writeDocument(CommandBench.PETS.replaceFirst("components:\n", FEED));
    configure(
        "<packageName>${base}.v1</packageName><unknownEnums> KEEP </unknownEnums>",
        "<base>${project.groupId}.${kind}</base><kind>api</kind>");
    Path pom = project.directory().resolve("pom.xml");
    Files.writeString(
        pom,
        Files.readString(pom)
            .replaceFirst(
                "<document>.*</document>", "<document>\\${project.basedir}/pets.yaml</document>"));

    assertThat(stubs()).as(bench.err()).isZero();

    assertThat(project.directory().resolve("src/main/java/pets/FeedPetStub.java"))
        .content()
        .startsWith("package pets;")
        .contains("import pets.api.v1.api.FeedPetHandler;");
  }

  static List<Arguments> settings() {
    String end =
        " is not in this pom, and parents, profiles and the environment are not looked into; write"
            + " what it stands for";
    return List.of(
        Arguments.of(
            "<unknownEnums>keepp</unknownEnums>",
            "unknownEnums: \"keepp\" is none of refuse, keep"),
        Arguments.of("<integers>int</integers>", "integers: \"int\" is none of long, exact"),
        Arguments.of(
            "<packageName>com.1.x</packageName>",
            "packageName: \"com.1.x\" is no name of a Java package, such as com.example.shop"),
        Arguments.of(
            "<packageName>${env.PACKAGE}</packageName>", "packageName: ${env.PACKAGE}" + end),
        Arguments.of(
            "<packageName>${turn}</packageName>",
            "packageName: ${turn} leads to itself; give it a value"),
        Arguments.of(
            "<untyped><operation>${which}</operation></untyped>", "untyped: ${which}" + end),
        Arguments.of(
            "<shared><shared><document>pets.yaml</document><package>a-b</package></shared></shared>",
            "shared: \"a-b\" is no name of a Java package, such as com.example.shop"));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void a_setting_that_says_nothing_is_named(String setting, String sentence) throws IOException {
    configure(setting, "<turn>${again}</turn><again>${turn}</again>");

    assertThat(stubs()).isEqualTo(1);
    assertThat(bench.err()).isEqualTo("brrt: shop/pom.xml: " + sentence + "\n");
  }

  @Test
  void documents_that_are_shared_twice_are_refused() throws IOException {
    configure(
        "<shared><shared><document>pets.yaml</document><package>pets</package></shared></shared>",
        "");

    assertThat(stubs()).isEqualTo(1);
    assertThat(bench.err())
        .isEqualTo(
            "brrt: shop/pets.yaml is shared as pets, the package of what is generated here; name the"
                + " package that its own code is generated in\n");
  }

  @Test
  void refuses_a_document_that_is_broken_or_gone() throws IOException {
    writeDocument(CommandBench.BROKEN);
    assertThat(stubs()).isEqualTo(1);
    assertThat(bench.err())
        .endsWith("brrt: no stub was written for shop/pets.yaml; correct the errors above\n");

    Files.delete(project.directory().resolve("pets.yaml"));
    assertThat(stubs()).isEqualTo(1);
    assertThat(bench.err())
        .isEqualTo("brrt: shop/pom.xml generates code from shop/pets.yaml, which is not there\n");
  }
}
