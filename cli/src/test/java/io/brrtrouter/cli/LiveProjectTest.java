package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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

      // Half of a change does not compile, and nothing of it is served.
      live.edit(HANDLERS, ".nam(", ".age(3L).name(");
      live.edit(
          "openapi.yaml",
          "name: { type: string }",
          "name: { type: string }, age: { type: integer }");
      live.until("/pets/7", "200 {\"name\":\"Tom\",\"age\":3}"::equals);
      live.until("/ready", answer -> !answer.contains("refused"));
      assertThat(live.said())
          .containsPattern("generation \\d+ serves: .* of the document; taken: code\n");
      assertThat(live.get("/openapi.json")).contains("\"age\"");

      live.edit("openapi.yaml", "type: integer }", "type: whole }");
      live.line("openapi.yaml:7:75: error[unknown-value]: \"whole\" is not a type");
      live.line("openapi.yaml; correct the errors above; what served before goes on");
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
