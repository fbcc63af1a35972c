package io.brrtrouter.server.files;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file cannot be read, or is not what it should be. The message is a sentence that names the
 * file, without full stop, and has nothing of what is in it.
 */
public final class UnreadableFileException extends IOException {
  private static final long serialVersionUID = 1;

  private final boolean missing;
  private final String reason;

  private UnreadableFileException(String message, String reason, boolean missing) {
    super(message);
    this.reason = reason;
    this.missing = missing;
  }

  static UnreadableFileException missing(Path path) {
    String where = whereRelative(path);
    return new UnreadableFileException(
        "there is no file " + path + where, "there is no such file" + where, true);
  }

  /**
   * {@return where a path leads that does not say so itself, as the end of a clause that names it;
   * empty if it does} It depends on where the process was started.
   *
   * @param path the path
   */
  public static String whereRelative(Path path) {
    return path.isAbsolute() ? "" : ", looked for at " + path.toAbsolutePath().normalize();
  }

  static UnreadableFileException because(Path path, String reason) {
    return new UnreadableFileException(path + " " + reason, "it " + reason, false);
  }

  /** {@return whether there is no such file} */
  public boolean isMissing() {
    return missing;
  }

  /** {@return the message for a sentence that has named the file already} */
  public String reason() {
    return reason;
  }
}
