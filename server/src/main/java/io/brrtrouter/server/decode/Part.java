package io.brrtrouter.server.decode;

import io.brrtrouter.server.http.Headers;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One part of a multipart body (RFC 2046 section 5.1, RFC 7578 section 4).
 *
 * @param name the {@code name} parameter of the part's {@code Content-Disposition}, {@code ""}
 *     without one
 * @param fileName the {@code filename*} or else {@code filename} parameter exactly as sent: it may
 *     hold path separators and must never be used as a path
 * @param headers the part's header fields, a character for each octet sent, as in the header fields
 *     of a request; browsers write file names in UTF-8, which {@code name} and {@code fileName} are
 *     decoded from
 * @param content the octets between the header fields and the next boundary; not copied, must not
 *     be changed
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below compare the octets
public record Part(String name, Optional<String> fileName, Headers headers, byte[] content) {

  /** {@return the {@code Content-Type} of the part, {@code text/plain} when it has none} */
  public String contentType() {
    return headers.first("Content-Type").orElse("text/plain");
  }

  /** {@return whether it is the empty part that a browser sends for a file nobody chose} */
  boolean isNoFile() {
    return content.length == 0 && fileName.filter(String::isEmpty).isPresent();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Part that
        && name.equals(that.name)
        && fileName.equals(that.fileName)
        && headers.equals(that.headers)
        && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + Arrays.hashCode(content);
  }

  /** {@return name, file name and length; never the content} */
  @Override
  public String toString() {
    return "Part[name=" + name + ", fileName=" + fileName + ", " + content.length + " octets]";
  }
}
