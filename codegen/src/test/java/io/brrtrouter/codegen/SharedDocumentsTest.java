package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.codegen.GenerationJob.Outcome;
import io.brrtrouter.codegen.GenerationJob.Shared;
import io.brrtrouter.codegen.model.Binding;
import io.brrtrouter.codegen.model.JavaModel;
import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.schema.codec.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents whose classes other modules have: what is imported, what is said, what is refused. */
class SharedDocumentsTest {
  private static final String SHOP =
      """
      openapi: 3.1.0
      info: { title: Shop, version: '1' }
      paths:
        /people:
          put:
            operationId: put_person
            requestBody:
              content: { application/json: { schema: { $ref: '../models/people.yaml#/components/schemas/Person' } } }
            responses:
              '200':
                description: It.
                content: { application/json: { schema: { $ref: '../models/people.yaml#/components/schemas/Person' } } }
      """;

  private static final String PEOPLE =
      """
      openapi: 3.1.0
      info: { title: People, version: '1' }
      components:
        schemas:
          Person:
            type: object
            properties:
              id: { type: string, readOnly: true }
              home: { $ref: 'places.yaml#/components/schemas/Place' }
      """;

  private static final String PLACES =
      """
      openapi: 3.1.0
      info: { title: Places, version: '1' }
      components:
        schemas:
          Place: { type: object, properties: { street: { type: string } } }
      """;

  @TempDir Path directory;

  @BeforeEach
  void documents() throws IOException {
    write("shop/openapi.yaml", SHOP);
    write("models/people.yaml", PEOPLE);
    write("models/places.yaml", PLACES);
    write("models/other.yaml", PLACES);
  }

  private Path write(String name, String text) throws IOException {
    Path file = directory.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Shared shared(String name, String packageName) {
    return new Shared(directory.resolve(name), packageName);
  }

  private Outcome outcome(Shared... shared) throws IOException {
    return new GenerationJob(
            directory.resolve("shop/openapi.yaml"),
            LoadOptions.defaults().withRoots(List.of(directory)),
            directory.resolve("src"),
            "com.shop",
            Part.SERVICE,
            UnknownEnums.REFUSE,
            Integers.LONG,
            Set.of(),
            List.of(shared))
        .plan();
  }

  private Generation generation(Shared... shared) throws IOException {
    return ((Outcome.Planned) outcome(shared)).generation();
  }

  private static List<String> models(Generation generation) {
    return generation.files().stream()
        .map(SourceFile::path)
        .filter(path -> path.startsWith("com/shop/model/") || path.startsWith("com/shop/codec/"))
        .toList();
  }

  private static String text(Generation generation, String path) {
    return generation.files().stream()
        .filter(file -> file.path().equals(path))
        .findFirst()
        .orElseThrow()
        .text();
  }

  private void assertRefused(String sentence, Shared... shared) throws IOException {
    Outcome.Refused refused = (Outcome.Refused) outcome(shared);
    assertThat(refused.findings()).isEmpty();
    assertThat(refused.sentence()).isEqualTo(sentence.replace("@", directory + "/"));
  }

  @Test
  void classes_are_imported_in_both_views_and_not_generated() throws IOException {
    Generation generation =
        generation(
            shared("models/places.yaml", "com.places"), shared("models/people.yaml", "com.people"));

    assertThat(models(generation)).isEmpty();
    assertThat(generation.findings()).isEmpty();
    assertThat(text(generation, "com/shop/api/PutPersonRequest.java"))
        .contains("import com.people.model.PersonInput;");
    assertThat(text(generation, "com/shop/api/PutPersonResponse.java"))
        .contains("import com.people.model.Person;");
    assertThat(text(generation, "com/shop/server/PutPersonBinding.java"))
        .contains("import com.people.codec.PersonInputCodec;");
  }

  @Test
  void what_a_shared_document_refers_to_is_its_own_unless_that_is_shared_too() throws IOException {
    Generation generation = generation(shared("models/people.yaml", "com.people"));

    assertThat(models(generation)).isEmpty();
    assertThat(generation.model().shared())
        .extracting(each -> each.name().qualified())
        .containsExactly(
            "com.people.model.Person", "com.people.model.Place", "com.people.model.PersonInput");
    assertThat(
            generation(
                    shared("models/places.yaml", "com.places"),
                    shared("models/people.yaml", "com.people"))
                .model()
                .shared())
        .extracting(each -> each.name().qualified())
        .containsExactly(
            "com.places.model.Place", "com.people.model.Person", "com.people.model.PersonInput");
  }

  @Test
  void fingerprints_are_those_of_generating_everything() throws IOException {
    List<Fingerprint> all = fingerprints(generation().model());

    assertThat(fingerprints(generation(shared("models/people.yaml", "com.people")).model()))
        .isEqualTo(all)
        .hasSize(2);
  }

  private static List<Fingerprint> fingerprints(JavaModel model) {
    return model.operations().stream()
        .flatMap(each ->
            Stream.concat(
                each.request().body().orElseThrow().contents().stream(),
                each.response().outcomes().stream().flatMap(any -> any.content().stream())))
        .flatMap(content -> content.binding().stream())
        .map(Binding::fingerprint)
        .map(each -> each.orElseThrow())
        .toList();
  }

  @Test
  void files_of_shared_documents_count() throws IOException {
    Outcome.Planned planned =
        (Outcome.Planned)
            outcome(
                shared("models/people.yaml", "com.people"),
                shared("shop/../models/other.yaml", "com.other"));

    assertThat(planned.files())
        .extracting(file -> directory.relativize(file.normalize()).toString())
        .containsExactly(
            "shop/openapi.yaml", "models/people.yaml", "models/places.yaml", "models/other.yaml");
  }

  @Test
  void a_document_that_nothing_refers_to_is_named() throws IOException {
    assertThat(generation(shared("models/other.yaml", "com.other")).findings())
        .extracting(Finding::toString)
        .containsExactly(
            directory
                + "/shop/openapi.yaml:1:1: warning[shared-unused]: nothing here leads to"
                + " ../models/other.yaml, which is shared as com.other; refer to it, or share it no"
                + " longer");
  }

  @Test
  void what_a_document_with_operations_does_not_generate_is_generated_here() throws IOException {
    write(
        "models/people.yaml",
        PEOPLE
            + """
            paths:
              /all:
                get:
                  responses:
                    '200':
                      description: All.
                      content: { application/json: { schema: { $ref: '#/components/schemas/Person' } } }
            """);
    Generation generation = generation(shared("models/people.yaml", "com.people"));

    assertThat(models(generation))
        .containsExactly(
            "com/shop/codec/PersonInputCodec.java",
            "com/shop/codec/package-info.java",
            "com/shop/model/PersonInput.java",
            "com/shop/model/package-info.java");
    assertThat(text(generation, "com/shop/model/PersonInput.java"))
        .contains("import com.people.model.Place;");
    assertThat(generation.findings())
        .extracting(Finding::toString)
        .containsExactly(
            directory
                + "/models/people.yaml:6:7: warning[shared-schema-missing]: no class below com.people"
                + " stands for this schema as it is in requests, so one is generated here; let its"
                + " document lead there, or give it a name in components/schemas of a document"
                + " without operations");
  }

  @Test
  void what_contradicts_is_refused() throws IOException {
    assertRefused(
        "@models/people.yaml is shared as com.shop, the package of what is generated here; name the"
            + " package that its own code is generated in",
        shared("models/people.yaml", "com.shop"));
    assertRefused(
        "@models/people.yaml is shared as com.a and as com.b; name one package, the one that its"
            + " code is generated in",
        shared("models/people.yaml", "com.a"),
        shared("models/people.yaml", "com.b"));
    assertRefused(
        "@models/places.yaml and @models/people.yaml are both shared as com.a; each document has a"
            + " package of its own",
        shared("models/places.yaml", "com.a"),
        shared("models/people.yaml", "com.a"));
    assertRefused(
        "@models/people.yaml refers to @models/places.yaml; share @models/places.yaml before it",
        shared("models/people.yaml", "com.people"),
        shared("models/places.yaml", "com.places"));
    assertRefused(
        "@shop/openapi.yaml is shared with itself; share the documents that it refers to",
        shared("shop/openapi.yaml", "com.a"));
    assertThatThrownBy(() -> shared("models/people.yaml", "no package"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"no package\" is no name of a Java package, such as com.example.shop");
  }

  @Test
  void a_shared_document_with_errors_is_refused_with_them() throws IOException {
    write("models/other.yaml", "openapi: 3.1.0\ninfo: []\n");

    Outcome.Refused refused = (Outcome.Refused) outcome(shared("models/other.yaml", "com.other"));
    assertThat(refused.findings()).isNotEmpty();
    assertThat(refused.sentence())
        .isEqualTo(
            "nothing was generated from %1$s/shop/openapi.yaml, because what it shares with"
                    .formatted(directory)
                + " %s/models/other.yaml is unknown; correct the errors above"
                    .formatted(directory));
  }
}
