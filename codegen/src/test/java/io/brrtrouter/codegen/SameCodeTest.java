package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Promise 8: the same document gives byte-identical generated code. Whatever the order of unordered
 * collections, of which each process has its own, the language, the time zone or the character
 * encoding.
 */
class SameCodeTest {
  /** That two processes have one order has a chance of some percent. */
  private static final int MOST_PROCESSES = 20;

  @TempDir Path directory;

  @Test
  void of_the_pet_store_comes_from_processes_that_order_sets_otherwise() throws Exception {
    Run first = run(0, List.of());
    Run other = first;
    for (int i = 1; i <= MOST_PROCESSES && other.order.equals(first.order); i++) {
      other =
          run(
              i,
              List.of(
                  "-XX:+UnlockExperimentalVMOptions",
                  "-XX:hashCode=0",
                  "-Duser.language=tr",
                  "-Duser.country=TR",
                  "-Duser.timezone=Pacific/Kiritimati",
                  "-Dfile.encoding=ISO-8859-1"));
    }

    assertThat(other.order).as("order of an unordered set").isNotEqualTo(first.order);
    assertThat(Files.size(first.code)).isGreaterThan(100_000);
    assertThat(other.code).hasSameBinaryContentAs(first.code);
  }

  /**
   * What a process has made.
   *
   * @param code all of the code
   * @param order of a set that has none
   */
  private record Run(Path code, String order) {}

  private Run run(int number, List<String> options) throws Exception {
    Path code = directory.resolve("code" + number);
    Path order = directory.resolve("order" + number);
    Path said = directory.resolve("said" + number);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-Dbrrt.root=" + Documents.root());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(FreshGeneration.class.getName());
    command.add(Documents.root().resolve("examples/petstore/openapi.yaml").toString());
    command.addAll(List.of(code.toString(), order.toString()));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("it ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(said)).isZero();
    return new Run(code, Files.readString(order));
  }
}
