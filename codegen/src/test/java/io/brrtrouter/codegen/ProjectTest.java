package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.brrtrouter.codegen.model.Operation;
import io.brrtrouter.openapi.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What a project begins with, for documents written by others and our own examples. */
class ProjectTest {
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
        "com.example", "shop", "openapi.yaml", List.of(), Optional.of("file:///a%20b"));
  }

  private static List<SourceFile> java(Project project) {
    return project.files().stream().filter(file -> file.path().endsWith(".java")).toList();
  }

  static List<Path> documents() throws IOException {
    return RealDocumentsTest.documents();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void every_test_of_a_project_passes(Path document) throws Exception {
    Generation generation =
        Documents.generate(document, "com.example.shop", EnumSet.allOf(Part.class));
    Project project = project(document, generation);
    assertThat(Java.unformatted(java(project))).isEmpty();

    passes(document, generation, project);
    long asked = generation.model().operations().size() - project.untested().size();
    System.err.println(document.getFileName() + ": " + asked + " asked, untested "
        + project.untested().stream().map(Operation::methodName).toList());
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
        .forEach(
            event ->
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

  @Test
  void a_small_project_reads_like_this() throws Exception {
    Path document = Files.writeString(directory.resolve("openapi.yaml"), PETS);
    Generation generation = Documents.generate(document, "pets", EnumSet.allOf(Part.class));
    Project project = project(document, generation);
    project.files().forEach(file -> System.err.println("=== " + file.path() + "\n" + file.text()));
    passes(document, generation, project);
  }
}
