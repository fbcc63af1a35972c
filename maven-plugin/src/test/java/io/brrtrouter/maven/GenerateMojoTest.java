package io.brrtrouter.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The goal without Maven around it; the JVM of the tests is the JDK that it forks. */
class GenerateMojoTest {
  private static final String SHOP =
      """
      openapi: 3.1.0
      info: { title: Shop, version: '1' }
      paths: {}
      components:
        schemas:
          Pet: { $ref: 'pet.yaml' }
          Owner: { type: object, properties: { name: { type: string } } }
      """;

  @TempDir Path directory;
  private final List<String> said = new ArrayList<>();
  private final List<Path> chosen = new ArrayList<>();
  private final MavenProject project = new MavenProject();
  private final GenerateMojo mojo = new GenerateMojo(new GoalBench.Toolchains(chosen));

  @BeforeEach
  void prepare() throws IOException {
    write("shop.yaml", SHOP);
    write("pet.yaml", "type: object\nproperties: { name: { type: string } }\n");
    mojo.setLog(new GoalBench.Listening(said));
    mojo.environment = Map.of();
    set(mojo);
  }

  private void set(GenerateMojo mojo) {
    mojo.document = directory.resolve("shop.yaml").toFile();
    mojo.outputDirectory = sources().toFile();
    mojo.workDirectory = directory.resolve("work").toFile();
    mojo.unknownEnums = "refuse";
    mojo.integers = "long";
    mojo.untyped = null;
    mojo.project = project;
    mojo.session = GoalBench.session();
    mojo.execution = new MojoExecution(new Plugin(), "generate", "shop/api");
    mojo.pluginArtifacts = GoalBench.artifacts();
    mojo.packageName = null;
    mojo.parts = null;
    mojo.allowDirectories = null;
    mojo.documentLimits = null;
    mojo.shared = null;
  }

  /** Written long ago, so that nobody can think it was written while it was read. */
  private void write(String name, String text) throws IOException {
    Path file = Files.writeString(directory.resolve(name), text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
  }

  private Path sources() {
    return directory.resolve("src");
  }

  /** Runs the goal and gives what it said, but for reasons of the debug level. */
  private List<String> run() throws MojoExecutionException, MojoFailureException {
    said.clear();
    mojo.execute();
    return said.stream().filter(line -> !line.startsWith("debug")).toList();
  }

  private boolean forked() {
    return said.stream().anyMatch(line -> line.startsWith("debug forking "));
  }

  @Test
  void generates_once_and_compiles_what_it_generated() throws Exception {
    assertThat(run())
        .singleElement()
        .asString()
        .matches("info " + sources() + ": \\d+ created, 0 replaced, 0 deleted, 0 unchanged");
    assertThat(forked()).isTrue();
    assertThat(sources().resolve("shop/model/Pet.java")).exists();
    assertThat(project.getCompileSourceRoots()).containsExactly(sources().toString());
    assertThat(directory.resolve("work/shop_api.state")).exists();

    assertThat(run()).isEmpty();
    assertThat(forked()).isFalse();
    assertThat(said)
        .containsExactly(
            "debug " + directory + "/shop.yaml is up to date: nothing that counts has changed");
  }

  @Test
  void a_file_that_the_document_refers_to_counts() throws Exception {
    run();
    write("pet.yaml", "type: object\nproperties: { age: { type: integer } }\n");

    assertThat(run())
        .singleElement()
        .asString()
        .matches(".*: 0 created, 2 replaced, 0 deleted, \\d+ unchanged");
    assertThat(said)
        .contains(
            "debug generating from %1$s/shop.yaml: %1$s/pet.yaml has changed".formatted(directory));
  }

  @Test
  void edited_and_deleted_files_are_restored() throws Exception {
    run();
    Path pet = sources().resolve("shop/model/Pet.java");
    Path owner = sources().resolve("shop/model/Owner.java");
    String generated = Files.readString(pet);
    Files.writeString(pet, generated + "// mine\n");
    Files.delete(owner);

    assertThat(run()).singleElement().asString().contains(": 1 created, 1 replaced, 0 deleted, ");
    assertThat(pet).content().isEqualTo(generated);
    assertThat(owner).exists();
  }

  @Test
  void the_generator_hears_every_parameter() throws Exception {
    Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
    Path document = Files.createDirectories(directory.resolve("api")).resolve("boxes.yaml");
    write("elsewhere/size.yaml", "type: string\nenum: [small, large]\n");
    write(
        "api/boxes.yaml",
        """
        openapi: 3.1.0
        info: { title: Boxes, version: '1' }
        paths: {}
        components:
          schemas:
            Size: { $ref: '../elsewhere/size.yaml' }
            Box: { type: object, properties: { count: { type: integer } } }
        """
            + "x-deep: "
            + "[".repeat(300)
            + "]".repeat(300)
            + "\n");
    mojo.document = document.toFile();
    mojo.packageName = "com.example";
    mojo.parts = List.of("models", "codecs");
    mojo.integers = "exact";
    mojo.unknownEnums = "keep";
    mojo.allowDirectories = List.of(elsewhere.toFile());
    mojo.documentLimits = Map.of("max_depth", "400");

    run();
    Path models = sources().resolve("com/example/model");
    assertThat(models.resolve("Box.java")).content().contains("BigInteger count");
    assertThat(models.resolve("Size.java")).content().contains("sealed interface Size");
    assertThat(sources().resolve("com/example/codec/BoxCodec.java")).exists();
    assertThat(sources().resolve("com/example/api")).doesNotExist();
  }

  @Test
  void every_parameter_counts() throws Exception {
    run();
    // Whoever forks fails now.
    mojo.environment = Map.of("BRRT_JAVA_HOME", "/nowhere");
    List<Consumer<GenerateMojo>> changes =
        List.of(
            each -> each.packageName = "com.example",
            each -> each.parts = List.of("models"),
            each -> each.integers = "exact",
            each -> each.unknownEnums = "keep",
            each -> each.untyped = List.of("list_pets"),
            each -> each.allowDirectories = List.of(directory.toFile()),
            each -> each.documentLimits = Map.of("max_depth", "300"),
            each -> each.shared = List.of(shared("pet.yaml", "com.pets")),
            each -> each.outputDirectory = directory.resolve("elsewhere").toFile(),
            each -> each.document = directory.resolve("pet.yaml").toFile());
    Path state = directory.resolve("work/shop_api.state");
    byte[] remembered = Files.readAllBytes(state);
    for (Consumer<GenerateMojo> change : changes) {
      assertThat(run()).isEmpty();
      change.accept(mojo);
      assertThatThrownBy(this::run).hasMessageStartingWith("BRRT_JAVA_HOME is /nowhere");
      assertThat(state).doesNotExist();
      Files.write(state, remembered);
      set(mojo);
    }
  }

  private SharedDocument shared(String document, String packageName) {
    SharedDocument shared = new SharedDocument();
    shared.setDocument(directory.resolve(document).toFile());
    shared.setPackage(packageName);
    return shared;
  }

  @Test
  void a_shared_document_is_imported_and_counts() throws Exception {
    Files.createDirectories(directory.resolve("api"));
    Files.createDirectories(directory.resolve("models"));
    String models =
        """
        openapi: 3.1.0
        info: { title: Models, version: '1' }
        components: { schemas: { Pet: { type: object, properties: { name: { type: string } } } } }
        """;
    write("models/models.yaml", models);
    write(
        "api/boxes.yaml",
        """
        openapi: 3.1.0
        info: { title: Boxes, version: '1' }
        paths: {}
        components:
          schemas:
            Box: { type: object, properties: { pet: { $ref: '../models/models.yaml#/components/schemas/Pet' } } }
        """);
    mojo.document = directory.resolve("api/boxes.yaml").toFile();
    mojo.shared = List.of(shared("models/models.yaml", "com.models"));

    run();
    assertThat(sources().resolve("boxes/model/Box.java"))
        .content()
        .contains("import com.models.model.Pet;");
    assertThat(sources().resolve("boxes/model/Pet.java")).doesNotExist();
    run();
    assertThat(forked()).isFalse();

    write("models/models.yaml", models.replace("Pet:", "Cat: {}, Pet:"));
    assertThat(run()).singleElement().asString().contains(": 0 created, 0 replaced, 0 deleted, ");
    assertThat(said)
        .contains(
            "debug generating from %1$s/api/boxes.yaml: %1$s/models/models.yaml has changed"
                .formatted(directory));
  }

  @Test
  void a_shared_document_without_a_package_is_named() {
    SharedDocument nameless = new SharedDocument();
    mojo.shared = List.of(nameless);
    assertThatThrownBy(this::run)
        .isInstanceOf(MojoFailureException.class)
        .hasMessage("shared: an element has no <document>; give it both");

    nameless.setDocument(directory.resolve("pet.yaml").toFile());
    assertThatThrownBy(this::run)
        .isInstanceOf(MojoFailureException.class)
        .hasMessage(
            "shared: an element for %s/pet.yaml has no <package>; give it both"
                .formatted(directory));

    nameless.setPackage("com.1.x");
    assertThatThrownBy(this::run)
        .isInstanceOf(MojoFailureException.class)
        .hasMessage("shared: \"com.1.x\" is no name of a Java package, such as com.example.shop");
  }

  @Test
  void another_plugin_generates_again() throws Exception {
    run();
    List<Artifact> more = new ArrayList<>(GoalBench.artifacts());
    write("new.jar", "");
    more.add(GoalBench.artifact(directory.resolve("new.jar").toString()));
    mojo.pluginArtifacts = more;

    run();
    assertThat(forked()).isTrue();
  }

  @Test
  void a_broken_document_fails_every_time() throws Exception {
    run();
    write("pet.yaml", "type: objekt\n");
    String sentence =
        "nothing was generated from " + directory + "/shop.yaml; correct the errors above";

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(this::run).isInstanceOf(MojoFailureException.class).hasMessage(sentence);
      assertThat(said)
          .anyMatch(line -> line.startsWith("error " + directory + "/pet.yaml:1:7: error["))
          .contains("error     1 | type: objekt");
    }
  }

  @Test
  void warnings_are_warnings() throws Exception {
    write("shop.yaml", SHOP + "webhooks: { sold: { post: {} } }\n");

    assertThat(run().getFirst())
        .isEqualTo(
            "warning "
                + directory
                + "/shop.yaml:8:19: warning[webhooks-not-generated]: the webhook sold is not generated");
  }

  @Test
  void a_skipped_generation_compiles_what_is_there() throws Exception {
    mojo.skip = true;

    assertThat(run())
        .containsExactly("info generating is skipped; " + sources() + " is compiled as it is");
    assertThat(project.getCompileSourceRoots()).containsExactly(sources().toString());
    assertThat(sources()).doesNotExist();
  }

  @Test
  void the_JDK_of_a_toolchain_is_forked_first() throws Exception {
    mojo.environment = Map.of("BRRT_JAVA_HOME", "/nowhere");
    chosen.add(Path.of(System.getProperty("java.home"), "bin/java"));

    run();
    assertThat(said)
        .anyMatch(line -> line.startsWith("debug forking " + System.getProperty("java.home")));

    chosen.clear();
    mojo.integers = "exact";
    assertThatThrownBy(this::run)
        .isInstanceOf(MojoFailureException.class)
        .hasMessage("BRRT_JAVA_HOME is /nowhere, which is not a JDK 25 or newer");
  }

  @Test
  void a_generator_that_breaks_is_shown() {
    mojo.pluginArtifacts = List.of();

    assertThatThrownBy(this::run)
        .isInstanceOf(MojoExecutionException.class)
        .hasMessageStartingWith(
            "the generator ended with status 1 and this output, please report it:\n")
        .hasMessageContaining("io.brrtrouter.codegen.ForkedJob");
  }

  @Test
  void what_cannot_be_written_is_named() throws Exception {
    write("work", "a file");

    assertThatThrownBy(this::run)
        .isInstanceOf(MojoExecutionException.class)
        .hasMessageStartingWith("generating from " + directory + "/shop.yaml failed: java.");
  }
}
