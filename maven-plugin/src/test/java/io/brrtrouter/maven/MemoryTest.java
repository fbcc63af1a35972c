package io.brrtrouter.maven;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When nothing has to be generated. */
class MemoryTest {
  /** The hash of the word, by sha256sum. */
  private static final String OLD =
      "cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4";

  @TempDir Path directory;
  private Path document;
  private Path generated;

  @BeforeEach
  void prepare() throws IOException {
    document = Files.writeString(directory.resolve("my document.yaml"), "old");
    generated = Files.createDirectories(directory.resolve("src/shop")).resolve("Pet.java");
    Files.writeString(generated, "old");
    memory("a=1", "b=2")
        .keep(List.of("input " + OLD + " " + document, "output " + OLD + " shop/Pet.java"));
  }

  private Memory memory(String... circumstances) {
    return new Memory(directory.resolve("state"), List.of(circumstances));
  }

  private String staleness() throws IOException {
    return memory("a=1", "b=2").staleness(directory.resolve("src"));
  }

  @Test
  void nothing_has_changed() throws IOException {
    Files.writeString(document, "old");

    assertThat(staleness()).isNull();
  }

  @Test
  void a_file_of_the_document_has_changed() throws IOException {
    Files.writeString(document, "new");

    assertThat(staleness()).isEqualTo(document + " has changed");
  }

  @Test
  void a_file_of_the_document_has_gone() throws IOException {
    Files.delete(document);

    assertThat(staleness()).isEqualTo(document + " has changed");
  }

  @Test
  void a_generated_file_was_edited() throws IOException {
    Files.writeString(generated, "mine");

    assertThat(staleness()).isEqualTo(generated + " has changed");
  }

  @Test
  void a_generated_file_was_deleted() throws IOException {
    Files.delete(generated);

    assertThat(staleness()).isEqualTo(generated + " has changed");
  }

  @Test
  void circumstances_have_changed() throws IOException {
    Path output = directory.resolve("src");
    String reason = "a parameter or the plugin is another than before";

    assertThat(memory("a=1", "b=3").staleness(output)).isEqualTo(reason);
    assertThat(memory("a=1").staleness(output)).isEqualTo(reason);
    assertThat(memory("a=1", "b=2", "c=3").staleness(output)).isEqualTo(reason);
  }

  @Test
  void half_a_memory_is_none() throws IOException {
    Path state = directory.resolve("state");
    List<String> lines = Files.readAllLines(state);
    for (int length = 0; length < lines.size(); length++) {
      Files.write(state, lines.subList(0, length));
      assertThat(staleness()).isEqualTo("an earlier build has not ended");
    }
    Files.write(state, lines);
    assertThat(staleness()).isNull();
  }

  @Test
  void a_damaged_memory_is_no_reason_to_fail() throws IOException {
    Files.write(directory.resolve("state"), new byte[] {(byte) 0xFF});

    assertThat(staleness()).isEqualTo("what is known of an earlier build cannot be read");
  }

  @Test
  void nothing_is_known_of_an_earlier_build() throws IOException {
    memory("a=1", "b=2").forget();
    assertThat(staleness()).isEqualTo("nothing is known of an earlier build");

    memory("a=1", "b=2").keep(List.of());
    assertThat(staleness()).isEqualTo("nothing is known of an earlier build");
  }
}
