package io.brrtrouter.benchmarks.live;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From saving a file of a project that runs with {@code brrt run --watch} to the first answer with
 * what is new, and the CPU time that the command and its server take meanwhile. The projects are
 * the pet store, in a copy of the checkout, and one that {@code brrt new} has made; Maven builds
 * both first.
 *
 * <pre>{@code
 * ./benchmarks/run --main io.brrtrouter.benchmarks.live.LiveEdits [edits]
 * }</pre>
 */
public final class LiveEdits {
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)");
  private static final Duration START = Duration.ofMinutes(9);
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** Between questions; each costs the server something too. */
  private static final long QUESTIONS_MILLIS = 10;

  /** Between edits, so that none is measured with what the one before has left to do. */
  private static final long PAUSE_MILLIS = 1_000;

  /** What a place of a file has before the first edit, and what edits put in its stead. */
  private static final String PLACE = "place-0-";

  private static final String DOCUMENT =
      """
      openapi: 3.1.1
      info: { title: Shop, version: 1.0.0 }
      paths:
        /pets/{id}:
          get:
            operationId: get_pet
            description: A pet, place-0-.
            parameters: [ { name: id, in: path, required: true, schema: { type: integer } } ]
            responses:
              200:
                description: The pet.
                content:
                  application/json:
                    schema: { type: object, required: [name], properties: { name: { type: string } } }
                    example: { name: place-0- }
      """;

  /**
   * A file that is edited, and where the edit shows.
   *
   * @param file has {@link #PLACE} once
   * @param path of which the answer has it too
   */
  private record Place(Path file, String path) {}

  private record Kind(String name, List<Place> places) {}

  /** One edit, in nanoseconds. */
  private record Taken(long wall, long command, long server) {}

  private final HttpClient client = HttpClient.newHttpClient();
  private final Path home;
  private final int edits;
  private int number;

  private LiveEdits(Path home, int edits) {
    this.home = home;
    this.edits = edits;
  }

  /**
   * Prints the figures.
   *
   * @param args edits of each kind, 10 by default
   * @throws IOException if a project does not run, or does not take an edit in a minute
   * @throws InterruptedException if the thread is interrupted
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    int edits = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    Path home = Files.createTempDirectory("edits").toRealPath();
    try {
      LiveEdits all = new LiveEdits(home, edits);
      Path checkout = all.copy(Path.of("").toRealPath());
      all.petStore(checkout);
      all.newProject(checkout);
    } finally {
      delete(home);
    }
  }

  private void petStore(Path checkout) throws IOException, InterruptedException {
    Path shop = checkout.resolve("examples/petstore");
    Path document = shop.resolve("openapi.yaml");
    Path handlers =
        shop.resolve("src/main/java/io/brrtrouter/examples/petstore/api/FigureHandlers.java");
    Path configuration = shop.resolve("config.yaml");
    replace(document, "A page of pets, ordered", "A page of pets, " + PLACE + ", ordered");
    replace(handlers, "\"shop\"", "\"" + PLACE + "\"");
    settings(configuration, Files.readString(configuration));
    measure(
        "pet store",
        checkout,
        shop,
        document,
        new Place(handlers, "/beta/statistics"),
        configuration);
  }

  private void newProject(Path checkout) throws IOException, InterruptedException {
    Path given = Files.writeString(home.resolve("shop.yaml"), DOCUMENT);
    Path shop = home.resolve("shop");
    Process made =
        command(checkout, "new", shop.toString(), "--document", given.toString())
            .inheritIO()
            .start();
    if (made.waitFor() != 0) {
      throw new IOException("brrt new has failed");
    }
    Path configuration = shop.resolve("config.yaml");
    settings(configuration, Files.exists(configuration) ? Files.readString(configuration) : "");
    Path handlers = shop.resolve("src/main/java/shop/ShopHandlers.java");
    if (!Files.exists(handlers)) {
      handlers = handlersIn(shop.resolve("src/main/java"));
    }
    measure(
        "brrt new",
        checkout,
        shop,
        shop.resolve("openapi.yaml"),
        new Place(handlers, "/pets/7"),
        configuration);
  }

  /** {@return the source that answers with what the document's example has} */
  private static Path handlersIn(Path sources) throws IOException {
    try (var files = Files.walk(sources)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        if (Files.readString(file).contains(PLACE)) {
          return file;
        }
      }
    }
    throw new IOException("no source below " + sources + " has " + PLACE);
  }

  private static void settings(Path file, String before) throws IOException {
    Files.writeString(
        file, before + "\nproblems: { base: \"https://problems.example/" + PLACE + "\" }\n");
  }

  private void measure(
      String project, Path checkout, Path shop, Path document, Place handlers, Path configuration)
      throws IOException, InterruptedException {
    Place described = new Place(document, "/openapi.json");
    List<Kind> kinds =
        List.of(
            new Kind("handler", List.of(handlers)),
            new Kind("document", List.of(described)),
            new Kind("document and handler", List.of(described, handlers)),
            new Kind("configuration", List.of(new Place(configuration, "/nowhere"))));
    List<List<Taken>> taken = new ArrayList<>();
    kinds.forEach(_ -> taken.add(new ArrayList<>()));
    Process process =
        command(checkout, "run", shop.toString(), "--watch", "--port", "0")
            .redirectErrorStream(true)
            .start();
    try {
      URI address = address(process);
      // The server is the command's only child now.
      ProcessHandle server = process.children().findFirst().orElseThrow();
      for (Place place : List.of(described, handlers, kinds.getLast().places().getFirst())) {
        await(address.resolve(place.path()), PLACE);
      }
      Thread.sleep(PAUSE_MILLIS);
      System.out.printf(Locale.ROOT, "%s, load average %.1f%n", project, load());
      for (int edit = 0; edit < edits; edit++) {
        for (int kind = 0; kind < kinds.size(); kind++) {
          taken.get(kind).add(edit(kinds.get(kind).places(), address, process.toHandle(), server));
          Thread.sleep(PAUSE_MILLIS);
        }
      }
      for (int kind = 0; kind < kinds.size(); kind++) {
        tell(kinds.get(kind).name(), taken.get(kind));
      }
      System.out.printf(Locale.ROOT, "load average afterwards %.1f%n", load());
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      process.waitFor();
    }
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private Taken edit(List<Place> places, URI address, ProcessHandle command, ProcessHandle server)
      throws IOException, InterruptedException {
    String now = "place-" + ++number + "-";
    List<Path> written = new ArrayList<>();
    for (Place place : places) {
      String text = Files.readString(place.file()).replaceFirst("place-\\d+-", now);
      written.add(
          Files.writeString(home.resolve("edit-" + written.size()), text, StandardCharsets.UTF_8));
    }
    long commandBefore = cpu(command);
    long serverBefore = cpu(server);
    for (int i = 0; i < written.size(); i++) {
      Files.move(
          written.get(i),
          places.get(i).file(),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
    long begun = System.nanoTime();
    for (Place place : places) {
      await(address.resolve(place.path()), now);
    }
    long wall = System.nanoTime() - begun;
    return new Taken(wall, cpu(command) - commandBefore, cpu(server) - serverBefore);
  }

  private static long cpu(ProcessHandle process) {
    return process.info().totalCpuDuration().orElseThrow().toNanos();
  }

  private void await(URI uri, String part) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.body().contains(part)) {
        return;
      }
      if (System.nanoTime() > end) {
        throw new IOException(
            uri + " has no " + part + " after a minute: " + answer.statusCode() + answer.body());
      }
      Thread.sleep(QUESTIONS_MILLIS);
    }
  }

  private static void tell(String kind, List<Taken> taken) {
    long[] walls = taken.stream().mapToLong(Taken::wall).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "%-20s min %5d, median %5d, p90 %5d, max %5d, first %5d ms; CPU, median:"
            + " command %4d, server %4d ms%n",
        kind,
        millis(walls[0]),
        millis(percentile(walls, 50)),
        millis(percentile(walls, 90)),
        millis(walls[walls.length - 1]),
        millis(taken.getFirst().wall()),
        millis(percentile(taken.stream().mapToLong(Taken::command).sorted().toArray(), 50)),
        millis(percentile(taken.stream().mapToLong(Taken::server).sorted().toArray(), 50)));
  }

  /** {@return the smallest that so many of a hundred are not above} */
  private static long percentile(long[] sorted, int percent) {
    return sorted[Math.max(0, Math.ceilDiv(sorted.length * percent, 100) - 1)];
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  private static ProcessBuilder command(Path checkout, String... arguments) {
    List<String> command = new ArrayList<>(List.of(checkout.resolve("brrt").toString()));
    command.addAll(Arrays.asList(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("BRRT"));
    return builder;
  }

  /** {@return where a project answers, once it says so; all else that it says is shown} */
  private static URI address(Process process) throws IOException, InterruptedException {
    BlockingQueue<String> found = new LinkedBlockingQueue<>();
    Thread.ofVirtual()
        .start(() -> {
          try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
              Matcher address = ADDRESS.matcher(line);
              if (address.find()) {
                found.add(address.group());
              }
              System.err.println(line);
            }
          } catch (IOException ended) {
            // The process was ended, and this stream with it.
          }
          found.add("");
        });
    String address = found.poll(START.toMinutes(), TimeUnit.MINUTES);
    if (address == null || address.isEmpty()) {
      throw new IOException("the project does not run");
    }
    return URI.create(address);
  }

  private static void replace(Path file, String before, String after) throws IOException {
    String text = Files.readString(file);
    if (!text.contains(before)) {
      throw new IOException(file + " has no " + before);
    }
    Files.writeString(file, text.replace(before, after));
  }

  /** Without what was built and what was committed. */
  private Path copy(Path checkout) throws IOException {
    Path copied = home.resolve("checkout");
    Files.walkFileTree(
        checkout,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
              throws IOException {
            String name = directory.getFileName().toString();
            if (name.equals(".git") || isBuilt(directory, name)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(copied.resolve(checkout.relativize(directory)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(
                file,
                copied.resolve(checkout.relativize(file)),
                StandardCopyOption.COPY_ATTRIBUTES,
                java.nio.file.LinkOption.NOFOLLOW_LINKS);
            return FileVisitResult.CONTINUE;
          }
        });
    return copied;
  }

  private static boolean isBuilt(Path directory, String name) {
    return name.equals("target") && Files.exists(directory.resolveSibling("pom.xml"));
  }

  private static void delete(Path directory) throws IOException {
    try (var all = Files.walk(directory)) {
      for (Path each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
