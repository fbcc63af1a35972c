package io.brrtrouter.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A project that {@code brrt new} made, run with {@code --watch} in a process of its own, and a
 * Maven that gives the jar that was made of it beforehand.
 */
final class LiveBench implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** Nobody looks there. */
  private static final Map<String, String> REPOSITORY =
      Map.of("BRRT_REPOSITORY", "file:///where/it/is");

  private static final String LISTENING = "Listening on ";

  final Path shop;
  private final Path home;
  private final List<String> said = new ArrayList<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;

  private LiveBench(Path home, Path shop) throws IOException {
    this.home = home;
    this.shop = shop;
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1"));
    // What is covered there counts as covered by this test.
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("-javaagent:"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "io.brrtrouter.cli.Main",
            "run",
            shop.toString(),
            "--watch",
            "--port",
            "0"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("BRRT"));
    builder.environment().putAll(REPOSITORY);
    builder
        .environment()
        .merge("PATH", home.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
    process = builder.start();
    Thread.ofVirtual().start(this::read);
  }

  /**
   * Makes a project and runs it.
   *
   * @param home an empty directory
   * @param document the document
   */
  static LiveBench of(Path home, String document) throws IOException {
    return of(home, document, List.of(), _ -> {});
  }

  /** What is done to a project before it runs. */
  interface Preparation {
    void of(Path shop) throws IOException;
  }

  /**
   * Makes a project, changes it and runs it.
   *
   * @param home an empty directory
   * @param document the document
   * @param libraries what it has besides
   * @param preparation changes it, after its jar was made
   */
  static LiveBench of(Path home, String document, List<Path> libraries, Preparation preparation)
      throws IOException {
    Path real = home.toRealPath();
    Path shop = real.resolve("a shop");
    CommandBench bench = new CommandBench(real, REPOSITORY);
    String file = bench.write("openapi.yaml", document);
    assertThat(bench.execute("new", shop.toString(), "--document", file)).as(bench.err()).isZero();
    try (Stream<Path> tests = Files.walk(shop.resolve("src/test"))) {
      for (Path each : tests.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
    Path generated = shop.resolve("target/generated-sources/brrtrouter");
    assertThat(
            new CommandBench(real, Map.of())
                .execute(
                    "generate",
                    shop.resolve("openapi.yaml").toString(),
                    "-o",
                    generated.toString()))
        .isZero();
    assertThat(new MadeProject(shop).compile(generated)).isEmpty();
    Path jar = real.resolve("made.jar");
    Path resources = Files.createDirectories(shop.resolve("src/main/resources"));
    pack(real.resolve("a shop-classes"), resources, jar);
    String classPath =
        Stream.concat(
                libraries.stream().map(Path::toString),
                Stream.of(System.getProperty("java.class.path")))
            .collect(Collectors.joining(File.pathSeparator));
    Programs.write(
        Map.of(
            real.resolve("bin/mvn"),
            """
            mkdir -p target/brrt
            cp '%1$s' target/shop.jar
            printf '%%s' '%2$s' >target/brrt/dependencies
            printf '%%s' '%2$s' >target/brrt/compile-classpath
            """
                .formatted(jar, classPath)));
    preparation.of(shop);
    return new LiveBench(real, shop);
  }

  private static void pack(Path classes, Path resources, Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, "pets.Application");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out, manifest)) {
      for (Path root : List.of(classes, resources)) {
        try (Stream<Path> all = Files.walk(root)) {
          for (Path each : all.filter(Files::isRegularFile).toList()) {
            entries.putNextEntry(new JarEntry(root.relativize(each).toString()));
            try (InputStream in = Files.newInputStream(each)) {
              in.transferTo(entries);
            }
          }
        }
      }
    }
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(UTF_8)) {
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

  /** {@return all that was said so far} */
  String said() {
    synchronized (said) {
      return String.join("\n", said);
    }
  }

  /** Replaces text in a file of the project, as editors do: by another file of its name. */
  void edit(String file, String before, String after) throws IOException {
    Path place = shop.resolve(file);
    String text = Files.readString(place);
    assertThat(text).contains(before);
    write(file, text.replace(before, after));
  }

  /** Writes a file of the project, as a whole at once. */
  void write(String file, String text) throws IOException {
    Path place = shop.resolve(file);
    Path other = Files.writeString(home.resolve("edited"), text);
    Files.createDirectories(place.getParent());
    Files.move(other, place, StandardCopyOption.ATOMIC_MOVE);
  }

  /** {@return the status and what is answered} */
  String get(String target) throws IOException, InterruptedException {
    String url = line(LISTENING).substring(LISTENING.length());
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
      assertThat(System.nanoTime()).as("%s: %s", answers, said()).isLessThan(end);
      answers.add(get(target));
    } while (!wanted.test(answers.getLast()));
    return answers;
  }

  /** {@return the process of the command, whose child runs the project} */
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
    try {
      process.destroy();
      process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      client.close();
    }
  }
}
