package io.brrtrouter.maven;

import io.brrtrouter.codegen.GenerationJob;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.schema.SchemaResource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A Maven repository in a directory with the plugin and what it needs of this build. */
record FileRepository(Path directory) {
  static final Path ROOT = Path.of(System.getProperty("brrt.root"));

  static final String VERSION = version();

  private static final Map<String, Class<?>> MODULES =
      Map.of(
          "maven-plugin", GenerateMojo.class,
          "codegen", GenerationJob.class,
          "openapi", OpenApiLoader.class,
          "schema", SchemaResource.class);

  static FileRepository in(Path directory) throws IOException {
    FileRepository repository = new FileRepository(directory);
    Files.copy(ROOT.resolve("pom.xml"), repository.place("brrtrouter-parent", "pom"));
    for (Map.Entry<String, Class<?>> module : MODULES.entrySet()) {
      String artifact = "brrtrouter-" + module.getKey();
      Files.copy(
          ROOT.resolve(module.getKey()).resolve("pom.xml"), repository.place(artifact, "pom"));
      jar(code(module.getValue()), repository.place(artifact, "jar"));
    }
    return repository;
  }

  private static String version() {
    return first("(?s)^.*?<version>(.*?)</version>.*$");
  }

  /** {@return the version of a plugin that this build uses, so that it is there} */
  static String plugin(String artifact) {
    return first("(?s)^.*?<artifactId>" + artifact + "</artifactId>\\s*<version>(.*?)<.*$");
  }

  /** {@return what a property of this build says} */
  static String property(String name) {
    return first("(?s)^.*?<" + name + ">(.*?)<.*$");
  }

  private static String first(String pattern) {
    try {
      return Files.readString(ROOT.resolve("pom.xml")).replaceFirst(pattern, "$1");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path place(String artifact, String type) throws IOException {
    Path place = directory.resolve("io/brrtrouter").resolve(artifact).resolve(VERSION);
    Files.createDirectories(place);
    return place.resolve(artifact + "-" + VERSION + "." + type);
  }

  /** {@return the jar or the directory that a class came from, as the phase of the build has it} */
  private static Path code(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void jar(Path code, Path jar) throws IOException {
    if (Files.isRegularFile(code)) {
      Files.copy(code, jar, StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> files = Files.walk(code)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        entries.putNextEntry(new JarEntry(code.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, entries);
      }
    }
  }
}
