package io.brrtrouter.server.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file that has a secret, keys or certificates. A wrong name may lead to anything, a log or a
 * device without end: no more is read than such a file has. Nothing is kept.
 *
 * @param path where it is
 * @param mostOctets the most it may have
 */
public record SmallFile(Path path, int mostOctets) {

  /**
   * {@return what is in it now}
   *
   * @throws UnreadableFileException if that cannot be read, or is more
   */
  public byte[] octets() throws UnreadableFileException {
    checkKind();
    try (InputStream in = Files.newInputStream(path)) {
      byte[] octets = in.readNBytes(mostOctets + 1);
      if (octets.length > mostOctets) {
        throw UnreadableFileException.because(path, "is larger than " + mostOctets + " octets");
      }
      return octets;
    } catch (UnreadableFileException large) {
      throw large;
    } catch (NoSuchFileException missing) {
      throw UnreadableFileException.missing(path);
    } catch (AccessDeniedException forbidden) {
      throw UnreadableFileException.because(path, "may not be read");
    } catch (IOException failure) {
      throw UnreadableFileException.because(path, "cannot be read: " + reason(failure));
    }
  }

  /** Opening what is no file, a named pipe for example, would wait for whoever writes to it. */
  private void checkKind() throws UnreadableFileException {
    if (Files.isDirectory(path)) {
      throw UnreadableFileException.because(path, "is a directory, not a file");
    }
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw UnreadableFileException.because(path, "is not a regular file");
    }
  }

  /** Without the path, which is said already. */
  private static String reason(IOException failure) {
    String reason =
        failure instanceof FileSystemException known ? known.getReason() : failure.getMessage();
    return reason == null ? failure.getClass().getSimpleName() : reason;
  }

  /**
   * {@return what is in it now, as text}
   *
   * @throws UnreadableFileException if that cannot be read, or is more, or is not UTF-8
   */
  public String text() throws UnreadableFileException {
    byte[] octets = octets();
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    } catch (CharacterCodingException binary) {
      throw UnreadableFileException.because(path, "is not UTF-8");
    }
  }

  /**
   * {@return what is in it now, as text that has U+FFFD where it is not UTF-8} Lines stay as they
   * are: what ends one is never part of what is replaced.
   *
   * @throws UnreadableFileException if it cannot be read, or is more
   */
  public String textWithReplacements() throws UnreadableFileException {
    return new String(octets(), StandardCharsets.UTF_8);
  }
}
