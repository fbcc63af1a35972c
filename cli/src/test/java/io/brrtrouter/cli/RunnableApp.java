package io.brrtrouter.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** What {@code brrt run} runs in tests: writes down what it sees, and waits when asked to. */
public final class RunnableApp {
  private RunnableApp() {}

  /**
   * Runs.
   *
   * @param args ignored but written down
   * @throws Exception when the file cannot be written
   */
  public static void main(String[] args) throws Exception {
    Path file = Path.of("app.txt");
    Files.write(
        file,
        List.of(
            "arguments " + List.of(args),
            "port " + System.getenv("BRRTR_PORT"),
            "host " + System.getenv("BRRTR_HOST"),
            "config " + System.getenv("BRRTR_CONFIG"),
            "verbose " + System.getenv("BRRTR_VERBOSE"),
            "typed in " + System.getenv("BRRTR_TYPED_IN"),
            "command " + List.of(ProcessHandle.current().info().arguments().orElseThrow())));
    String behaviour = Objects.requireNonNullElse(System.getenv("BRRTR_HOST"), "");
    if (behaviour.startsWith("exit-")) {
      System.exit(Integer.parseInt(behaviour.substring("exit-".length())));
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(file)));
    System.out.println("ready");
    // Until it is stopped, or whoever started it has gone without a word.
    ProcessHandle.current().parent().orElseThrow().onExit().join();
  }

  private static void stop(Path file) {
    try {
      Files.writeString(file, "stopped");
    } catch (IOException e) {
      Runtime.getRuntime().halt(9);
    }
    Runtime.getRuntime().halt(5);
  }
}
