package io.brrtrouter.server.site;

import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** What a path leads to. */
sealed interface Place {
  /**
   * A regular file that may be read.
   *
   * @param path its real path
   * @param length in octets
   * @param modified when it was modified
   */
  record File(Path path, long length, FileTime modified) implements Place {}

  /** A directory. */
  record Directory() implements Place {}

  /** Nothing that is served. */
  record Nothing() implements Place {}
}
