package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A project whose code, document and settings change while it runs. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Maven is a shell script here")
@Timeout(300)
class LiveProjectTest {
  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: { title: Pets, version: 1.0.0 }
      paths:
        /pets/{id}:
          get:
            operationId: get_pet
            parameters: [ { name: id, in: path, required: true, schema: { type: integer } } ]
            responses:
              200:
                description: one
                content:
                  application/json:
                    schema: { type: object, required: [name], properties: { name: { type: string } } }
                    example: { name: Rex }
      """;

  @TempDir Path home;

  private static final String HANDLERS = "src/main/java/pets/PetsHandlers.java";

  @Test
  void takes_code_and_document_together_in_the_same_process() throws Exception {
    try (LiveBench live = LiveBench.of(home, DOCUMENT)) {
      assertThat(live.get("/pets/7")).isEqualTo("200 {\"name\":\"Rex\"}");
      ProcessHandle server = live.process().children().findFirst().orElseThrow();

      live.edit(HANDLERS, "\"Rex\"", "\"Tom\"");
      assertThat(live.until("/pets/7", answer -> answer.contains("Tom")))
          .allMatch(answer -> answer.matches("200 \\{\"name\":\"(Rex|Tom)\"}"));
      live.line("brrt: 1 file compiled in ");

      live.edit(HANDLERS, ".name(", ".nam(");
      live.line("the changed code does not compile; what served before goes on");
      assertThat(live.said())
          .contains("a shop/src/main/java/pets/PetsHandlers.java:12:")
          .contains("error: cannot find symbol");
      live.until(
          "/ready",
          answer ->
              answer.matches(
                  "(?s)200 .*\"refused\":\\{\"at\":\"[^\"]+\",\"findings\":\\[\""
                      + "src/main/java/pets/PetsHandlers.java:12:\\d+: error\\[not-compiled]: cannot find symbol\"]}}"));
      assertThat(live.get("/pets/7")).isEqualTo("200 {\"name\":\"Tom\"}");

      // What was meant is what serves already: nobody's stream is cut off for it.
      String generation = generation(live);
      live.edit(HANDLERS, ".nam(", ".name(");
      live.until("/ready", answer -> !answer.contains("refused"));
      live.line("the code is again that which serves");
      live.write(
          HANDLERS, Files.readString(live.shop.resolve(HANDLERS)) + "// No class says it.\n");
      live.until("/ready", _ -> live.said().split("the code is again that which", -1).length == 3);
      assertThat(generation(live)).isEqualTo(generation);

      // Half of a change does not compile, and nothing of it is served.
      live.edit(HANDLERS, ".name(", ".age(3L).name(");
      live.edit(
          "openapi.yaml",
          "name: { type: string }",
          "name: { type: string }, age: { type: integer }");
      live.until("/pets/7", "200 {\"name\":\"Tom\",\"age\":3}"::equals);
      live.until("/ready", answer -> !answer.contains("refused"));
      assertThat(live.said())
          .containsPattern("generation \\d+ serves: .* of the document; taken: code\\b");
      assertThat(live.get("/openapi.json")).contains("\"age\"");

      live.edit("openapi.yaml", "type: integer }", "type: whole }");
      live.line("openapi.yaml:7:75: error[unknown-value]: \"whole\" is not a type");
      live.line("openapi.yaml; correct the errors above; what served before goes on");
      live.until("/ready", answer -> answer.contains("openapi.yaml:7:75: error[unknown-value]: "));
      assertThat(live.get("/pets/7")).isEqualTo("200 {\"name\":\"Tom\",\"age\":3}");
      assertThat(live.get("/openapi.json")).doesNotContain("whole");
      live.edit("openapi.yaml", "type: whole }", "type: integer }");

      live.write("src/main/resources/name.txt", "Kim");
      live.write(
          "src/main/java/pets/more/Names.java",
          """
          package pets.more;

          public final class Names {
            public static final long AGE = 4;

            private Names() {}

            public static String name() throws java.io.IOException {
              return new String(Names.class.getResourceAsStream("/name.txt").readAllBytes());
            }
          }
          """);
      live.edit(
          HANDLERS,
          ".age(3L).name(\"Tom\")",
          ".age(pets.more.Names.AGE).name(pets.more.Names.name())");
      live.edit(HANDLERS, "request) {", "request) throws java.io.IOException {");
      live.until("/pets/7", "200 {\"name\":\"Kim\",\"age\":4}"::equals);
      // The class that has a copy of the constant does not even name where it is from.
      live.edit("src/main/java/pets/more/Names.java", "AGE = 4", "AGE = 5");
      live.until("/pets/7", "200 {\"name\":\"Kim\",\"age\":5}"::equals);
      live.write("src/main/resources/name.txt", "Ann");
      live.until("/pets/7", "200 {\"name\":\"Ann\",\"age\":5}"::equals);

      live.edit("pom.xml", "<artifactId>", "<artifactId >");
      live.line("a shop/pom.xml has changed, which takes a build");

      assertThat(live.process().children()).containsExactly(server);
      live.process().destroy();
      assertThat(live.exit()).isZero();
      server.onExit().join();
    }
  }

  private static String generation(LiveBench live) throws Exception {
    return live.get("/ready").replaceAll("(?s).*\"generation\":\\{\"number\":(\\d+).*", "$1");
  }

  @Test
  void takes_code_of_another_directory_that_the_pom_names() throws Exception {
    LiveBench.Preparation moved =
        shop -> {
          Files.move(shop.resolve("src/main/java"), shop.resolve("code"));
          replace(
              shop.resolve("pom.xml"),
              "<build>",
              "<build><sourceDirectory>${project.basedir}/code</sourceDirectory>");
        };
    try (LiveBench live = LiveBench.of(home, DOCUMENT, List.of(), moved)) {
      assertThat(live.get("/pets/7")).isEqualTo("200 {\"name\":\"Rex\"}");
      live.edit("code/pets/PetsHandlers.java", "Rex", "Tom");
      live.until("/pets/7", answer -> answer.contains("Tom"));
      live.edit("code/pets/PetsHandlers.java", "Tom", "Kim");
      live.until("/pets/7", answer -> answer.contains("Kim"));
    }
  }

  @Test
  void says_that_there_is_no_code_where_a_parent_may_have_named_another_directory()
      throws Exception {
    LiveBench.Preparation moved =
        shop -> Files.move(shop.resolve("src/main/java"), shop.resolve("code"));
    try (LiveBench live = LiveBench.of(home, DOCUMENT, List.of(), moved)) {
      assertThat(live.line("there is no "))
          .contains("a shop/src/main/java: changes of code are not taken")
          .endsWith("name it in this pom too");
      assertThat(live.get("/pets/7")).isEqualTo("200 {\"name\":\"Rex\"}");
    }
  }

  /** One that writes a class, and that fails where it is asked to. */
  private static final String PROCESSOR =
      """
      package tools;

      import java.io.Writer;
      import java.util.Set;
      import javax.annotation.processing.*;
      import javax.lang.model.SourceVersion;
      import javax.lang.model.element.TypeElement;

      @SupportedAnnotationTypes("*")
      public class Names extends AbstractProcessor {
        @Override
        public SourceVersion getSupportedSourceVersion() {
          return SourceVersion.latest();
        }

        private void write(String name, String statement) {
          try (Writer out = processingEnv.getFiler().createSourceFile("pets." + name).openWriter()) {
            out.write("package pets; class " + name + " { static String name() { " + statement + " } }");
          } catch (java.io.IOException e) {
            throw new IllegalStateException(e);
          }
        }

        private boolean bad(RoundEnvironment round) {
          return round.getRootElements().stream().anyMatch(each -> each.toString().endsWith("Bad"));
        }

        @Override
        public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
          if (round.getRootElements().stream().anyMatch(each -> each.toString().endsWith("Breaks"))) {
            throw new IllegalStateException("of a test");
          }
          if (bad(round)) {
            write("Wrong", "return 7;");
          }
          if (processingEnv.getElementUtils().getTypeElement("pets.Made") == null) {
            write("Made", "return \\"Max\\";");
          }
          return false;
        }
      }
      """;

  @Test
  void annotation_processors_of_the_pom_take_part() throws Exception {
    Path repository = home.toRealPath().resolve("repository");
    Path library =
        MadeJar.of(repository.resolve("some/library/1/library-1.jar"), Map.of(), Map.of());
    MadeJar.of(
        repository.resolve("tools/names/1/names-1.jar"),
        Map.of("tools/Names.java", PROCESSOR),
        Map.of("META-INF/services/javax.annotation.processing.Processor", "tools.Names\n"));
    LiveBench.Preparation named =
        shop ->
            replace(
                shop.resolve("pom.xml"),
                "<plugins>",
                """
                <plugins><plugin>
                  <artifactId>maven-compiler-plugin</artifactId>
                  <configuration><annotationProcessorPaths><path>
                    <groupId>tools</groupId><artifactId>names</artifactId><version>1</version>
                  </path></annotationProcessorPaths></configuration>
                </plugin>\
                """);
    try (LiveBench live = LiveBench.of(home, DOCUMENT, List.of(library), named)) {
      assertThat(live.get("/pets/7")).isEqualTo("200 {\"name\":\"Rex\"}");
      live.edit(HANDLERS, "\"Rex\"", "Made.name()");
      live.until("/pets/7", answer -> answer.contains("Max"));
      live.edit(HANDLERS, "Made.name()", "Made.name() + 2");
      live.until("/pets/7", answer -> answer.contains("Max2"));

      live.write("src/main/java/pets/Breaks.java", "package pets; class Breaks {}");
      assertThat(live.line("an annotation processor failed"))
          .contains("java.lang.IllegalStateException: of a test; what served before goes on");
      live.write("src/main/java/pets/Breaks.java", "package pets; class Mended {}");
      live.edit(HANDLERS, "Made.name() + 2", "Made.name() + 3");
      live.until("/pets/7", answer -> answer.contains("Max3"));

      live.write("src/main/java/pets/Bad.java", "package pets; class Bad {}");
      live.line("pets/Wrong.java:1:");
      live.until(
          "/ready",
          answer -> answer.matches("(?s).*\"pets/Wrong.java:1:\\d+: error\\[not-compiled]: .*"));
    }
  }

  private static void replace(Path file, String before, String after) throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(before);
    Files.writeString(file, text.replace(before, after));
  }

  @Test
  void takes_settings_and_says_which_operation_nobody_handles() throws Exception {
    try (LiveBench live = LiveBench.of(home, DOCUMENT)) {
      live.get("/pets/7");
      live.write("config.yaml", "problems: { base: https://example.com/problems }\n");
      live.until("/nowhere", answer -> answer.contains("https://example.com/problems"));

      live.edit(
          "openapi.yaml",
          "paths:",
          "paths:\n  /more: { get: { operationId: list_more, responses: { 204: { description: none } } } }");
      live.line(
          "error: pets.Handlers is not abstract and does not override abstract method listMore()");
      live.line("brrt: nobody handles listMore");
      assertThat(live.get("/more")).startsWith("404 ");
    }
  }
}
