package io.brrtrouter.codegen;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
      // A move tells both of its files, and of a directory only in words.
      case FileSystemException moved when moved.getOtherFile() != null ->
          moved.getOtherFile() + " " + text(moved.getReason());
      case NoSuchFileException missing -> "there is no " + missing.getFile();
      case FileSystemException other when other.getReason() != null -> text(other.getReason());
      default -> text(cause.getMessage());
    };
  }

  private static String text(@Nullable String reason) {
    return String.valueOf(reason).toLowerCase(Locale.ROOT);
  }
}
