package io.brrtrouter.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that are written as a whole or not at all. Stateless. */
public final class WholeFile {
  private WholeFile() {}

  /**
   * Writes a file, with the directories around it, in place of what is there.
   *
   * @param place where; nothing of it is changed when it cannot be written
   * @param content its bytes
   * @throws NotWritten when it cannot be written
   */
  public static void write(Path place, byte[] content) throws NotWritten {
    // A name of its own, and not one that grows with that of the file.
    Path fresh =
        place
            .toAbsolutePath()
            .resolveSibling(".brrt-" + Long.toHexString(System.nanoTime()) + ".tmp");
    try {
      Files.createDirectories(fresh.resolveSibling(""));
      try {
        Files.write(fresh, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException failed) {
      throw new NotWritten(place, failed);
    }
  }
}
