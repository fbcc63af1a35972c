package io.brrtrouter.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at files named on the command line before anything else does. */
final class Inputs {
  private Inputs() {}

  /** {@return the file, which exists and can be read} */
  static Path file(Path file) {
    if (!Files.exists(file)) {
      throw Failure.failed("there is no file " + file);
    }
    if (Files.isDirectory(file)) {
      throw Failure.failed(file + " is a directory; name a file in it");
    }
    if (!Files.isRegularFile(file)) {
      throw Failure.failed(
          file + " is a pipe, a socket or a device; save what it holds in a file and name that");
    }
    if (!Files.isReadable(file)) {
      throw Failure.failed(file + " cannot be read: permission denied");
    }
    return file;
  }
}
