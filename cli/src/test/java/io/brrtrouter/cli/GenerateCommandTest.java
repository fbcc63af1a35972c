package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenerateCommandTest {
  @TempDir Path directory;
  private CommandBench bench;

  @BeforeEach
  void prepare() {
    bench = new CommandBench(directory, Map.of());
  }

  private String sources() {
    return directory.resolve("src").toString();
  }

  @Test
  void writes_what_the_document_describes_and_then_keeps_it() throws IOException {
    String document = bench.write("pets.yaml", CommandBench.PETS);

    assertThat(bench.execute("generate", document, "-o", sources())).isZero();
    assertThat(bench.out()).matches("src: \\d+ created, 0 replaced, 0 deleted, 0 unchanged\n");
    assertThat(bench.err()).isEmpty();
    assertThat(directory.resolve("src/pets/api/ListPetsHandler.java"))
        .content()
        .contains("ListPetsResponse handle(ListPetsRequest request) throws Exception;");

    bench.execute("generate", document, "-o", sources());
    assertThat(bench.out()).matches("src: 0 created, 0 replaced, 0 deleted, \\d+ unchanged\n");
  }

  @Test
  void a_dry_run_says_it_and_writes_nothing() throws IOException {
    String document = bench.write("pets.yaml", CommandBench.PETS);

    bench.execute("generate", document, "-o", sources(), "--package=com.example", "--dry-run");

    assertThat(bench.out())
        .startsWith("create com/example/api/DeletePetHandler.java\n")
        .contains("create com/example/client/PetsClient.java\n")
        .endsWith("0 deleted, 0 unchanged; nothing was written\n");
    assertThat(Path.of(sources())).doesNotExist();
  }

  @Test
  void one_part_leaves_the_others_alone() throws IOException {
    String document = bench.write("pets.yaml", CommandBench.PETS);
    bench.execute("generate", document, "-o", sources());

    bench.execute("generate", document, "-o", sources(), "--only", "models");

    assertThat(bench.out()).contains("0 deleted");
    assertThat(directory.resolve("src/pets/api/ListPetsHandler.java")).exists();
  }

  @Test
  void an_operation_can_be_left_to_a_handler_of_plain_requests() throws IOException {
    String document = bench.write("pets.yaml", CommandBench.PETS);

    bench.execute("generate", document, "-o", sources(), "--untyped", "list_pets");

    Path api = directory.resolve("src/pets/api");
    assertThat(api.resolve("PetsApi.java")).content().contains("deletePet").doesNotContain("list");
    assertThat(api.resolve("ListPetsHandler.java")).doesNotExist();

    assertThat(bench.execute("generate", document, "-o", sources(), "--untyped", "list_pet"))
        .isEqualTo(1);
    assertThat(bench.err())
        .isEqualTo(
            "brrt: untyped: no operation of pets.yaml has a handler \"list_pet\"; did you mean"
                + " \"list_pets\"?\n");
  }

  @Test
  void typescript_is_written_when_it_is_asked_for_and_leaves_java_alone() throws IOException {
    String document = bench.write("pets.yaml", CommandBench.PETS);
    bench.execute("generate", document, "-o", sources());
    assertThat(directory.resolve("src/client.ts")).doesNotExist();

    bench.execute("generate", document, "-o", sources(), "--only", "typescript");

    assertThat(bench.out()).endsWith("src: 3 created, 0 replaced, 0 deleted, 0 unchanged\n");
    assertThat(directory.resolve("src/client.ts")).content().contains("export class PetsClient {");
  }

  @Test
  void what_somebody_wrote_is_never_replaced() throws IOException {
    String document = bench.write("pets.yaml", CommandBench.PETS);
    Path own = directory.resolve("src/pets/api/ListPetsHandler.java");
    Files.createDirectories(own.getParent());
    Files.writeString(own, "class Mine {}\n");

    assertThat(bench.execute("generate", document, "-o", sources())).isEqualTo(1);
    assertThat(bench.err())
        .isEqualTo(
            "brrt: src/pets/api/ListPetsHandler.java is not generated and is in"
                + " the way; move it, or generate into another directory or package\n");
    assertThat(own).content().isEqualTo("class Mine {}\n");
    assertThat(own.getParent()).isDirectoryNotContaining(path -> !path.equals(own));
  }

  @Test
  void says_what_is_wrong_with_a_broken_document() throws IOException {
    String document = bench.write("broken.yaml", CommandBench.BROKEN);

    assertThat(bench.execute("generate", document, "-o", sources())).isEqualTo(1);
    assertThat(bench.out()).isEmpty();
    assertThat(bench.err())
        .startsWith("broken.yaml:4:3: error[path-parameter-undeclared]: ")
        .endsWith("brrt: nothing was generated from broken.yaml; correct the errors above\n");
    assertThat(Path.of(sources())).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --only=model       | 2 | invalid value for --only: "model" is none of models, codecs, handlers, server, client, senders, typescript; run "brrt generate --help"
          --package=com.1.x  | 2 | --package: "com.1.x" is no name of a Java package, such as com.example.shop
          --shared=models    | 2 | --shared needs a document and its package, as in --shared models/openapi.yaml=com.example.models
          --shared=no.yaml=m | 1 | there is no file no.yaml
          --output=          | 2 | --output needs the name of a directory
          --package=java.pets | 2 | --package: "java.pets" belongs to Java itself, which loads no classes of others from there; name a package such as com.example.shop
          --output=/dev/null/x | 1 | cannot write /dev/null/x/pets/api/
          --output=pets.yaml | 1 | pets.yaml is no directory; name one to write into
          """)
  void refuses_what_makes_no_sense(String option, int status, String sentence) throws IOException {
    String document = bench.write("pets.yaml", CommandBench.PETS);
    String argument = option.equals("--output=pets.yaml") ? "--output=" + document : option;
    int given =
        option.startsWith("--output")
            ? bench.execute("generate", document, argument)
            : bench.execute("generate", document, "-o", sources(), argument);

    assertThat(given).isEqualTo(status);
    assertThat(bench.err()).startsWith("brrt: " + sentence);
  }

  @Test
  void classes_of_a_shared_document_are_imported() throws IOException {
    String document = bench.write("pets.yaml", CommandBench.PETS);
    String models =
        bench.write(
            "models.yaml",
            """
            openapi: 3.1.0
            info: { title: Models, version: '1' }
            components: { schemas: { Owner: { type: object, properties: { name: { type: string } } } } }
            """);
    String owners =
        bench.write(
            "owners.yaml",
            """
            openapi: 3.1.0
            info: { title: Owners, version: '1' }
            components: { schemas: { Owners: { type: object, properties: { all: { $ref: 'models.yaml#/components/schemas/Owner' } } } } }
            """);

    assertThat(
            bench.execute("generate", owners, "-o", sources(), "--shared", models + "=com.models"))
        .isZero();
    assertThat(Path.of(sources()).resolve("owners/model/Owners.java"))
        .content()
        .contains("import com.models.model.Owner;");
    bench.err();
    assertThat(bench.execute("generate", document, "-o", sources(), "--shared", models + "=1"))
        .isEqualTo(2);
    assertThat(bench.err())
        .startsWith("brrt: --shared: \"1\" is no name of a Java package, such as com.example.shop");
  }

  @Test
  void an_output_is_needed() throws IOException {
    assertThat(bench.execute("generate", bench.write("pets.yaml", CommandBench.PETS))).isEqualTo(2);
    assertThat(bench.err())
        .isEqualTo(
            "brrt: --output is missing, as in \"brrt generate openapi.yaml -o target/generated-sources/brrtrouter\"; run"
                + " \"brrt generate --help\"\n");
  }

  @Test
  void a_document_is_needed_too() {
    assertThat(bench.execute("generate")).isEqualTo(2);
    assertThat(bench.err())
        .isEqualTo(
            "brrt: DOCUMENT and --output are missing, as in \"brrt generate openapi.yaml -o"
                + " target/generated-sources/brrtrouter\"; run \"brrt generate --help\"\n");
  }
}
