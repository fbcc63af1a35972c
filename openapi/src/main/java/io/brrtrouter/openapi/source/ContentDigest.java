package io.brrtrouter.openapi.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells whether two contents of a file are the same, without keeping either: SHA-256 (FIPS 180-4)
 * in hexadecimal, and {@link #NONE} for what could not be read.
 */
public final class ContentDigest {
  /** The digest of a file that is not there, or is none, or may not be read. */
  public static final String NONE = "";

  private static final int PIECE = 1 << 16;

  private ContentDigest() {}

  /**
   * {@return the digest of a content}
   *
   * @param content the octets
   */
  public static String of(byte[] content) {
    return HexFormat.of().formatHex(sha256().digest(content));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every JDK has SHA-256", impossible);
    }
  }

  /**
   * {@return the digest of what is in a file now, or {@link #NONE}}
   *
   * @param file the file
   * @param mostOctets what is behind so many octets does not count
   */
  public static String of(Path file, int mostOctets) {
    if (!Files.isRegularFile(file)) {
      return NONE;
    }
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = sha256();
      byte[] some = new byte[PIECE];
      int left = mostOctets;
      while (left > 0) {
        int read = in.read(some, 0, Math.min(left, some.length));
        if (read < 0) {
          break;
        }
        digest.update(some, 0, read);
        left -= read;
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException unreadable) {
      return NONE;
    }
  }
}
