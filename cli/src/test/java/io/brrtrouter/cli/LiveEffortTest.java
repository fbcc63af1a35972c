package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.codegen.GenerationJob;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an edit costs that a running project takes, compared with compiling the project in a new
 * JVM: the CPU time of the thread, with the options of the command, from the first edit on. The
 * machine may be as slow and as busy as it is.
 */
@Timeout(300)
class LiveEffortTest {
  private static final Path PETSTORE = Path.of("../examples/petstore/openapi.yaml");

  /**
   * How many edits cost no more than compiling everything from the start: nine do on a machine of
   * 2026, and not even three where each edit compiles everything again.
   */
  private static final int PARTS = 3;

  private static final String COLD = "cold";
  private static final String TOOK = "took ";

  @TempDir Path home;

  @Test
  void an_edit_of_the_pet_store_costs_a_part_of_compiling_it() throws Exception {
    Path shop = home.resolve("shop");
    CommandBench bench = new CommandBench(home, Map.of("BRRT_REPOSITORY", "file:///where/it/is"));
    assertThat(bench.execute("new", shop.toString(), "--document", PETSTORE.toString()))
        .as(bench.err())
        .isZero();
    GenerationJob job = GeneratedProject.job(shop).orElseThrow();
    ((GenerationJob.Outcome.Planned) job.plan()).plan().write();
    assertThat(new MadeProject(shop).compile(job.output())).isEmpty();

    long all = took(shop, COLD).getFirst();
    List<Long> took = took(shop, String.valueOf(LiveCompiler.WARM_UPS));

    System.out.printf("the pet store took, in milliseconds of CPU: %d, and edits %s%n", all, took);
    assertThat(took).hasSize(5).allMatch(each -> PARTS * each < all);
  }

  /** {@return the milliseconds of compilations one after the other, in a JVM of their own} */
  private static List<Long> took(Path shop, String how) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    try (InputStream flags =
        Objects.requireNonNull(Main.class.getResourceAsStream("command.flags"))) {
      new String(flags.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith("-"))
          .forEach(command::add);
    }
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            LiveEffortTest.class.getName(),
            shop.toString(),
            how));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said.lines()
        .filter(line -> line.startsWith(TOOK))
        .map(line -> Long.valueOf(line.substring(TOOK.length())))
        .toList();
  }

  /**
   * Compiles a project, or does what {@code brrt run --watch} does of it, and of five edits of a
   * handler.
   */
  public static void main(String[] arguments) throws IOException {
    Path shop = Path.of(arguments[0]);
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    GenerationJob job = GeneratedProject.job(shop).orElseThrow();
    Map<String, Path> sources =
        new LiveSources(shop, shop.resolve("src/main/java"), job.output()).toCompile();
    Path handlers =
        sources.values().stream()
            .filter(file -> file.toString().endsWith("PetsHandlers.java"))
            .findFirst()
            .orElseThrow();
    List<Path> classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .map(Path::of)
            .toList();
    try (LiveCompiler compiler =
        new LiveCompiler(classPath, List.of(), built(shop.resolveSibling("shop-classes")))) {
      if (arguments[1].equals(COLD)) {
        long began = threads.getCurrentThreadCpuTime();
        ((GenerationJob.Outcome.Planned) job.plan()).plan().write();
        compiler.compile(sources, sources.keySet());
        System.out.println(TOOK + (threads.getCurrentThreadCpuTime() - began) / 1_000_000);
        return;
      }
      compiler.warmUp(sources, sources.keySet().iterator().next(), Integer.parseInt(arguments[1]));
      ((GenerationJob.Outcome.Planned) job.plan()).plan().write();
      for (int i = 0; i < 5; i++) {
        Files.writeString(handlers, Files.readString(handlers) + "\n// " + i + "\n");
        long began = threads.getCurrentThreadCpuTime();
        ((GenerationJob.Outcome.Planned) job.plan()).plan().write();
        LiveCompiler.Outcome outcome =
            compiler.compile(
                sources, Set.of(LiveSources.key(shop.resolve("src/main/java"), handlers)));
        long took = threads.getCurrentThreadCpuTime() - began;
        if (!outcome.equals(new LiveCompiler.Outcome.Compiled(1))) {
          throw new IllegalStateException(outcome.toString());
        }
        System.out.println(TOOK + took / 1_000_000);
      }
    }
  }

  private static Map<String, byte[]> built(Path classes) throws IOException {
    Map<String, byte[]> built = new TreeMap<>();
    try (Stream<Path> all = Files.walk(classes)) {
      all.filter(Files::isRegularFile)
          .forEach(file -> {
            try {
              built.put(LiveSources.key(classes, file), Files.readAllBytes(file));
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
    return built;
  }
}
