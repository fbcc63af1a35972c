package io.brrtrouter.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A process that generates all there is of a document, for {@link SameCodeTest}. */
final class FreshGeneration {
  private FreshGeneration() {}

  /**
   * Generates once.
   *
   * @param arguments the document, a file for the code, and one for what the seed of this process's
   *     hashes makes of an unordered set
   */
  public static void main(String[] arguments) throws IOException {
    Generation generation =
        Documents.generate(Path.of(arguments[0]), "generated", EnumSet.allOf(Part.class));
    StringBuilder all = new StringBuilder();
    generation
        .files()
        .forEach(file ->
            all.append("=== ").append(file.path()).append('\n').append(file.text()).append('\n'));
    generation.findings().forEach(finding -> all.append(finding).append('\n'));
    Files.writeString(Path.of(arguments[1]), all);
    Set<Integer> unordered = Set.of(IntStream.range(0, 64).boxed().toArray(Integer[]::new));
    Files.writeString(
        Path.of(arguments[2]),
        unordered.stream().map(String::valueOf).collect(Collectors.joining(" ")));
  }
}
