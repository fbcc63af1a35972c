package io.brrtrouter.cli;

import io.brrtrouter.openapi.Finding;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A project's own JVM: it has our terminal, gets our signals, and its exit code becomes ours. */
final class ForkedJvm {
  /** What a shell reports of a process that SIGTERM ended. */
  private static final int STOPPED = 143;

  private static final String LIVE_MAIN = "io.brrtrouter.server.runtime.LiveMain";

  private final ProcessBuilder builder;
  private @Nullable Process child;
  private boolean stopped;
  private final CountDownLatch started = new CountDownLatch(1);

  /**
   * Prepares a JVM.
   *
   * @param directory where it runs
   * @param project what it runs
   * @param environment what its environment has besides ours
   */
  ForkedJvm(Path directory, ProjectBuild.Runnable project, Map<String, String> environment) {
    this(directory, project.classPath(), List.of(project.mainClass()), environment);
  }

  private ForkedJvm(
      Path directory, List<Path> classPath, List<String> program, Map<String, String> environment) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(serverFlags());
    String stack = System.getProperty("brrt.stack");
    if (stack != null) {
      command.add("-Xss" + stack);
    }
    command.add("-cp");
    command.add(
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.addAll(program);
    builder = new ProcessBuilder(command).directory(directory.toFile()).inheritIO();
    builder.environment().putAll(environment);
  }

  /**
   * {@return a JVM whose code is exchanged while it runs}
   *
   * @param directory where it runs
   * @param libraries what its code needs
   * @param jar its code
   * @param mainClass the class to start
   * @param environment what its environment has besides ours
   */
  static ForkedJvm live(
      Path directory,
      List<Path> libraries,
      Path jar,
      String mainClass,
      Map<String, String> environment) {
    ForkedJvm jvm =
        new ForkedJvm(
            directory, libraries, List.of(LIVE_MAIN, jar.toString(), mainClass), environment);
    jvm.builder.redirectInput(ProcessBuilder.Redirect.PIPE);
    return jvm;
  }

  /**
   * Tells a JVM whose code is exchanged something, once it has been started.
   *
   * @param word what to do
   * @param files with what
   */
  void tell(String word, List<Path> files) throws IOException, InterruptedException {
    say(word, files.stream().map(file -> file.toUri().toString()).toList());
  }

  /**
   * Tells a live process that changed code is not taken.
   *
   * @param errors why
   */
  void refuse(List<Finding> errors) throws IOException, InterruptedException {
    say(
        "refuse",
        errors.stream()
            .map(error ->
                URLEncoder.encode(
                    error.rule()
                        + '\n'
                        + error.location().file()
                        + '\n'
                        + error.location().line()
                        + '\n'
                        + error.location().column()
                        + '\n'
                        + error.message()
                        + (error.fix().isEmpty() ? "" : "; " + error.fix()),
                    StandardCharsets.UTF_8))
            .toList());
  }

  private void say(String word, List<String> arguments) throws IOException, InterruptedException {
    started.await();
    StringBuilder line = new StringBuilder(word);
    arguments.forEach(each -> line.append(' ').append(each));
    OutputStream input = Objects.requireNonNull(stoppable()).getOutputStream();
    input.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    input.flush();
  }

  private synchronized @Nullable Process stoppable() {
    return child;
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
    Thread hook = new Thread(() -> Runtime.getRuntime().halt(stop()), "stop-project");
    try {
      // Before there is a child: a signal in between would leave it running.
      Runtime.getRuntime().addShutdownHook(hook);
      int status = await();
      Runtime.getRuntime().removeShutdownHook(hook);
      return status;
    } catch (IllegalStateException shuttingDown) {
      // A signal reached both of us and the hook is about to end this process.
      return stop();
    } catch (InterruptedException e) {
      Runtime.getRuntime().removeShutdownHook(hook);
      stop();
      throw e;
    }
  }

  private int await() throws IOException, InterruptedException {
    Process started = start();
    return started == null ? STOPPED : started.waitFor();
  }

  private synchronized @Nullable Process start() throws IOException {
    if (!stopped) {
      child = builder.start();
      started.countDown();
    }
    return child;
  }

  /** Ends it, or keeps it from starting, and gives its exit code. */
  int stop() {
    Process started = stopping();
    if (started == null) {
      return STOPPED;
    }
    started.destroy();
    while (true) {
      try {
        return started.waitFor();
      } catch (InterruptedException e) {
        // Whoever asks to stop wants the child to have stopped.
        Thread.onSpinWait();
      }
    }
  }

  private synchronized @Nullable Process stopping() {
    stopped = true;
    return child;
  }
}
