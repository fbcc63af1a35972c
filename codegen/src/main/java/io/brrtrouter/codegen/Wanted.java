package io.brrtrouter.codegen;

import io.brrtrouter.openapi.DocumentLimit;
import io.brrtrouter.openapi.LoadOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** What a build tool wants of a process, as it stands in a file of properties. */
final class Wanted {
  private final Properties wanted;

  private Wanted(Properties wanted) {
    this.wanted = wanted;
  }

  static Wanted read(Path request) throws IOException {
    Properties wanted = new Properties();
    try (BufferedReader in = Files.newBufferedReader(request)) {
      wanted.load(in);
    }
    return new Wanted(wanted);
  }

  /** {@return a value that every request has} */
  String one(String name) {
    return Objects.requireNonNull(wanted.getProperty(name), name);
  }

  @Nullable String optional(String name) {
    return wanted.getProperty(name);
  }

  /**
   * {@return how documents are read}
   *
   * @throws IllegalArgumentException with the sentence to show, when a directory is not there or a
   *     limit is none
   */
  LoadOptions reading() {
    LoadOptions options = LoadOptions.defaults().withRoots(paths("allowDirectories"));
    for (String each : list("documentLimits")) {
      int equals = each.indexOf('=');
      try {
        options =
            DocumentLimit.named(each.substring(0, equals))
                .parse(options, each.substring(equals + 1));
      } catch (IllegalArgumentException invalid) {
        throw new IllegalArgumentException("documentLimits: " + invalid.getMessage(), invalid);
      }
    }
    return options;
  }

  private List<Path> paths(String name) {
    List<Path> paths = new ArrayList<>();
    for (String each : list(name)) {
      Path path = Path.of(each);
      if (!Files.isDirectory(path)) {
        throw new IllegalArgumentException(name + ": there is no directory " + path);
      }
      paths.add(path);
    }
    return paths;
  }

  <E extends Enum<E>> E one(String name, E[] constants, E otherwise) {
    String text = wanted.getProperty(name);
    return text == null ? otherwise : constant(name, text, constants);
  }

  static <E extends Enum<E>> E constant(String name, String text, E[] constants) {
    try {
      return Spelled.constant(text, constants);
    } catch (IllegalArgumentException invalid) {
      throw new IllegalArgumentException(name + ": " + invalid.getMessage(), invalid);
    }
  }

  /** {@return the values of {@code name.0}, {@code name.1} and so on} */
  List<String> list(String name) {
    List<String> values = new ArrayList<>();
    for (String each = wanted.getProperty(name + ".0"); each != null; ) {
      values.add(each);
      each = wanted.getProperty(name + "." + values.size());
    }
    return values;
  }
}
