package io.brrtrouter.benchmarks.live;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A server that is measured, in a process of its own. It says {@code port N}, then takes a command
 * a line and answers each with a line.
 */
final class Server implements AutoCloseable {
  private final Process process;
  private final BufferedReader said;
  private final Writer commands;
  private final int port;

  private Server(Process process, BufferedReader said, int port) {
    this.process = process;
    this.said = said;
    this.commands = process.outputWriter(StandardCharsets.UTF_8);
    this.port = port;
  }

  /**
   * Starts one.
   *
   * @param heap its option
   * @param type has the main method
   * @param arguments its arguments
   */
  static Server start(String heap, Class<?> type, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                heap,
                "-XX:+UseG1GC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dslf4j.internal.verbosity=ERROR",
                "-cp",
                System.getProperty("java.class.path"),
                type.getName()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    String line = said.readLine();
    while (line != null && !line.startsWith("port ")) {
      line = said.readLine();
    }
    if (line == null) {
      process.destroyForcibly();
      throw new IOException(type.getSimpleName() + " did not start");
    }
    return new Server(process, said, Integer.parseInt(line.substring("port ".length())));
  }

  int port() {
    return port;
  }

  /** {@return what it answers to a command} */
  String ask(String command) throws IOException {
    commands.write(command + "\n");
    commands.flush();
    String answer = said.readLine();
    if (answer == null) {
      throw new IOException("the server has ended at " + command);
    }
    return answer;
  }

  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** {@return MiB that the process has in memory, now} */
  double resident() {
    return status("VmRSS:");
  }

  /** {@return MiB that the process had in memory at most} */
  double mostResident() {
    return status("VmHWM:");
  }

  private double status(String field) {
    try {
      return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
          .filter(line -> line.startsWith(field))
          .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D+", "")) / 1024.0)
          .findFirst()
          .orElseThrow();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
