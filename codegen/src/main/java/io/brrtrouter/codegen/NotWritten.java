package io.brrtrouter.codegen;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A file could not be written or deleted, because the disk is full for example. The message is a
 * sentence for whoever asked: {@code cannot write FILE: REASON}.
 */
public final class NotWritten extends IOException {
  private static final long serialVersionUID = 1L;

  NotWritten(Path file, IOException cause) {
    super("cannot write " + file + ": " + reason(cause), cause);
  }

  private static String reason(IOException cause) {
    return switch (cause) {
      case AccessDeniedException denied -> denied.getFile() + " may not be written";
      case FileAlreadyExistsException taken -> taken.getFile() + " is no directory";
      case DirectoryNotEmptyException taken -> taken.getFile() + " is a directory";
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case FileSystemException other when other.getReason() != null ->
          other.getReason().toLowerCase(Locale.ROOT);
      default -> String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
    };
  }
}
