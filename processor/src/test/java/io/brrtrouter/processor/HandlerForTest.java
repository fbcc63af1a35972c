package io.brrtrouter.processor;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.codegen.Generator;
import io.brrtrouter.codegen.GeneratorOptions;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.server.runtime.BrrtServer;
import io.brrtrouter.testing.BrrtClient;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the annotation does, through a compiler and a server. */
class HandlerForTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: {title: Shop, version: "1"}
      paths:
        /pets:
          get:
            operationId: list_pets
            responses:
              "200": {description: All., content: {application/json: {schema: {type: array, items: {type: string}}}}}
        /pets/{id}:
          parameters: [{name: id, in: path, required: true, schema: {type: integer, format: int64}}]
          get:
            operationId: get_pet
            responses:
              "200": {description: One., content: {text/plain: {schema: {type: string}}}}
          delete:
            operationId: delete_pet
            responses:
              "204": {description: Gone.}
          put:
            operationId: put_pet
            responses:
              "204": {description: Changed.}
        /version:
          get:
            operationId: version
            responses:
              "200": {description: A number., content: {text/plain: {schema: {type: string}}}}
      """;

  private static final String IMPORTS =
      """
      import io.brrtrouter.server.dispatch.Handler;
      import io.brrtrouter.server.dispatch.HandlerFor;
      import io.brrtrouter.server.dispatch.Request;
      import io.brrtrouter.server.http.HttpResponse;
      import io.brrtrouter.server.runtime.BrrtServer;
      import shop.api.*;
      """;

  @TempDir Path directory;
  private final Map<String, String> sources = new TreeMap<>();
  private Path document = Path.of("");

  @BeforeEach
  void generate() throws IOException {
    document = Files.writeString(directory.resolve("openapi.yaml"), DOCUMENT);
    Generator.generate(
            OpenApiLoader.load(document, LoadOptions.defaults()), GeneratorOptions.of("shop"))
        .files()
        .forEach(file -> sources.put(file.path(), file.text()));
  }

  private void source(String path, String text) {
    int slash = path.lastIndexOf('/');
    String in = path.substring(0, slash).replace('/', '.');
    sources.put(path, "package " + in + ";\n" + IMPORTS + text);
  }

  private record Source(URI uri, String text) {
    JavaFileObject file() {
      return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
          return text;
        }
      };
    }
  }

  /** {@return what the compiler says, one line each: file, line, message} */
  private List<String> compile(Processor... others) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    Path classes = Files.createDirectories(directory.resolve("classes"));
    List<JavaFileObject> files = new ArrayList<>();
    sources.forEach(
        (path, text) -> files.add(new Source(URI.create("string:///" + path), text).file()));
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(said, Locale.ROOT, StandardCharsets.UTF_8)) {
      String classPath =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
      JavaCompiler.CompilationTask task =
          compiler.getTask(
              null,
              manager,
              said,
              List.of(
                  "-Xlint:all,-processing,-classfile,-path",
                  "-Werror",
                  "-d",
                  classes.toString(),
                  "-s",
                  directory.toString(),
                  "-cp",
                  classPath + File.pathSeparator + classes),
              null,
              files);
      List<Processor> processors = new ArrayList<>(List.of(new HandlerForProcessor()));
      processors.addAll(List.of(others));
      task.setProcessors(processors);
      task.call();
    }
    return said.getDiagnostics().stream().map(HandlerForTest::line).toList();
  }

  private static String line(Diagnostic<? extends JavaFileObject> diagnostic) {
    JavaFileObject source = diagnostic.getSource();
    String name = source == null ? "" : source.getName().substring(1);
    return name + ":" + diagnostic.getLineNumber() + ": " + diagnostic.getMessage(Locale.ROOT);
  }

  @Test
  void methods_and_classes_typed_and_untyped_answer() throws Exception {
    source(
        "pets/PetHandlers.java",
        """
        public final class PetHandlers {
          private final String name;
          public PetHandlers(String name) { this.name = name; }
          @HandlerFor("get_pet")
          GetPetResponse get(GetPetRequest request) { return new GetPetResponse.Ok(name + request.id()); }
          @HandlerFor({"delete_pet", "put_pet"})
          HttpResponse change(Request request) throws java.io.IOException { return HttpResponse.of(204); }
          @HandlerFor(value = "version", neverBlocks = true)
          static HttpResponse version(Request request) {
            return HttpResponse.text(200, Thread.currentThread().isVirtual() ? "virtual" : "loop");
          }
        }
        """);
    source(
        "pets/ListPets.java",
        """
        @HandlerFor("list_pets")
        public final class ListPets implements ListPetsHandler {
          @Override
          public ListPetsResponse handle(ListPetsRequest request) {
            return new ListPetsResponse.Ok(java.util.List.of("Rex"));
          }
        }
        """);
    source(
        "main/Shop.java",
        """
        public final class Shop {
          private Shop() {}
          public static BrrtServer.Builder configure(BrrtServer.Builder server) {
            pets.ListPetsRegistrar.register(server, new pets.ListPets());
            return pets.PetHandlersRegistrar.register(server, new pets.PetHandlers("Tom "));
          }
        }
        """);

    assertThat(compile()).isEmpty();

    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {directory.resolve("classes").toUri().toURL()})) {
      BrrtServer.Builder builder =
          BrrtServer.builder()
              .document(document)
              .port(0)
              .output(new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));
      loader
          .loadClass("main.Shop")
          .getMethod("configure", BrrtServer.Builder.class)
          .invoke(null, builder);
      try (BrrtServer server = builder.start();
          BrrtClient client = BrrtClient.at(URI.create(server.url()))) {
        assertThat(client.get("/pets/7").send().expect(200).text()).isEqualTo("Tom 7");
        assertThat(client.get("/pets").send().expect(200).text()).isEqualTo("[\"Rex\"]");
        client.delete("/pets/7").send().expect(204);
        client.put("/pets/7").send().expect(204);
        assertThat(client.get("/version").send().expect(200).text()).isEqualTo("loop");
      }
    }
  }

  @Test
  void the_generated_class_reads_as_if_written_by_hand() throws IOException {
    source(
        "pets/Handlers.java",
        """
        class Handlers {
          @HandlerFor("get_pet")
          GetPetResponse get(GetPetRequest request) { return new GetPetResponse.Ok("Tom"); }
          static class New implements Handler {
            @HandlerFor({"b\\"\\u00e9", "a"})
            @Override
            public HttpResponse handle(Request request) { return HttpResponse.of(204); }
          }
        }
        """);

    assertThat(compile()).isEmpty();

    assertThat(directory.resolve("pets/HandlersRegistrar.java"))
        .hasContent(
            """
            // Generated by BRRTRouter from @HandlerFor; do not edit.
            package pets;

            import io.brrtrouter.server.runtime.BrrtServer;
            import shop.server.ShopServer;

            /** Registers what {@code @HandlerFor} marks in {@link Handlers}. */
            final class HandlersRegistrar {
              private HandlersRegistrar() {}

              /**
               * Registers the handlers.
               *
               * @param server the server to be
               * @param handler0 handles what is marked in it
               * @param handler1 handles what is marked in it
               * @return the server to be
               */
              static BrrtServer.Builder register(
                  BrrtServer.Builder server,
                  Handlers handler0,
                  Handlers.New handler1) {
                server.handler("get_pet", ShopServer.getPet(handler0::get));
                server.handler("a", handler1::handle);
                server.handler("b\\"\\u00e9", handler1::handle);
                return server;
              }
            }
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop/Shop",
        "io/Io",
        "p/Handler",
        "p/BrrtServer",
        "p/ShopServer",
        "p/server",
        "p/handler0"
      })
  void a_class_may_be_called_like_what_is_named_beside_it(String path) throws IOException {
    String name = path.substring(path.indexOf('/') + 1);
    sources.put(
        path + ".java",
        """
        package %s;
        import io.brrtrouter.server.dispatch.HandlerFor;
        class %s {
          @HandlerFor(value = "put_pet", neverBlocks = true)
          shop.api.PutPetResponse put(shop.api.PutPetRequest request) {
            return new shop.api.PutPetResponse.NoContent();
          }
          @HandlerFor("a")
          static io.brrtrouter.server.http.HttpResponse a(
              io.brrtrouter.server.dispatch.Request request) {
            return io.brrtrouter.server.http.HttpResponse.of(204);
          }
          static class Server extends %2$s {
            @HandlerFor("b")
            io.brrtrouter.server.http.HttpResponse b(
                io.brrtrouter.server.dispatch.Request request) {
              return io.brrtrouter.server.http.HttpResponse.of(204);
            }
          }
          static class Server2 extends %2$s {
            @HandlerFor("c")
            io.brrtrouter.server.http.HttpResponse c(
                io.brrtrouter.server.dispatch.Request request) {
              return io.brrtrouter.server.http.HttpResponse.of(204);
            }
          }
        }
        """
            .formatted(path.substring(0, path.indexOf('/')), name));

    assertThat(compile()).isEmpty();
  }

  @Test
  void a_name_may_have_any_characters() throws Exception {
    source(
        "p/H.java",
        """
        public class H {
          @HandlerFor("a\\n\\r\\t\\\\u000a7\\"\\0\\u2028")
          public static HttpResponse a(Request r) { return HttpResponse.of(204); }
        }
        """);

    assertThat(compile()).isEmpty();
    assertThat(directory.resolve("p/HRegistrar.java"))
        .content()
        .contains("server.handler(\"a\\012\\015\\011\\\\u000a7\\\"\\000\\u2028\", H::a);");
  }

  @Test
  void what_is_compiled_alone_leaves_the_rest_as_it_is() throws IOException {
    source(
        "p/One.java",
        "class One { @HandlerFor(\"a\") HttpResponse a(Request r) { return null; } }");
    source(
        "p/Two.java",
        "class Two { @HandlerFor(\"b\") HttpResponse b(Request r) { return null; } }");
    assertThat(compile()).isEmpty();
    Path two = directory.resolve("p/TwoRegistrar.java");
    String before = Files.readString(two);
    FileTime written = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(two, written);

    sources.keySet().removeIf(path -> !path.equals("p/One.java"));
    assertThat(compile()).isEmpty();

    assertThat(two).hasContent(before.stripTrailing());
    assertThat(Files.getLastModifiedTime(two)).isEqualTo(written);
    assertThat(directory.resolve("p/OneRegistrar.java")).content().contains("handler0::a");
  }

  /** Writes a class once, as processors of others do. */
  private static final class Writing extends AbstractProcessor {
    private final String name;
    private final String text;
    private boolean done;

    Writing(String name, String text) {
      this.name = name;
      this.text = text;
    }

    @Override
    public Set<String> getSupportedAnnotationTypes() {
      return Set.of("*");
    }

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      if (!done) {
        done = true;
        try (Writer file = processingEnv.getFiler().createSourceFile(name).openWriter()) {
          file.write(text);
        } catch (IOException failed) {
          throw new UncheckedIOException(failed);
        }
      }
      return false;
    }
  }

  @Test
  void what_another_processor_writes_is_registered_too() throws IOException {
    source(
        "p/One.java",
        "class One { @HandlerFor(\"a\") HttpResponse a(Request r) { return null; } }");
    String text = "class Two { @HandlerFor(\"b\") HttpResponse b(Request r) { return null; } }";

    assertThat(compile(new Writing("p.Two", "package p;\n" + IMPORTS + text))).isEmpty();

    assertThat(directory.resolve("p/OneRegistrar.java")).exists();
    assertThat(directory.resolve("p/TwoRegistrar.java")).exists();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "void m() { @HandlerFor(\"x\") class L implements Handler {"
            + " public HttpResponse handle(Request r) { return null; } } }",
        "void m() { class L { @HandlerFor(\"x\") HttpResponse a(Request r) { return null; } } }",
        "Object o = new Object() { @HandlerFor(\"x\") HttpResponse a(Request r) { return null; } };",
        "void m() { class L { class I { @io.brrtrouter.server.dispatch.HandlerFor(\"x\")"
            + " HttpResponse a(Request r) { return null; } } } }",
      })
  void a_local_class_is_told_that_nobody_can_name_it(String members) throws IOException {
    source("p/H.java", "class H {\n" + members + "\n}\n");

    assertThat(compile())
        .containsExactly(
            "p/H.java:9: @HandlerFor cannot be in a local or anonymous class, which nobody else can"
                + " name; give the class a name outside of methods");
  }

  @Test
  void an_annotation_of_the_same_name_marks_nothing() throws IOException {
    sources.put(
        "p/H.java",
        "package p; class H { @interface HandlerFor {} void m() { @HandlerFor class L {} } }");

    assertThat(compile()).isEmpty();
  }

  @Test
  void a_class_may_handle_several_operations_each_by_its_interface() throws IOException {
    source(
        "p/H.java",
        """
        @HandlerFor({"put_pet", "delete_pet"})
        class H implements DeletePetHandler, PutPetHandler {
          @Override public DeletePetResponse handle(DeletePetRequest request) { return null; }
          @Override public PutPetResponse handle(PutPetRequest request) { return null; }
        }
        """);

    assertThat(compile()).isEmpty();
    assertThat(directory.resolve("p/HRegistrar.java"))
        .content()
        .contains(
            """
                server.handler("delete_pet", ShopServer.deletePet(handler0));
                server.handler("put_pet", ShopServer.putPet(handler0));
            """);
  }

  static List<Arguments> mistakes() {
    return List.of(
        Arguments.of(
            "@HandlerFor(\"x\") private HttpResponse a(Request r) { return null; }",
            "p.H.a cannot be called, because a is private"),
        Arguments.of(
            "@HandlerFor(\"x\") HttpResponse a(String s) { return null; }",
            "p.H.a cannot be a handler: no generated code registers one that takes"
                + " java.lang.String; let it take a Request and return an HttpResponse, or take a"
                + " generated request and return its response"),
        Arguments.of(
            "@HandlerFor(\"x\") HttpResponse a() { return null; }",
            "p.H.a cannot be a handler: let it take a Request and return an HttpResponse, or take a"
                + " generated request and return its response"),
        Arguments.of(
            "@HandlerFor(\"x\") void a(Request r) {}",
            "p.H.a takes a Request but returns void, no HttpResponse"),
        Arguments.of(
            "@HandlerFor(\"x\") ListPetsResponse a(GetPetRequest r) { return null; }",
            "p.H.a returns shop.api.ListPetsResponse, no GetPetResponse"),
        Arguments.of(
            "@HandlerFor(\"put_pet\") GetPetResponse a(GetPetRequest r) { return null; }",
            "p.H.a takes the request of \"get_pet\", and cannot handle \"put_pet\"; name the one, or"
                + " take the request of the other"),
        Arguments.of(
            "@HandlerFor(\"get_pet\") static class C implements PutPetHandler, DeletePetHandler {"
                + " public PutPetResponse handle(PutPetRequest r) { return null; }"
                + " public DeletePetResponse handle(DeletePetRequest r) { return null; } }",
            "p.H.C handles \"put_pet\" and \"delete_pet\", and cannot handle \"get_pet\"; name the"
                + " one, or implement the interface of the other"),
        Arguments.of(
            "@HandlerFor(\"put_pet\") static class C implements Handler, PutPetHandler {"
                + " public PutPetResponse handle(PutPetRequest r) { return null; }"
                + " public HttpResponse handle(Request r) { return null; } }",
            "p.H.C implements Handler and PutPetHandler, and either could answer; let it implement"
                + " one of them"),
        Arguments.of(
            "@HandlerFor(\"x\") HttpResponse a(Request r) throws Throwable { return null; }",
            "p.H.a throws java.lang.Throwable; a handler throws exceptions"),
        Arguments.of(
            "@HandlerFor(\" \") HttpResponse a(Request r) { return null; }",
            "@HandlerFor names no operation; give it an operationId"),
        Arguments.of(
            "@HandlerFor({}) HttpResponse a(Request r) { return null; }",
            "@HandlerFor names no operation; give it an operationId"),
        Arguments.of(
            "@HandlerFor({\"x\", \"x\"}) HttpResponse a(Request r) { return null; }",
            "@HandlerFor names an operation twice"),
        Arguments.of(
            "@HandlerFor(\"x\") HttpResponse a(Request r) { return null; }"
                + " @HandlerFor(\"x\") HttpResponse b(Request r) { return null; }",
            "\"x\" is handled by p.H.a already; keep one of the two"),
        Arguments.of(
            "static class G<T> { @HandlerFor(\"x\") HttpResponse a(Request r) { return null; } }",
            "p.H.G has type parameters; mark a class without them"),
        Arguments.of(
            "@HandlerFor(\"x\") interface I extends Handler {}",
            "p.H.I is an interface; mark the class that implements it"),
        Arguments.of(
            "@HandlerFor(\"x\") static class N {}",
            "p.H.N is no handler: let it implement Handler or a generated handler interface, or"
                + " mark its methods"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void a_mistake_is_an_error_at_its_place(String members, String message) throws IOException {
    source("p/H.java", "class H {\n" + members + "\n}\n");

    assertThat(compile()).containsExactly("p/H.java:9: " + message);
  }

  @Test
  void forgetting_an_instance_does_not_compile() throws IOException {
    source(
        "p/H.java",
        """
        class H {
          @HandlerFor("get_pet") HttpResponse a(Request r) { return null; }
          static void configure(BrrtServer.Builder server) { HRegistrar.register(server); }
        }
        """);

    assertThat(compile()).hasSize(1).first().asString().startsWith("p/H.java:10: method register");
  }
}
