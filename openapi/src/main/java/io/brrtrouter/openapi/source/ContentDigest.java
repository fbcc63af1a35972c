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

  private ContentDigest() {}

  /**
   * {@return the digest of a content}
   *
   * @param content the octets
   */
  public static String of(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
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
      return of(in.readNBytes(mostOctets));
    } catch (IOException unreadable) {
      return NONE;
    }
  }
}
