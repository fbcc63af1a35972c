package io.brrtrouter.conformance.guide;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.runtime.BrrtApplication;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * The project of {@code docs/getting-started.md}, written and compiled as the page says, but by
 * javac with the class path of this test: Maven would build this repository while its own build
 * runs.
 *
 * @param root what the page calls {@code my-services}
 */
record GuideProject(Path root) {
  static final String PAGE = "docs/getting-started.md";

  static GuideProject in(Path root) throws IOException {
    for (Map.Entry<String, String> file : Pages.files(PAGE).entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    GuideProject project = new GuideProject(root);
    project.compile();
    return project;
  }

  private void compile() throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-Xlint:all,-path,-classfile",
                "-Werror",
                "-proc:none",
                "-cp",
                classPath(),
                "-d",
                classes()));
    try (Stream<Path> sources = Files.walk(directory().resolve("src"))) {
      sources.map(Path::toString).filter(each -> each.endsWith(".java")).forEach(arguments::add);
    }
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(status).as("what javac said stands on standard error").isZero();
  }

  Path directory() {
    return root.resolve("todo");
  }

  Path document() {
    return directory().resolve("todo.yaml");
  }

  private String classes() {
    return directory().resolve("target/classes").toString();
  }

  private static String classPath() {
    return System.getProperty("java.class.path");
  }

  /** {@return the application, loaded beside this test's classes} */
  BrrtApplication application() throws ReflectiveOperationException, IOException {
    URL[] classes = {Path.of(classes()).toUri().toURL()};
    ClassLoader loader = new URLClassLoader(classes, getClass().getClassLoader());
    return (BrrtApplication) loader.loadClass("todo.Todos").getDeclaredConstructor().newInstance();
  }

  /** Starts one of the project's programs in its directory, with nothing of our environment. */
  Process start(String mainClass, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED"));
    command.addAll(List.of("--sun-misc-unsafe-memory-access=allow", "-cp"));
    command.add(classes() + File.pathSeparator + classPath());
    command.add(mainClass);
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).directory(directory().toFile()).redirectErrorStream(true);
    builder.environment().clear();
    return builder.start();
  }
}
