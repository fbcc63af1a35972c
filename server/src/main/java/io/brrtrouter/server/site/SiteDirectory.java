package io.brrtrouter.server.site;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/**
 * Finds what is in a directory, and only there: where a name leads is asked of the file system,
 * with every symbolic link on the way, and has to be below the directory.
 *
 * @param root its real path
 */
record SiteDirectory(Path root) {
  private static final Place NOTHING = new Place.Nothing();
  private static final boolean WINDOWS = java.io.File.separatorChar == '\\';

  /**
   * {@return what names lead to} What may not be read, and what is neither file nor directory, is
   * nothing.
   *
   * @param names from the directory on; none for itself
   * @throws IOException if the file system cannot tell
   */
  Place find(List<String> names) throws IOException {
    if (!SiteNames.areServed(names, WINDOWS)) {
      return NOTHING;
    }
    try {
      Path path = root;
      for (String name : names) {
        path = path.resolve(name);
      }
      Path real = path.toRealPath();
      return real.startsWith(root) ? at(real) : NOTHING;
    } catch (InvalidPathException | FileSystemException _) {
      return NOTHING; // Missing, forbidden, too long, a circle of links, below what is a file.
    }
  }

  /** Links are resolved already: one that is there now has come since. */
  private static Place at(Path real) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (attributes.isDirectory()) {
      return new Place.Directory();
    }
    return attributes.isRegularFile() && Files.isReadable(real)
        ? new Place.File(real, attributes.size(), attributes.lastModifiedTime())
        : NOTHING;
  }
}
