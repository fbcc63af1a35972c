package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.codegen.GenerationJob.Outcome;
import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.LoadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From a document on disk to a plan, as commands and plugins ask for it. */
class GenerationJobTest {
  private static final String SHOP =
      """
      openapi: 3.1.0
      info: { title: Shop, version: '1' }
      paths: {}
      components:
        schemas:
          Pet: { $ref: 'pet.yaml' }
      """;

  private static final String PET = "type: object\nproperties: { name: { type: string } }\n";

  @TempDir Path directory;

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  private GenerationJob shop() throws IOException {
    write("pet.yaml", PET);
    return GenerationJob.of(write("shop.yaml", SHOP), directory.resolve("src"));
  }

  private static Outcome.Refused refused(GenerationJob job) throws IOException {
    assertThat(job.plan()).isInstanceOf(Outcome.Refused.class);
    return (Outcome.Refused) job.plan();
  }

  @Test
  void everything_is_planned_in_a_package_after_the_title_and_nothing_is_written()
      throws IOException {
    Outcome.Planned planned = (Outcome.Planned) shop().plan();

    assertThat(planned.plan().toString())
        .contains("create shop/model/Pet.java", "create shop/codec/PetCodec.java");
    assertThat(planned.plan().summary())
        .matches("[1-9]\\d* created, 0 replaced, 0 deleted, 0 unchanged");
    assertThat(planned.files())
        .containsExactly(directory.resolve("shop.yaml"), directory.resolve("pet.yaml"));
    assertThat(directory.resolve("src")).doesNotExist();
  }

  @Test
  void a_package_and_parts_can_be_named() throws IOException {
    GenerationJob all = shop();
    GenerationJob models =
        new GenerationJob(
            all.document(),
            LoadOptions.defaults(),
            all.output(),
            "com.example",
            EnumSet.of(Part.MODELS),
            UnknownEnums.REFUSE,
            Integers.LONG,
            Set.of(),
            List.of());

    assertThat(((Outcome.Planned) models.plan()).plan())
        .hasToString(
            "create com/example/model/Pet.java\ncreate com/example/model/package-info.java");
  }

  private GenerationJob without(String... untyped) throws IOException {
    GenerationJob all =
        GenerationJob.of(
            write(
                "parcels.yaml",
                """
                openapi: 3.1.0
                info: { title: Parcels, version: '1' }
                paths:
                  /parcels:
                    get: { operationId: receive, responses: { '204': { description: '' } } }
                    post: { operationId: send, x-handler: sending, responses: { '204': { description: '' } } }
                """),
            directory.resolve("src"));
    return new GenerationJob(
        all.document(),
        LoadOptions.defaults(),
        all.output(),
        null,
        EnumSet.of(Part.HANDLERS),
        UnknownEnums.REFUSE,
        Integers.LONG,
        Set.of(untyped),
        List.of());
  }

  @Test
  void an_operation_can_be_left_to_a_handler_of_plain_requests() throws IOException {
    Outcome.Planned planned = (Outcome.Planned) without("sending").plan();

    assertThat(planned.generation().files())
        .extracting(SourceFile::path)
        .containsExactly(
            "parcels/api/ParcelsApi.java",
            "parcels/api/ReceiveHandler.java",
            "parcels/api/ReceiveRequest.java",
            "parcels/api/ReceiveResponse.java",
            "parcels/api/package-info.java");
    assertThat(planned.generation().files().getFirst().text()).doesNotContain("send");
  }

  private GenerationJob saving(Part part, String... untyped) throws IOException {
    Path document =
        write(
            "notes.yaml",
            """
            openapi: 3.1.0
            info: { title: Notes, version: '1' }
            paths:
              /notes:
                post: { operationId: add, x-handler: save, responses: { '204': { description: '' } } }
              /notes/{id}:
                put:
                  operationId: change
                  x-handler: save
                  parameters: [ { name: id, in: path, required: true, schema: { type: string } } ]
                  responses: { '204': { description: '' } }
            """);
    return new GenerationJob(
        document,
        LoadOptions.defaults(),
        directory.resolve("src"),
        null,
        EnumSet.of(part),
        UnknownEnums.REFUSE,
        Integers.LONG,
        Set.of(untyped),
        List.of());
  }

  @Test
  void typed_operations_of_one_handler_are_refused_because_no_server_would_start()
      throws IOException {
    GenerationJob job = saving(Part.SERVER);

    assertThat(refused(job).sentence())
        .isEqualTo("nothing was generated from " + job.document() + "; correct the errors above");
    assertThat(refused(job).findings())
        .singleElement()
        .hasToString(
            job.document()
                + ":8:7: error[handler-shared]: the handler \"save\" is also that of POST /notes, and"
                + " a typed handler has one operation; name another in x-handler, or leave \"save\""
                + " untyped");
  }

  private GenerationJob talking(String echo) throws IOException {
    Path document =
        Files.writeString(
            directory.resolve("talk.yaml"),
            """
            openapi: 3.1.1
            info: { title: Talk, version: '1' }
            paths:
              /talk:
                get: { x-handler: talk, x-websocket: true, responses: { '101': { description: '' } } }
              /echo:
                get: { x-handler: talk, %s, responses: { '204': { description: '' } } }
            """
                .formatted(echo));
    return GenerationJob.of(document, directory.resolve("src"));
  }

  @Test
  void a_WebSocket_and_a_typed_operation_of_one_handler_are_refused() throws IOException {
    assertThat(refused(talking("summary: Echo")).findings())
        .extracting(Finding::rule)
        .contains("handler-shared");
  }

  @Test
  void WebSockets_of_one_handler_have_no_types_to_differ_in() throws IOException {
    assertThat(talking("x-websocket: true").plan()).isInstanceOf(Outcome.Planned.class);
  }

  @Test
  void operations_of_one_handler_are_generated_where_no_name_is_registered() throws IOException {
    for (GenerationJob job :
        List.of(saving(Part.SERVER, "save"), saving(Part.HANDLERS), saving(Part.CLIENT))) {
      assertThat(job.plan()).isInstanceOf(Outcome.Planned.class);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "sendin, did you mean \"sending\"?",
    "everything, 'name its x-handler, else its operationId'",
  })
  void a_handler_that_no_operation_has_is_refused(String name, String hint) throws IOException {
    GenerationJob job = without("receive", name);

    assertThat(refused(job).sentence())
        .isEqualTo(
            "untyped: no operation of %s has a handler \"%s\"; %s"
                .formatted(job.document(), name, hint));
  }

  @Test
  void a_name_that_is_no_package_is_refused_before_anything_is_read() {
    Path nowhere = directory.resolve("nowhere");
    assertThatThrownBy(() ->
            new GenerationJob(
                nowhere,
                LoadOptions.defaults(),
                nowhere,
                "com.1.x",
                Set.of(),
                UnknownEnums.REFUSE,
                Integers.LONG,
                Set.of(),
                List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"com.1.x\" is no name of a Java package, such as com.example.shop");
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "java.lang", "java.shop"})
  void packages_of_java_itself_are_refused(String name) {
    assertThatThrownBy(() -> GeneratorOptions.of(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\""
                + name
                + "\" belongs to Java itself, which loads no classes of others from there; name a"
                + " package such as com.example.shop");
  }

  @ParameterizedTest
  @CsvSource({"Java, api", "Java Shop, javashop", "Class, api", "1, api"})
  void a_title_that_is_no_package_gives_api(String title, String name) throws IOException {
    Path document =
        write(
            "titled.yaml",
            "openapi: 3.1.1\ninfo: { title: \"" + title + "\", version: '1' }\npaths: {}\n");

    assertThat(GeneratorOptions.packageFor(Documents.load(document))).isEqualTo(name);
  }

  @Test
  void a_broken_document_gives_its_findings() throws IOException {
    GenerationJob job = shop();
    write("pet.yaml", "type: objekt\n");

    Outcome.Refused refused = refused(job);
    assertThat(refused.findings())
        .extracting(Finding::toString)
        .singleElement()
        .asString()
        .startsWith(directory + "/pet.yaml:1:7: error[");
    assertThat(refused.sentence())
        .isEqualTo(
            "nothing was generated from " + directory + "/shop.yaml; correct the errors above");
  }

  @Test
  void what_is_not_generated_as_the_document_means_it_comes_with_the_plan() throws IOException {
    GenerationJob job = shop();
    write("shop.yaml", SHOP + "webhooks: { sold: { post: {} } }\n");

    assertThat(((Outcome.Planned) job.plan()).generation().findings())
        .extracting(Finding::rule)
        .containsExactly("webhooks-not-generated");
  }

  @Test
  void a_document_that_is_not_there_is_a_finding() throws IOException {
    Path absent = directory.resolve("absent.yaml");

    assertThat(refused(GenerationJob.of(absent, directory.resolve("src"))).findings())
        .extracting(Finding::toString)
        .containsExactly(
            absent + ": error[file-unreadable]: there is no such file; check the path");
  }

  @Test
  void a_file_is_no_directory_of_sources() throws IOException {
    Path file = write("file", "");

    assertThat(refused(GenerationJob.of(shop().document(), file)).sentence())
        .isEqualTo(file + " is no directory; name one to write into");
  }

  @Test
  void files_of_others_are_in_the_way() throws IOException {
    GenerationJob job = shop();
    Path own = directory.resolve("src/shop/model/Pet.java");
    Files.createDirectories(own.getParent());
    Files.writeString(own, "class Mine {}");
    String end = "; move it, or generate into another directory or package";
    String sentence = own + " is not generated and is in the way";

    assertThat(refused(job).sentence()).isEqualTo(sentence + end);
    Files.writeString(own.resolveSibling("package-info.java"), "package mine;");
    assertThat(refused(job).sentence()).isEqualTo(sentence + ", as is another file" + end);
  }

  private static final String ONE_SCHEMA =
      """
      openapi: 3.1.0
      info: { title: Shop, version: '1' }
      paths: {}
      components:
        schemas:
          %s: { type: object, properties: { name: { type: string } } }
      """;

  /** Generates the models of a document with one schema, below a directory. */
  private GenerationJob models(String document, String schema) throws IOException {
    Path file = directory.resolve(document);
    Files.createDirectories(file.getParent());
    Files.writeString(file, ONE_SCHEMA.formatted(schema));
    return new GenerationJob(
        file,
        LoadOptions.defaults(),
        file.getParent().resolveSibling("out"),
        "shop",
        EnumSet.of(Part.MODELS),
        UnknownEnums.REFUSE,
        Integers.LONG,
        Set.of(),
        List.of());
  }

  private static WritePlan planned(GenerationJob job) throws IOException {
    assertThat(job.plan()).isInstanceOf(Outcome.Planned.class);
    return ((Outcome.Planned) job.plan()).plan();
  }

  @Nested
  class Documents_of_one_name {
    @Test
    void do_not_take_the_place_of_each_other() throws Exception {
      GenerationJob first = models("v1/openapi.yaml", "Pet");
      planned(first).write();
      GenerationJob second = models("v2/openapi.yaml", "Toy");

      assertThat(refused(second).sentence())
          .isEqualTo(
              directory
                  + "/out/shop/model/package-info.java was generated from "
                  + first.document()
                  + " and is in the way; generate into another directory or package; if "
                  + second.document()
                  + " takes its place, delete what was generated from the other before");
      assertThat(planned(first).summary())
          .isEqualTo("0 created, 0 replaced, 0 deleted, 2 unchanged");
    }

    @Test
    void are_one_that_was_moved_when_the_other_is_not_there_any_more() throws Exception {
      planned(models("v1/openapi.yaml", "Pet")).write();
      Files.delete(directory.resolve("v1/openapi.yaml"));

      assertThat(planned(models("v2/openapi.yaml", "Toy")))
          .hasToString(
              """
              delete shop/model/Pet.java
              create shop/model/Toy.java
              replace shop/model/package-info.java\
              """);
    }
  }

  @Test
  void a_document_that_was_renamed_is_told_what_to_delete() throws Exception {
    planned(models("v1/openapi.yaml", "Pet")).write();
    Files.delete(directory.resolve("v1/openapi.yaml"));
    GenerationJob renamed = models("v1/shop.yaml", "Pet");

    assertThat(refused(renamed).sentence())
        .isEqualTo(
            directory
                + "/out/shop/model/Pet.java was generated from "
                + directory
                + "/v1/openapi.yaml, which is not there any more, and is in the way, as is another"
                + " file; generate into another directory or package; if "
                + renamed.document()
                + " takes its place, delete what was generated from the other before");
  }

  @Test
  void the_text_is_the_same_wherever_the_project_is() throws Exception {
    WritePlan here = planned(models("here/api/openapi.yaml", "Pet"));
    WritePlan there = planned(models("far/away/api/openapi.yaml", "Pet"));

    assertThat(here.steps()).isEqualTo(there.steps());
    assertThat(here.steps().getFirst().text())
        .startsWith("// Generated by BRRTRouter from ../api/openapi.yaml; do not edit.\n");
  }

  @Test
  void an_output_that_was_moved_with_its_document_stays_as_it_is() throws Exception {
    planned(models("here/api/openapi.yaml", "Pet")).write();
    Files.createDirectories(directory.resolve("far"));
    Files.move(directory.resolve("here"), directory.resolve("far/away"));

    assertThat(planned(models("far/away/api/openapi.yaml", "Pet")).summary())
        .isEqualTo("0 created, 0 replaced, 0 deleted, 2 unchanged");
  }
}
