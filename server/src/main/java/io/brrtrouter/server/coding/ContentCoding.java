package io.brrtrouter.server.coding;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.ContentWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A content coding that responses may be sent in. Whether its library is there is found out when it
 * is first asked for. Safe for use by many threads.
 */
public enum ContentCoding {
  /** RFC 8878. */
  ZSTD("zstd", "com.github.luben:zstd-jni"),

  /** RFC 7932. */
  BROTLI("br", "com.aayushatharva.brotli4j:brotli4j"),

  /** RFC 9110 section 8.4.1.3; the JDK has it. */
  GZIP("gzip", "");

  /** The greatest level. */
  public static final int MOST = 9;

  private static final Logger LOG = LoggerFactory.getLogger(ContentCoding.class);

  /** What was found so far. */
  private static final Map<ContentCoding, Optional<Encoder>> FOUND = new ConcurrentHashMap<>();

  private final String token;
  private final String artifact;

  ContentCoding(String token, String artifact) {
    this.token = token;
    this.artifact = artifact;
  }

  /**
   * {@return the coding of a name}
   *
   * @param token as in {@code Content-Encoding}
   */
  public static Optional<ContentCoding> of(String token) {
    return Stream.of(values()).filter(each -> each.token.equals(token)).findFirst();
  }

  /** {@return what stands for it in {@code Content-Encoding}} */
  public String token() {
    return token;
  }

  /** {@return the artifact that has to be on the class path, with what it needs; or nothing} */
  public String artifact() {
    return artifact;
  }

  /** {@return whether it can be written} The first time, a library may be loaded. */
  public boolean isAvailable() {
    return encoder().isPresent();
  }

  private Optional<Encoder> encoder() {
    return FOUND.computeIfAbsent(this, ContentCoding::find);
  }

  private static Optional<Encoder> find(ContentCoding coding) {
    try {
      return Optional.of(open(coding));
    } catch (LinkageError | RuntimeException absent) {
      LOG.debug("there is no content coding {}", coding.token, absent);
      return Optional.empty();
    }
  }

  /** Classes that need a library are not looked at before. */
  private static Encoder open(ContentCoding coding) {
    return switch (coding) {
      case ZSTD -> new ZstdEncoder();
      case BROTLI -> new BrotliEncoder();
      case GZIP -> new GzipEncoder();
    };
  }

  private Encoder present() {
    return encoder()
        .orElseThrow(() -> new IllegalStateException("nothing here can write " + token));
  }

  /**
   * {@return content in this coding}
   *
   * @param content the content
   * @param level how hard to try, 1 to {@link #MOST}
   * @throws IllegalStateException if it is not available
   */
  public byte[] encode(byte[] content, int level) {
    return present().encode(content, level);
  }

  /**
   * {@return what writes in this coding what another one writes} Whenever that flushes, clients can
   * decode all that was written. Its memory, about a MiB outside the heap, is taken when it begins
   * to write, and given back when it ends.
   *
   * @param content the other one
   * @param length how many octets it is to write, {@link Body.Streamed#UNKNOWN_LENGTH} for any
   *     number
   * @param level how hard to try, 1 to {@link #MOST}
   * @throws IllegalStateException if it is not available
   */
  public ContentWriter coded(ContentWriter content, long length, int level) {
    Encoder writes = present();
    return sink -> CodedSink.write(content, length, sink, out -> writes.stream(out, level));
  }

  /** {@return those that can be written, in order} */
  public static List<ContentCoding> available() {
    return Stream.of(values()).filter(ContentCoding::isAvailable).toList();
  }
}
