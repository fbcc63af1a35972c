package io.brrtrouter.security;

import io.brrtrouter.server.auth.UnusableSecretException;
import io.brrtrouter.server.files.SmallFile;
import io.brrtrouter.server.files.UnreadableFileException;
import java.nio.file.Path;

/** A file with one secret, as Kubernetes mounts it. */
final class SecretFile {
  private static final int MOST_OCTETS = 64 * 1024;

  private SecretFile() {}

  /** {@return the secret, without white space around it} */
  static String read(Path file) throws UnusableSecretException {
    try {
      String text = new SmallFile(file, MOST_OCTETS).text().strip();
      if (text.isEmpty()) {
        throw new UnusableSecretException("the file " + file + " is empty");
      }
      return text;
    } catch (UnreadableFileException unreadable) {
      throw new UnusableSecretException(String.valueOf(unreadable.getMessage()));
    }
  }
}
