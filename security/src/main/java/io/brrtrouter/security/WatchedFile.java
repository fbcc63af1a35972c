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
  private final Text content;
  private final Reader<T> reader;
  private final @Nullable T withoutFile;

  /** Null while the file is gone. */
  private @Nullable String text;

  private String complaint = "";
  private volatile T value;

  /**
   * What a file has, as the log calls it.
   *
   * @param what in the plural: {@code Users}
   * @param scheme name of the security scheme that it is for; empty if nobody has said
   */
  record Subject(String what, String scheme) {
    private String in(Path file) {
      return what + " of " + file + whose();
    }

    /** {@return for which security scheme, with white space before it; empty if nobody has said} */
    String whose() {
      return scheme.isEmpty() ? "" : " for security scheme " + scheme;
    }

    @Override
    public String toString() {
      return what + whose();
    }
  }

  /** What is in a file. */
  private interface Text {
    String of(SmallFile file) throws UnreadableFileException;
  }

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
    this(new SmallFile(path, mostOctets), SmallFile::text, reader, withoutFile, reader);
  }

  /**
   * Reads a file each of whose lines counts for itself, and of which something else is made later
   * on; its content stays in force when it is gone.
   *
   * @param path the file
   * @param mostOctets the longest that is read
   * @param first what is made of it now; a text has U+FFFD where the file is not UTF-8
   * @param again what is made of it from then on
   * @throws UnusableSecretException if it cannot be read or used
   */
  static <T> WatchedFile<T> ofLines(Path path, int mostOctets, Reader<T> first, Reader<T> again)
      throws UnusableSecretException {
    return new WatchedFile<>(
        new SmallFile(path, mostOctets), SmallFile::textWithReplacements, first, null, again);
  }

  private WatchedFile(
      SmallFile file, Text content, Reader<T> first, @Nullable T withoutFile, Reader<T> again)
      throws UnusableSecretException {
    this.file = file;
    this.content = content;
    this.reader = again;
    this.withoutFile = withoutFile;
    try {
      String present = content.of(file);
      this.value = made(first, present);
      this.text = present;
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

  /**
   * Reads it again; called by one thread at a time.
   *
   * @param log is told what has become of it
   * @param subject what it has, as the log calls it
   */
  void reload(Logger log, Subject subject) {
    try {
      String now = content.of(file);
      if (!now.equals(text)) {
        value = made(reader, now);
        text = now;
        log.info("{} are exchanged.", subject.in(file.path()));
      }
      complaint = "";
    } catch (UnreadableFileException unreadable) {
      if (unreadable.isMissing() && withoutFile != null) {
        withdraw(withoutFile, log, subject);
      } else {
        complain(unreadable, log, subject);
      }
    } catch (UnusableSecretException unusable) {
      complain(unusable, log, subject);
    }
  }

  private void withdraw(T rest, Logger log, Subject subject) {
    if (text != null) {
      value = rest;
      text = null;
      complaint = "";
      log.warn("{} count no more, because there is no such file any more", subject.in(file.path()));
    }
  }

  private void complain(Exception reason, Logger log, Subject subject) {
    String message = String.valueOf(reason.getMessage());
    if (!message.equals(complaint)) {
      log.warn("{} are not exchanged: {}; those from before stay in force", subject, message);
      complaint = message;
    }
  }

  private T made(Reader<T> by, String now) throws UnusableSecretException {
    try {
      return by.read(now);
    } catch (UnusableSecretException unusable) {
      throw new UnusableSecretException(file.path() + ": " + unusable.getMessage());
    }
  }
}
