package io.brrtrouter.security;

import io.brrtrouter.server.auth.UnusableSecretException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file with one secret, as Kubernetes mounts it. */
final class SecretFile {
  private static final int MOST_BYTES = 64 * 1024;

  private SecretFile() {}

  /** {@return the secret, without white space around it} */
  static String read(Path file) throws UnusableSecretException {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new UnusableSecretException(
            "the file " + file + " has more than " + MOST_BYTES + " bytes");
      }
      String text = Files.readString(file, StandardCharsets.UTF_8).strip();
      if (text.isEmpty()) {
        throw new UnusableSecretException("the file " + file + " is empty");
      }
      return text;
    } catch (IOException unreadable) {
      throw new UnusableSecretException(
          Files.isDirectory(file)
              ? file + " is a directory, not a file"
              : Files.exists(file)
                  ? "the file " + file + " cannot be read as text"
                  : "there is no file " + file);
    }
  }
}
