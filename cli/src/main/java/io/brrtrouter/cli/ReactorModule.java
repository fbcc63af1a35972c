package io.brrtrouter.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Maven project: a module of a larger build, or a build of its own.
 *
 * @param root the directory of the outermost pom that leads to the module
 * @param directory the module's own directory, the root or below it
 */
record ReactorModule(Path root, Path directory) {

  /** Finds the build a directory belongs to. */
  static ReactorModule at(Path directory) {
    if (Pom.in(directory).packaging().equals("pom")) {
      throw Failure.failed(
          directory
              + " only holds other modules (packaging pom); name the directory of one of them");
    }
    Path module = real(directory);
    return new ReactorModule(outermost(module), module);
  }

  private static Path outermost(Path module) {
    Path root = module;
    for (Path above = module.getParent(); above != null; above = above.getParent()) {
      if (Files.isRegularFile(above.resolve("pom.xml")) && lists(above, root)) {
        root = above;
      }
    }
    return root;
  }

  private static boolean lists(Path parent, Path module) {
    return Pom.read(parent).modules().stream()
        .anyMatch(each -> parent.resolve(each).normalize().equals(module));
  }

  private static Path real(Path directory) {
    try {
      return directory.toRealPath();
    } catch (IOException e) {
      throw Failure.failed("cannot read " + directory + ": " + e.getMessage());
    }
  }

  /** {@return whether it is a build of its own} */
  boolean isAlone() {
    return root.equals(directory);
  }

  /** {@return the module as Maven's {@code -pl} wants it, or the name of its directory} */
  String selector() {
    return isAlone() ? directory.getFileName().toString() : root.relativize(directory).toString();
  }

  /**
   * {@return whether the pom names a directory as where the product is; it may be that of another
   * machine}
   */
  boolean namesRepository() {
    return Pom.read(directory)
        .property("brrtrouter.repository")
        .filter(url -> url.startsWith("file:"))
        .isPresent();
  }
}
