package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompletionCommandTest {
  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "brrt l                  | lint",
        "brrt serve --po         | --port",
        "brrt lint --format s    | sarif",
        "brrt lint --fail-on w   | warning",
        "brrt completion z       | zsh"
      })
  void completes_in_bash(String typed, String completed) throws Exception {
    assumeThat(onPath("bash")).as("bash is on the PATH").isTrue();
    Path script = script("bash");
    List<String> words = List.of(typed.split(" "));
    ProcessBuilder builder =
        new ProcessBuilder(
            "bash",
            "-c",
            "source \"$0\"; compopt() { :; }; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); COMP_LINE=\"$*\";"
                + " _complete_brrt; echo \"${COMPREPLY[*]}\"",
            script.toString());
    builder.command().addAll(words);
    Process process = builder.redirectErrorStream(true).start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(new String(process.getInputStream().readAllBytes())).isEqualTo(completed + "\n");
  }

  @Test
  void writes_the_same_script_for_zsh_which_prepares_zsh_for_it() throws IOException {
    assertThat(script("zsh"))
        .hasSameTextualContentAs(script("bash"))
        .content()
        .contains("autoload -U +X bashcompinit && bashcompinit");
  }

  private Path script(String shell) throws IOException {
    CommandBench bench = new CommandBench(directory, Map.of());
    assertThat(bench.execute("completion", shell)).isZero();
    return Files.writeString(directory.resolve(shell + "-completion"), bench.out());
  }

  private static boolean onPath(String program) {
    return List.of(System.getenv("PATH").split(":")).stream()
        .anyMatch(each -> Files.isExecutable(Path.of(each, program)));
  }
}
