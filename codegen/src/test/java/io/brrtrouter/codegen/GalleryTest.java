package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every folder of {@code src/test/resources/gallery} is a document with the files that are
 * generated from it and, in {@code remarks.txt}, what is not. the environment variable {@code
 * BRRT_GALLERY=write} writes them anew.
 */
class GalleryTest {
  private static final Path GALLERY = Path.of("src/test/resources/gallery");

  static List<String> cases() throws IOException {
    try (Stream<Path> folders = Files.list(GALLERY)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    }
  }

  private static Generation generate(String name) {
    Loaded loaded = Documents.load(GALLERY.resolve(name).resolve("openapi.yaml"));
    boolean operations = !loaded.api().orElseThrow().operations().isEmpty();
    Set<Part> parts =
        isClient(name)
            ? EnumSet.allOf(Part.class)
            : operations ? Part.SERVICE : EnumSet.of(Part.MODELS, Part.CODECS);
    UnknownEnums enums = name.contains("keep") ? UnknownEnums.KEEP : UnknownEnums.REFUSE;
    return Generator.generate(
        loaded,
        new GeneratorOptions(name.replace('-', '_'), parts, enums, Integers.LONG, Set.of()));
  }

  /** Clients show in a folder of their own, without what is the same in each. */
  private static boolean isClient(String name) {
    return name.startsWith("client");
  }

  private static boolean isShown(SourceFile file, String name) {
    if (!isClient(name) || file.path().endsWith(".ts")) {
      return !file.path().equals("http.ts");
    }
    Path unchanging = Path.of("src/main/java/io/brrtrouter/codegen", inPackage(file, name));
    return file.path().contains("/client/") && !Files.exists(unchanging);
  }

  private static String inPackage(SourceFile file, String name) {
    String directory = name.replace('-', '_') + "/";
    return file.path().startsWith(directory)
        ? file.path().substring(directory.length())
        : file.path();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void generates_what_is_expected(String name) throws IOException {
    Path folder = GALLERY.resolve(name);
    Map<String, String> actual = actual(generate(name), name);
    if ("write".equals(System.getenv("BRRT_GALLERY"))) {
      write(folder, actual);
    }

    assertThat(actual).isEqualTo(expected(folder));
  }

  private static Map<String, String> actual(Generation generation, String name) {
    Map<String, String> files = new TreeMap<>();
    generation.files().stream()
        .filter(file -> isShown(file, name))
        .forEach(file -> files.put("expected/" + inPackage(file, name), file.text()));
    StringBuilder remarks = new StringBuilder();
    generation.findings().forEach(finding -> remarks.append(finding).append('\n'));
    generation.unfused().forEach(unfused -> remarks.append(unfused).append('\n'));
    if (!remarks.isEmpty()) {
      files.put(
          "remarks.txt",
          remarks.toString().replaceAll("\\S*gallery/[a-z0-9-]*/openapi", "openapi"));
    }
    return files;
  }

  private static void write(Path folder, Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path place = folder.resolve(file.getKey());
      Files.createDirectories(place.getParent());
      Files.writeString(place, file.getValue());
    }
  }

  private static Map<String, String> expected(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String path = folder.relativize(file).toString();
        if (!path.endsWith(".yaml")) {
          files.put(path, Files.readString(file));
        }
      }
    }
    return files;
  }

  @Test
  void the_formatter_changes_nothing_and_the_compiler_is_content() throws IOException {
    List<SourceFile> files = new ArrayList<>();
    for (String name : cases()) {
      generate(name).files().stream()
          .filter(file -> file.path().endsWith(".java"))
          .forEach(files::add);
    }

    assertThat(Java.unformatted(files)).isEmpty();
    assertThat(Java.compile(files)).isEmpty();
    assertThat(cases()).hasSizeGreaterThan(25);
  }
}
