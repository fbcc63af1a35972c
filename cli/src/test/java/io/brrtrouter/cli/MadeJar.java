package io.brrtrouter.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** A jar that is made of sources. */
final class MadeJar {
  private MadeJar() {}

  /**
   * Makes one.
   *
   * @param jar where it is to be
   * @param sources what is compiled into it, by path
   * @param resources what is in it besides, by path
   */
  static Path of(Path jar, Map<String, String> sources, Map<String, String> resources)
      throws IOException {
    Path root = Files.createDirectories(jar.resolveSibling(jar.getFileName() + "-made"));
    List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", root.toString()));
    for (Map.Entry<String, String> each : sources.entrySet()) {
      Path file = jar.resolveSibling("sources").resolve(each.getKey());
      Files.createDirectories(file.getParent());
      arguments.add(Files.writeString(file, each.getValue()).toString());
    }
    if (!sources.isEmpty()) {
      assertThat(
              ToolProvider.getSystemJavaCompiler()
                  .run(null, null, null, arguments.toArray(String[]::new)))
          .isZero();
    }
    for (Map.Entry<String, String> each : resources.entrySet()) {
      Path file = root.resolve(each.getKey());
      Files.createDirectories(file.getParent());
      Files.writeString(file, each.getValue(), StandardCharsets.UTF_8);
    }
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        Stream<Path> all = Files.walk(root)) {
      for (Path each : all.filter(Files::isRegularFile).toList()) {
        entries.putNextEntry(new JarEntry(root.relativize(each).toString()));
        Files.copy(each, entries);
        entries.closeEntry();
      }
    }
    return jar;
  }
}
