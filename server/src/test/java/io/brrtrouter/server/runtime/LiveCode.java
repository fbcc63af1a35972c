package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A process whose code is exchanged, and the compiler of that code. */
final class LiveCode implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path directory;
  private final List<String> said = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private int jars;

  /**
   * Starts a class {@code Main}.
   *
   * @param directory where {@code api.yaml} is, and the process runs
   * @param source its source
   */
  LiveCode(Path directory, String source) throws IOException {
    this.directory = directory;
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                LiveMain.class.getName(),
                jar(source).toString(),
                "Main")
            .directory(directory.toFile())
            .redirectErrorStream(true);
    builder.environment().put("BRRTR_WATCH", "true");
    builder.environment().put("BRRTR_ALLOW_BREAKING", "true");
    builder.environment().put("BRRTR_PORT", "0");
    process = builder.start();
    Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (said) {
          said.add(line);
          said.notifyAll();
        }
      }
    } catch (IOException ended) {
      // The process was ended, and this stream with it.
    }
  }

  /** {@return the first line that says something, once it has been said} */
  String line(String part) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    synchronized (said) {
      while (true) {
        for (String line : said) {
          if (line.contains(part)) {
            return line;
          }
        }
        assertThat(System.nanoTime()).as(() -> String.join("\n", said)).isLessThan(end);
        said.wait(1000);
      }
    }
  }

  /** {@return whether something was said} */
  boolean hasSaid(String part) {
    synchronized (said) {
      return said.stream().anyMatch(line -> line.contains(part));
    }
  }

  /** {@return a jar of a class {@code Main} and a resource that is the source} */
  private Path jar(String source) throws IOException {
    Path classes = Files.createTempDirectory(directory, "classes");
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    Path file = Files.writeString(classes.resolve("Main.java"), source);
    StringBuilder mistakes = new StringBuilder();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      boolean sound =
          compiler
              .getTask(
                  Writer.nullWriter(),
                  manager,
                  mistakes::append,
                  List.of(
                      "-d",
                      classes.toString(),
                      "-cp",
                      System.getProperty("java.class.path"),
                      "-proc:none"),
                  null,
                  manager.getJavaFileObjects(file))
              .call();
      assertThat(sound).as(mistakes::toString).isTrue();
    }
    Path jar = directory.resolve("code " + jars++ + ".jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> all = Files.walk(classes)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new JarEntry(classes.relativize(each).toString()));
        Files.copy(each, entries);
      }
    }
    return jar;
  }

  /** Hands over other code. */
  void take(String source, Path... generatedFrom) throws IOException {
    tell("take", Stream.concat(Stream.of(jar(source)), Stream.of(generatedFrom)));
  }

  /** Says that files are taken with code only. */
  void leave(Path... files) throws IOException {
    tell("leave", Stream.of(files));
  }

  private void tell(String word, Stream<Path> files) throws IOException {
    StringBuilder line = new StringBuilder(word);
    files.forEach(file -> line.append(' ').append(file.toUri()));
    process.getOutputStream().write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  /** {@return what is answered, over a connection that may be new} */
  String get(String target) throws IOException, InterruptedException {
    String url = line("Listening on ").substring("Listening on ".length());
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(URI.create(url + target)).timeout(PATIENCE).build(),
            HttpResponse.BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  /** Asks until it is answered so; {@return all answers in their order} */
  List<String> until(String target, Predicate<String> wanted)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<String> answers = new ArrayList<>();
    do {
      assertThat(System.nanoTime()).as("waiting in vain: %s", answers).isLessThan(end);
      answers.add(get(target));
    } while (!wanted.test(answers.getLast()));
    return answers;
  }

  /** {@return the process} */
  Process process() {
    return process;
  }

  /** {@return its exit code, once it has ended} */
  int exit() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    client.close();
  }
}
