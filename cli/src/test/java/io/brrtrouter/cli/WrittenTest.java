package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report that cannot be written is no success. */
class WrittenTest {
  @TempDir Path directory;
  private Path document = Path.of("");

  @BeforeEach
  void write() throws IOException {
    document = Files.writeString(directory.resolve("pets.yaml"), CommandBench.PETS);
  }

  private ProcessBuilder brrt(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ForkedJvm.serverFlags());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.brrtrouter.cli.Main");
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(directory.resolve("err.txt").toFile());
  }

  private int exit(Process process) throws InterruptedException {
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Test
  void a_full_disk_is_told_and_fails() throws Exception {
    File full = new File("/dev/full");
    assumeTrue(full.exists(), "there is no /dev/full here");

    Process lint =
        brrt("lint", "--format", "json", document.toString()).redirectOutput(full).start();

    assertThat(exit(lint)).isEqualTo(1);
    assertThat(directory.resolve("err.txt"))
        .hasContent("brrt: standard output is not complete: No space left on device\n");
  }

  @Test
  void a_reader_that_has_seen_enough_needs_no_word() throws Exception {
    Process routes = brrt("routes", document.toString()).start();
    routes.getInputStream().close();
    assertThat(exit(routes)).isEqualTo(141);
    assertThat(directory.resolve("err.txt")).isEmptyFile();
  }
}
