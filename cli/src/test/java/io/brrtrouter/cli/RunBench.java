package io.brrtrouter.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** A multi-module build of two modules, and a Maven that copies jars made beforehand. */
final class RunBench {
  final Path home;
  final Path root;
  final Path app;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private RunBench(Path home) {
    this.home = home;
    this.root = home.resolve("a build");
    this.app = root.resolve("examples/app");
  }

  static RunBench in(Path home) throws IOException {
    RunBench bench = new RunBench(home.toRealPath());
    bench.write(
        "pom.xml",
        "<project><modules><module>library</module><module>examples/app</module></modules></project>");
    bench.write("library/pom.xml", "<project/>");
    bench.write("library/src/main/java/Library.java", "");
    bench.write("library/openapi.yaml", "");
    bench.write("examples/app/pom.xml", "<project/>");
    bench.write("examples/app/src/main/java/App.java", "");
    bench.write("examples/app/src/test/java/AppTest.java", "");
    try (Stream<Path> files = Files.walk(bench.root)) {
      for (Path file : files.toList()) {
        age(file, -3600);
      }
    }
    bench.writeJar("app.jar", RunnableApp.class.getName());
    bench.writeJar("library.jar", null);
    bench.writeMaven(
        """
        [INFO] Building Library 1.0                  [1/2]
        [INFO] Building App 1.0                      [2/2]
        """,
        0);
    return bench;
  }

  void write(String file, String text) throws IOException {
    LauncherBench.write(root.resolve(file), text);
  }

  static void age(Path file, long seconds) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(seconds)));
  }

  /** Makes a jar that holds the little application. */
  void writeJar(String name, @org.jspecify.annotations.Nullable String mainClass)
      throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    if (mainClass != null) {
      manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, mainClass);
    }
    String entry = RunnableApp.class.getName().replace('.', '/') + ".class";
    try (OutputStream file = Files.newOutputStream(home.resolve(name));
        JarOutputStream jar = new JarOutputStream(file, manifest);
        InputStream bytes =
            Objects.requireNonNull(RunnableApp.class.getClassLoader().getResourceAsStream(entry))) {
      jar.putNextEntry(new JarEntry(entry));
      bytes.transferTo(jar);
    }
  }

  void writeMaven(String log, int status) throws IOException {
    LauncherBench.write(home.resolve("maven.log"), log);
    Path program = home.resolve("bin/mvn");
    Programs.write(
        Map.of(
            program,
            """
            echo "$PWD $*" >>'%1$s/maven.calls'
            cat '%1$s/maven.log'
            [ %2$d = 0 ] || exit %2$d
            mkdir -p library/target examples/app/target/brrt
            cp '%1$s/library.jar' library/target/library-1.0.jar
            cp '%1$s/library.jar' examples/app/target/app-1.0-sources.jar
            cp '%1$s/app.jar' examples/app/target/app-1.0.jar
            printf '%%s' "$PWD/library/target/library-1.0.jar" >examples/app/target/brrt/dependencies
            """
                .formatted(home, status)));
  }

  /** {@return the directory of a project that is no module of another} */
  Path writeAlone() throws IOException {
    Path shop = home.resolve("shop");
    for (String file :
        List.of(
            "openapi.yaml",
            "shared/pet.json",
            "src/main/java/Shop.java",
            "config.yaml",
            "data/table.db",
            ".idea/x.json")) {
      LauncherBench.write(shop.resolve(file), "");
    }
    LauncherBench.write(shop.resolve("pom.xml"), "<project/>");
    try (Stream<Path> files = Files.walk(shop)) {
      for (Path file : files.toList()) {
        age(file, -3600);
      }
    }
    LauncherBench.write(
        home.resolve("bin/mvn"),
        """
        #!/bin/sh
        echo "$PWD $*" >>'%1$s/maven.calls'
        mkdir -p target/brrt
        cp '%1$s/app.jar' target/shop.jar
        printf '' >target/brrt/dependencies
        """
            .formatted(home));
    return shop;
  }

  List<String> mavenCalls() throws IOException {
    Path calls = home.resolve("maven.calls");
    return Files.exists(calls) ? Files.readAllLines(calls) : List.of();
  }

  /** {@return what the application wrote down about itself} */
  List<String> appSaid() throws IOException {
    return Files.readAllLines(app.resolve("app.txt"));
  }

  /** Runs the command in this process. */
  int execute(String... arguments) {
    Console console =
        new Console(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of("PATH", home.resolve("nothing here") + ":" + home.resolve("bin")),
            false);
    return new Brrt(console).execute(arguments);
  }

  /** {@return what was said on standard error since the last call} */
  String err() {
    String said = err.toString(StandardCharsets.UTF_8);
    err.reset();
    return said.replaceAll("built in \\d+ s", "built in N s");
  }
}
