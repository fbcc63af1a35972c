package io.brrtrouter.security;

import io.brrtrouter.server.auth.UnusableSecretException;
import io.brrtrouter.server.files.SmallFile;
import io.brrtrouter.server.files.UnreadableFileException;
import java.nio.file.Path;
import org.slf4j.Logger;

/**
 * What is made of the text of a file, and made again when the text is another. What cannot be used
 * is told once, and what was made before stays in force.
 *
 * @param <T> what is made of it
 */
final class WatchedFile<T> {
  private final SmallFile file;
  private final Reader<T> reader;
  private String text = "";
  private String complaint = "";
  private volatile T value;

  /** Makes something of a text. */
  interface Reader<T> {
    T read(String text) throws UnusableSecretException;
  }

  /**
   * Reads the file for the first time.
   *
   * @param path the file
   * @param mostOctets the longest that is read
   * @param reader what is made of it
   * @throws UnusableSecretException if it cannot be read or used
   */
  WatchedFile(Path path, int mostOctets, Reader<T> reader) throws UnusableSecretException {
    this.file = new SmallFile(path, mostOctets);
    this.reader = reader;
    this.text = text();
    this.value = made(text);
  }

  T value() {
    return value;
  }

  /** Called by one thread at a time. */
  void reload(Logger log, String what) {
    try {
      String now = text();
      if (!now.equals(text)) {
        value = made(now);
        text = now;
        log.info("{} of {} are exchanged.", what, file.path());
      }
      complaint = "";
    } catch (UnusableSecretException unusable) {
      String message = String.valueOf(unusable.getMessage());
      if (!message.equals(complaint)) {
        log.warn("{} are not exchanged: {}; those from before stay in force", what, message);
        complaint = message;
      }
    }
  }

  private T made(String now) throws UnusableSecretException {
    try {
      return reader.read(now);
    } catch (UnusableSecretException unusable) {
      throw new UnusableSecretException(file.path() + ": " + unusable.getMessage());
    }
  }

  private String text() throws UnusableSecretException {
    try {
      return file.text();
    } catch (UnreadableFileException unreadable) {
      throw new UnusableSecretException(String.valueOf(unreadable.getMessage()));
    }
  }
}
