package io.brrtrouter.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A project's own JVM: it has our terminal, gets our signals, and its exit code becomes ours. */
final class ForkedJvm {
  private final ProcessBuilder builder;

  /**
   * Prepares a JVM.
   *
   * @param directory where it runs
   * @param project what it runs
   * @param environment what its environment has besides ours
   */
  ForkedJvm(Path directory, ProjectBuild.Runnable project, Map<String, String> environment) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(serverFlags());
    String stack = System.getProperty("brrt.stack");
    if (stack != null) {
      command.add("-Xss" + stack);
    }
    command.add("-cp");
    command.add(
        project.classPath().stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator)));
    command.add(project.mainClass());
    builder = new ProcessBuilder(command).directory(directory.toFile()).inheritIO();
    builder.environment().putAll(environment);
  }

  /** {@return the options every server's JVM runs with, one per element} */
  static List<String> serverFlags() {
    try (InputStream resource =
        Objects.requireNonNull(ForkedJvm.class.getResourceAsStream("server.flags"))) {
      return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs it to its end and gives its exit code. */
  int run() throws IOException, InterruptedException {
    Process child = builder.start();
    Thread stop = new Thread(() -> Runtime.getRuntime().halt(stop(child)), "stop-project");
    Runtime.getRuntime().addShutdownHook(stop);
    try {
      int status = child.waitFor();
      Runtime.getRuntime().removeShutdownHook(stop);
      return status;
    } catch (IllegalStateException shuttingDown) {
      // A signal reached both of us and the hook is about to end this process.
      return child.waitFor();
    } catch (InterruptedException e) {
      Runtime.getRuntime().removeShutdownHook(stop);
      stop(child);
      throw e;
    }
  }

  private static int stop(Process child) {
    child.destroy();
    while (true) {
      try {
        return child.waitFor();
      } catch (InterruptedException e) {
        // Whoever asks to stop wants the child to have stopped.
        Thread.onSpinWait();
      }
    }
  }
}
