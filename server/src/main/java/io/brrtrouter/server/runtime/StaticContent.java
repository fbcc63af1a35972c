package io.brrtrouter.server.runtime;

import io.brrtrouter.server.dispatch.Endpoint;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Content that does not change, with a validator: a client that has it gets a 304 (RFC 9110 section
 * 13.1.2). Safe for use by many threads.
 */
final class StaticContent implements Endpoint {
  /** Keep it, but ask each time whether it is still good. */
  static final String REVALIDATE = "no-cache";

  /** A day: the files of a library change with a release at most. */
  static final String KEEP = "public, max-age=86400";

  /** Enough of a digest to tell versions of a file apart. */
  private static final int TAG_BYTES = 12;

  private final Supplier<byte[]> source;
  private final String tag;
  private final Headers headers;
  private final HttpResponse notModified;

  /** Set by whoever asks first; two who ask at once fetch the same. */
  private volatile byte @Nullable [] content;

  private StaticContent(Supplier<byte[]> source, String tag, Headers validators, Headers headers) {
    this.source = source;
    this.tag = tag;
    this.headers = headers;
    this.notModified = new HttpResponse(304, validators, Body.EMPTY);
  }

  /**
   * {@return content in memory, told apart by its digest}
   *
   * @param mediaType its media type
   * @param content the bytes; not copied
   * @param cacheControl how long clients may keep it
   * @param more further header fields
   */
  static StaticContent of(String mediaType, byte[] content, String cacheControl, Headers more) {
    StaticContent present = of(mediaType, () -> content, digest(content), cacheControl, more);
    present.content = content;
    return present;
  }

  /**
   * {@return content that is fetched when first asked for}
   *
   * @param mediaType its media type
   * @param content gives the bytes
   * @param version differs when the content differs
   * @param cacheControl how long clients may keep it
   * @param more further header fields
   */
  static StaticContent of(
      String mediaType,
      Supplier<byte[]> content,
      String version,
      String cacheControl,
      Headers more) {
    String tag = '"' + version + '"';
    Headers validators = Headers.of("ETag", tag, "Cache-Control", cacheControl);
    Headers.Builder headers = validators.toBuilder();
    headers.add("Content-Type", mediaType).add("X-Content-Type-Options", "nosniff");
    more.forEach(headers::add);
    return new StaticContent(content, tag, validators, headers.build());
  }

  @Override
  public Answer answer(HttpRequest request) {
    if (has(request.headers().all("If-None-Match"))) {
      return new Now(notModified);
    }
    byte[] present = content;
    return present == null ? new Later(() -> ok(fetch())) : new Now(ok(present));
  }

  private HttpResponse ok(byte[] present) {
    return new HttpResponse(200, headers, new Body.Bytes(present));
  }

  private byte[] fetch() {
    byte[] fetched = source.get();
    content = fetched;
    return fetched;
  }

  /** Weak comparison of RFC 9110 section 8.8.3.2; our tags contain no comma. */
  private boolean has(List<String> fields) {
    for (String field : fields) {
      for (String element : field.split(",", -1)) {
        String candidate = element.strip();
        if (candidate.equals("*") || candidate.equals(tag) || candidate.equals("W/" + tag)) {
          return true;
        }
      }
    }
    return false;
  }

  private static String digest(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, TAG_BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every JDK has SHA-256", impossible);
    }
  }
}
