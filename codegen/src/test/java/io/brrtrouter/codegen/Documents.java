package io.brrtrouter.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Documents of tests, loaded and generated. */
final class Documents {
  private Documents() {}

  static Loaded load(Path document) {
    // Our examples refer to each other.
    LoadOptions options = LoadOptions.defaults().withRoots(List.of(root().resolve("examples")));
    Loaded loaded = OpenApiLoader.load(document, options);
    List<Finding> errors =
        loaded.findings().stream().filter(finding -> finding.severity() == Severity.ERROR).toList();
    assertThat(errors).isEmpty();
    return loaded;
  }

  static Generation generate(Path document, String packageName, Collection<Part> parts) {
    return Generator.generate(
        load(document),
        new GeneratorOptions(
            packageName, EnumSet.copyOf(parts), UnknownEnums.REFUSE, Integers.LONG, Set.of()));
  }

  /** {@return where the repository is} */
  static Path root() {
    return Path.of(System.getProperty("brrt.root", ".."));
  }

  /**
   * {@return test data written by others, {@code real} for example; skips the test without it,
   * fails it if BRRT_DATA promises it}
   */
  static Path data(String name) {
    Path path = Path.of(System.getProperty("brrt.data", "../../shared/data")).resolve(name);
    if (System.getenv("BRRT_DATA") != null) {
      assertThat(path).as("BRRT_DATA is set, so the data must be there").exists();
    }
    assumeTrue(Files.exists(path), () -> "test data is missing: " + path);
    return path;
  }
}
