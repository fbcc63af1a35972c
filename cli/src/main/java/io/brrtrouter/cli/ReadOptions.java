package io.brrtrouter.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of every command that reads a document. */
final class ReadOptions {
  @Option(
      names = "--allow-dir",
      paramLabel = "DIR",
      description =
          "A directory besides the document's own from which references may read; may be repeated.")
  private List<Path> directories = List.of();

  /** {@return directories from which references may read} */
  List<Path> directories() {
    for (Path directory : directories) {
      Inputs.directory(directory);
    }
    return List.copyOf(directories);
  }
}
