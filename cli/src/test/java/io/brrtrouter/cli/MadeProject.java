package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;

/**
 * A project that {@code brrt new} made, built without Maven.
 *
 * @param directory the project's directory
 */
record MadeProject(Path directory) {

  /** {@return the paths of its files, sorted} */
  List<String> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile)
          .map(file -> directory.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  /** {@return what the compiler says about its sources and those generated; empty if nothing} */
  String compile(Path generated) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Path root : List.of(generated, directory.resolve("src"))) {
      try (Stream<Path> all = Files.walk(root)) {
        all.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
      }
    }
    Files.createDirectories(classes());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter out = new StringWriter();
    try (StandardJavaFileManager manager =
        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      List<String> options =
          List.of("--release", "25", "-Xlint:all,-classfile,-path", "-d", classes().toString());
      compiler
          .getTask(out, manager, null, options, null, manager.getJavaFileObjectsFromPaths(sources))
          .call();
    }
    return out.toString().replace(directory + "/", "");
  }

  private Path classes() {
    return directory.resolveSibling(directory.getFileName() + "-classes");
  }

  /** Runs its tests, which expect the document in the working directory, and counts them. */
  long test(Path generated, String document) throws Exception {
    List<String> names = new ArrayList<>();
    for (String file : files()) {
      if (file.startsWith("src/test/java/")) {
        Path test = directory.resolve(file);
        String whole = directory.resolve(document).toString();
        Files.writeString(
            test,
            Files.readString(test)
                .replace("document = \"" + document + '"', "document = \"" + whole + '"'));
        names.add(file.replaceFirst("src/test/java/", "").replaceFirst("\\.java$", ""));
      }
    }
    assertThat(compile(generated)).isEmpty();
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {classes().toUri().toURL()}, MadeProject.class.getClassLoader())) {
      List<DiscoverySelector> tests = new ArrayList<>();
      for (String name : names) {
        tests.add(selectClass(loader.loadClass(name.replace('/', '.'))));
      }
      return run(tests);
    }
  }

  private static long run(List<DiscoverySelector> tests) {
    EngineExecutionResults results =
        EngineTestKit.engine("junit-jupiter")
            .selectors(tests.toArray(DiscoverySelector[]::new))
            .execute();
    List<String> failures =
        results.allEvents().failed().stream()
            .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
            .flatMap(result -> result.getThrowable().stream())
            .map(Throwable::toString)
            .toList();
    assertThat(failures).isEmpty();
    return results.testEvents().succeeded().count();
  }
}
