package io.brrtrouter.schema.codec;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file in a multipart body: octets with what their sender says about them (RFC 7578). What is
 * said may be false: {@code fileName} is no path to write to, and the octets need not be of the
 * media type.
 *
 * @param content the octets; not copied
 * @param fileName the {@code filename} of the part's {@code Content-Disposition}; null without one
 * @param contentType the part's {@code Content-Type}; null without one
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below compare the octets
public record FilePart(byte[] content, @Nullable String fileName, @Nullable String contentType) {

  /** Refuses null in place of octets. */
  public FilePart {
    Objects.requireNonNull(content, "FilePart.content must not be null");
  }

  /**
   * {@return octets of which nothing is said}
   *
   * @param content the octets; not copied
   */
  public static FilePart of(byte[] content) {
    return new FilePart(content, null, null);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FilePart that
        && Arrays.equals(content, that.content)
        && Objects.equals(fileName, that.fileName)
        && Objects.equals(contentType, that.contentType);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hashCode(fileName) + Arrays.hashCode(content);
  }

  /** {@return file name, media type and length; never the content} */
  @Override
  public String toString() {
    return "FilePart[fileName="
        + fileName
        + ", contentType="
        + contentType
        + ", "
        + content.length
        + " octets]";
  }
}
