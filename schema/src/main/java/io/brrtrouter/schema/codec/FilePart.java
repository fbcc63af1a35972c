package io.brrtrouter.schema.codec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file in a multipart body: octets with what their sender says about them (RFC 7578). What is
 * said may be false: the file name is no path to write to, and the octets need not be of the media
 * type. The octets are in memory, or stored until the request they came with is answered. Immutable
 * as long as nobody changes the octets.
 */
public final class FilePart {
  private final byte @Nullable [] content;
  private final @Nullable StoredOctets stored;
  private final @Nullable String fileName;
  private final @Nullable String contentType;

  /**
   * A file in memory.
   *
   * @param content the octets; not copied
   * @param fileName the {@code filename} of the part's {@code Content-Disposition}; null without
   *     one
   * @param contentType the part's {@code Content-Type}; null without one
   */
  public FilePart(byte[] content, @Nullable String fileName, @Nullable String contentType) {
    this(
        Objects.requireNonNull(content, "FilePart.content must not be null"),
        null,
        fileName,
        contentType);
  }

  private FilePart(
      byte @Nullable [] content,
      @Nullable StoredOctets stored,
      @Nullable String fileName,
      @Nullable String contentType) {
    this.content = content;
    this.stored = stored;
    this.fileName = fileName;
    this.contentType = contentType;
  }

  /**
   * {@return octets of which nothing is said}
   *
   * @param content the octets; not copied
   */
  public static FilePart of(byte[] content) {
    return new FilePart(content, null, null);
  }

  /**
   * {@return a file that is not in memory}
   *
   * @param octets the octets
   * @param fileName as for a file in memory
   * @param contentType as for a file in memory
   */
  public static FilePart stored(
      StoredOctets octets, @Nullable String fileName, @Nullable String contentType) {
    return new FilePart(null, Objects.requireNonNull(octets), fileName, contentType);
  }

  /**
   * {@return the octets; those in memory are not copied, stored ones are read}
   *
   * @throws UncheckedIOException if stored octets cannot be read
   * @throws OutOfMemoryError if they do not fit into memory: {@link #open} reads them one by one
   */
  public byte[] content() {
    byte[] inMemory = content;
    if (inMemory != null) {
      return inMemory;
    }
    try (InputStream octets = open()) {
      return octets.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** {@return how many octets there are} */
  public long length() {
    return content == null ? Objects.requireNonNull(stored).length() : content.length;
  }

  /**
   * {@return the octets, from the first one on; to be closed}
   *
   * @throws IOException if stored octets cannot be read, after the request is answered for example
   */
  public InputStream open() throws IOException {
    return content == null
        ? Objects.requireNonNull(stored).open()
        : new ByteArrayInputStream(content);
  }

  /** {@return the {@code filename} of the part's {@code Content-Disposition}; null without one} */
  public @Nullable String fileName() {
    return fileName;
  }

  /** {@return the part's {@code Content-Type}; null without one} */
  public @Nullable String contentType() {
    return contentType;
  }

  /** Compares octets in memory by what they are, stored ones by where they are. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof FilePart that
        && Arrays.equals(content, that.content)
        && Objects.equals(stored, that.stored)
        && Objects.equals(fileName, that.fileName)
        && Objects.equals(contentType, that.contentType);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(fileName, stored) + Arrays.hashCode(content);
  }

  /** {@return file name, media type and length; never the content} */
  @Override
  public String toString() {
    return "FilePart[fileName="
        + fileName
        + ", contentType="
        + contentType
        + ", "
        + length()
        + " octets]";
  }
}
