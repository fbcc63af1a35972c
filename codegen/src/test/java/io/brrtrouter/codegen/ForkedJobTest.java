package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a process answers that was asked to generate. */
class ForkedJobTest {
  @TempDir Path directory;
  private final Properties wanted = new Properties();
  private Path document;

  @BeforeEach
  void prepare() throws IOException {
    Path models = Files.createDirectories(directory.resolve("models"));
    write(models.resolve("pet.yaml"), "type: object\nproperties: { name: { type: string } }\n");
    document = directory.resolve("shop.yaml");
    write(
        document,
        """
        openapi: 3.1.0
        info: { title: Shop, version: '1' }
        paths: {}
        components:
          schemas:
            Pet: { $ref: 'models/pet.yaml' }
        """);
    wanted.setProperty("document", document.toString());
    wanted.setProperty("outputDirectory", sources().toString());
    wanted.setProperty("parts.0", "models");
  }

  /** Written long ago, so that nobody can think it was written just now. */
  private static void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
  }

  private Path sources() {
    return directory.resolve("src");
  }

  private List<String> reply() throws IOException {
    Path request = directory.resolve("request");
    Path reply = directory.resolve("reply");
    try (Writer out = Files.newBufferedWriter(request)) {
      wanted.store(out, null);
    }
    ForkedJob.main(new String[] {request.toString(), reply.toString()});
    return Files.readAllLines(reply);
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }

  @Test
  void writes_and_says_what_was_read_and_written() throws Exception {
    assertThat(reply())
        .containsExactly(
            "info " + sources() + ": 2 created, 0 replaced, 0 deleted, 0 unchanged",
            "input " + sha256(document) + " " + document,
            "input "
                + sha256(directory.resolve("models/pet.yaml"))
                + " "
                + directory.resolve("models/pet.yaml"),
            "output " + sha256(sources().resolve("shop/model/Pet.java")) + " shop/model/Pet.java",
            "output "
                + sha256(sources().resolve("shop/model/package-info.java"))
                + " shop/model/package-info.java");
  }

  @Test
  void every_property_counts() throws IOException {
    Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
    wanted.setProperty("packageName", "com.example");
    wanted.setProperty("parts.1", "Codecs");
    wanted.setProperty("unknownEnums", "keep");
    wanted.setProperty("integers", "exact");
    wanted.setProperty("allowDirectories.0", elsewhere.toString());
    Path documents = Files.createDirectories(directory.resolve("documents"));
    write(elsewhere.resolve("size.yaml"), "enum: [small, large]\ntype: string\n");
    document = documents.resolve("shop.yaml");
    wanted.setProperty("document", document.toString());
    write(
        document,
        """
        openapi: 3.1.0
        info: { title: Shop, version: '1' }
        paths: {}
        components:
          schemas:
            Size: { $ref: '../elsewhere/size.yaml' }
            Box: { type: object, properties: { count: { type: integer } } }
        """);

    assertThat(reply()).noneMatch(line -> line.startsWith("error") || line.startsWith("failed"));
    Path models = sources().resolve("com/example/model");
    assertThat(models.resolve("Box.java")).content().contains("BigInteger count");
    assertThat(models.resolve("Size.java")).content().contains("sealed interface Size");
    assertThat(sources().resolve("com/example/codec/BoxCodec.java")).exists();
    assertThat(sources().resolve("com/example/api")).doesNotExist();
  }

  @Test
  void limits_of_documents_are_those_asked_for() throws IOException {
    wanted.setProperty("documentLimits.0", "max_aliases=5");
    wanted.setProperty("documentLimits.1", "max_files=1");
    assertThat(reply())
        .anyMatch(line -> line.contains("the document consists of more than 1 files"));

    wanted.setProperty("documentLimits.1", "max_files= 2 ");
    assertThat(reply()).noneMatch(line -> line.startsWith("error"));
  }

  @Test
  void findings_come_line_by_line_and_nothing_is_remembered() throws IOException {
    write(directory.resolve("models/pet.yaml"), "type: objekt\n");

    List<String> reply = reply();
    String pet = directory.resolve("models/pet.yaml").toString();
    assertThat(reply.getFirst()).startsWith("error " + pet + ":1:7: error[");
    assertThat(reply.subList(1, 3))
        .containsExactly("error     1 | type: objekt", "error       |       ^");
    assertThat(reply.getLast())
        .isEqualTo("failed nothing was generated from " + document + "; correct the errors above");
    assertThat(reply).noneMatch(line -> line.startsWith("input"));
    assertThat(sources()).doesNotExist();
  }

  @Test
  void what_may_have_changed_while_it_was_read_is_not_remembered() throws IOException {
    Path later = Files.writeString(directory.resolve("later"), "");
    FileTime now = Files.getLastModifiedTime(later);
    Files.setLastModifiedTime(
        directory.resolve("models/pet.yaml"), FileTime.fromMillis(now.toMillis() + 60_000));

    assertThat(reply())
        .containsExactly("info " + sources() + ": 2 created, 0 replaced, 0 deleted, 0 unchanged");
  }

  @Test
  void what_cannot_be_written_is_no_failure_of_the_generator() throws IOException {
    wanted.setProperty("outputDirectory", "/dev/null/x");

    assertThat(reply())
        .last()
        .asString()
        .matches("failed cannot write /dev/null/x/\\S+\\.java: not a directory");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          parts.0            | model   | parts: "model" is none of models, codecs, handlers, server, client, senders, typescript
          unknownEnums       | drop    | unknownEnums: "drop" is none of refuse, keep
          integers           | int     | integers: "int" is none of long, exact
          packageName        | com.1.x | packageName: "com.1.x" is no name of a Java package, such as com.example.shop
          untyped.0          | send    | untyped: no operation of DOCUMENT has a handler "send"; name its x-handler, else its operationId
          allowDirectories.0 | /no/dir | allowDirectories: there is no directory /no/dir
          documentLimits.0   | depth=5 | documentLimits: there is no limit of documents with the name depth; max_depth is one
          documentLimits.0   | max_depth=0 | documentLimits: max_depth is a number from 1 to 1000, not "0"
          documentLimits.0   | max_depth=x | documentLimits: max_depth is a number from 1 to 1000, not "x"
          """)
  void refuses_what_makes_no_sense(String name, String value, String sentence) throws IOException {
    wanted.setProperty(name, value);

    assertThat(reply())
        .containsExactly("failed " + sentence.replace("DOCUMENT", document.toString()));
    assertThat(sources()).doesNotExist();
  }
}
