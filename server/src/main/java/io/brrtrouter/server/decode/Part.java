package io.brrtrouter.server.decode;

import io.brrtrouter.schema.codec.StoredOctets;
import io.brrtrouter.server.http.Headers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * One part of a multipart body (RFC 2046 section 5.1, RFC 7578 section 4). Its content is in
 * memory; a file of an operation with {@code x-brrtrouter-stream-body} may be stored instead, until
 * the request is answered. Immutable as long as nobody changes the content.
 */
public final class Part {
  private static final byte[] NONE = {};

  private final String name;
  private final Optional<String> fileName;
  private final Headers headers;
  private final byte[] content;
  private final @Nullable StoredOctets stored;

  /**
   * A part in memory.
   *
   * @param name the {@code name} parameter of the part's {@code Content-Disposition}, {@code ""}
   *     without one
   * @param fileName the {@code filename*} or else {@code filename} parameter exactly as sent
   * @param headers the part's header fields
   * @param content the octets between the header fields and the next boundary; not copied
   */
  public Part(String name, Optional<String> fileName, Headers headers, byte[] content) {
    this(name, fileName, headers, content, null);
  }

  /**
   * {@return a part without a name, such as a response of {@code multipart/mixed} has}
   *
   * @param contentType its media type
   * @param content its octets; not copied
   */
  public static Part of(String contentType, byte[] content) {
    return new Part("", Optional.empty(), Headers.of("Content-Type", contentType), content);
  }

  /**
   * {@return a part with JSON, without a name}
   *
   * @param value a JSON value, a record, a collection or whatever else Jackson makes JSON of
   * @throws tools.jackson.core.JacksonException if Jackson can make nothing of it
   */
  public static Part json(Object value) {
    return of("application/json", JsonMapper.shared().writeValueAsBytes(value));
  }

  private Part(
      String name,
      Optional<String> fileName,
      Headers headers,
      byte[] content,
      @Nullable StoredOctets stored) {
    this.name = name;
    this.fileName = fileName;
    this.headers = headers;
    this.content = content;
    this.stored = stored;
  }

  /** {@return the same part with content that is in memory} */
  Part with(byte[] octets) {
    return new Part(name, fileName, headers, octets);
  }

  /** {@return the same part with content that is stored} */
  Part with(StoredOctets octets) {
    return new Part(name, fileName, headers, NONE, octets);
  }

  /**
   * {@return the {@code name} parameter of the part's {@code Content-Disposition}, {@code ""}
   * without one}
   */
  public String name() {
    return name;
  }

  /**
   * {@return the {@code filename*} or else {@code filename} parameter exactly as sent: it may hold
   * path separators and must never be used as a path}
   */
  public Optional<String> fileName() {
    return fileName;
  }

  /**
   * {@return the part's header fields, a character for each octet sent, as in the header fields of
   * a request; browsers write file names in UTF-8, which {@link #name} and {@link #fileName} are
   * decoded from}
   */
  public Headers headers() {
    return headers;
  }

  /**
   * {@return the octets between the header fields and the next boundary; those in memory are not
   * copied and must not be changed, stored ones are read}
   *
   * @throws UncheckedIOException if stored octets cannot be read
   * @throws OutOfMemoryError if they do not fit into memory: {@link #open} reads them one by one
   */
  public byte[] content() {
    if (stored == null) {
      return content;
    }
    try (InputStream octets = open()) {
      return octets.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** {@return how many octets the content has} */
  public long length() {
    return stored == null ? content.length : stored.length();
  }

  /**
   * {@return the content, from the first octet on; to be closed}
   *
   * @throws IOException if stored octets cannot be read, after the request is answered for example
   */
  public InputStream open() throws IOException {
    return stored == null ? new ByteArrayInputStream(content) : stored.open();
  }

  /** {@return the {@code Content-Type} of the part, {@code text/plain} when it has none} */
  public String contentType() {
    return headers.first("Content-Type").orElse("text/plain");
  }

  /** {@return where the content is stored, null if it is in memory} */
  @Nullable StoredOctets stored() {
    return stored;
  }

  /** {@return whether it is the empty part that a browser sends for a file nobody chose} */
  boolean isNoFile() {
    return length() == 0 && fileName.filter(String::isEmpty).isPresent();
  }

  /** Compares content in memory by what it is, stored content by where it is. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Part that
        && name.equals(that.name)
        && fileName.equals(that.fileName)
        && headers.equals(that.headers)
        && Arrays.equals(content, that.content)
        && Objects.equals(stored, that.stored);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hash(name, stored) + Arrays.hashCode(content);
  }

  /** {@return name, file name and length; never the content} */
  @Override
  public String toString() {
    return "Part[name=" + name + ", fileName=" + fileName + ", " + length() + " octets]";
  }
}
