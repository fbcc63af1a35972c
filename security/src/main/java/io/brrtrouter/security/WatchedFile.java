package io.brrtrouter.security;

import io.brrtrouter.server.auth.UnusableSecretException;
import io.brrtrouter.server.files.SmallFile;
import io.brrtrouter.server.files.UnreadableFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What is made of the text of a file, and made again when the text is another. What cannot be used
 * is told once, and what was made before stays in force; so it does where the file is gone, unless
 * it says what counts then.
 *
 * @param <T> what is made of it
 */
final class WatchedFile<T> {
  private final SmallFile file;
  private final Reader<T> reader;
  private final @Nullable T withoutFile;

  /** Null while the file is gone. */
  private @Nullable String text;

  private String complaint = "";
  private volatile T value;

  /** Makes something of a text. */
  interface Reader<T> {
    T read(String text) throws UnusableSecretException;
  }

  /**
   * Reads a file whose content stays in force when it is gone.
   *
   * @param path the file
   * @param mostOctets the longest that is read
   * @param reader what is made of it
   * @throws UnusableSecretException if it cannot be read or used
   */
  WatchedFile(Path path, int mostOctets, Reader<T> reader) throws UnusableSecretException {
    this(path, mostOctets, reader, null);
  }

  /**
   * Reads a file that grants something as long as it is there.
   *
   * @param path the file
   * @param mostOctets the longest that is read
   * @param reader what is made of it
   * @param withoutFile what counts while it is gone; null for what counted before
   * @throws UnusableSecretException if it cannot be read or used
   */
  WatchedFile(Path path, int mostOctets, Reader<T> reader, @Nullable T withoutFile)
      throws UnusableSecretException {
    this.file = new SmallFile(path, mostOctets);
    this.reader = reader;
    this.withoutFile = withoutFile;
    try {
      String first = file.text();
      this.value = made(first);
      this.text = first;
    } catch (UnreadableFileException unreadable) {
      throw new UnusableSecretException(String.valueOf(unreadable.getMessage()));
    }
  }

  Path path() {
    return file.path();
  }

  T value() {
    return value;
  }

  /** Called by one thread at a time. */
  void reload(Logger log, String what) {
    try {
      String now = file.text();
      if (!now.equals(text)) {
        value = made(now);
        text = now;
        log.info("{} of {} are exchanged.", what, file.path());
      }
      complaint = "";
    } catch (UnreadableFileException unreadable) {
      if (unreadable.isMissing() && withoutFile != null) {
        withdraw(withoutFile, log, what);
      } else {
        complain(unreadable, log, what);
      }
    } catch (UnusableSecretException unusable) {
      complain(unusable, log, what);
    }
  }

  private void withdraw(T rest, Logger log, String what) {
    if (text != null) {
      value = rest;
      text = null;
      complaint = "";
      log.warn("{} of {} count no more, because there is no such file any more", what, file.path());
    }
  }

  private void complain(Exception reason, Logger log, String what) {
    String message = String.valueOf(reason.getMessage());
    if (!message.equals(complaint)) {
      log.warn("{} are not exchanged: {}; those from before stay in force", what, message);
      complaint = message;
    }
  }

  private T made(String now) throws UnusableSecretException {
    try {
      return reader.read(now);
    } catch (UnusableSecretException unusable) {
      throw new UnusableSecretException(file.path() + ": " + unusable.getMessage());
    }
  }
}
