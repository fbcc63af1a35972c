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

  private final Lazy<byte[]> content;
  private final Lazy<Answers> answers;

  /**
   * What is sent.
   *
   * @param tag the validator
   * @param headers those of a 200
   * @param notModified the 304
   */
  private record Answers(String tag, Headers headers, HttpResponse notModified) {}

  private StaticContent(Lazy<byte[]> content, Lazy<Answers> answers) {
    this.content = content;
    this.answers = answers;
  }

  /**
   * {@return content that is made when first asked for, told apart by its digest}
   *
   * @param mediaType its media type
   * @param content the bytes
   * @param cacheControl how long clients may keep it
   * @param more further header fields
   */
  static StaticContent of(
      String mediaType, Lazy<byte[]> content, String cacheControl, Headers more) {
    Lazy<Answers> answers =
        new Lazy<>(() -> answers(mediaType, digest(content.get()), cacheControl, more));
    return new StaticContent(content, content.isMade() ? Lazy.made(answers.get()) : answers);
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
    return new StaticContent(
        new Lazy<>(content), Lazy.made(answers(mediaType, version, cacheControl, more)));
  }

  private static Answers answers(
      String mediaType, String version, String cacheControl, Headers more) {
    String tag = '"' + version + '"';
    Headers validators = Headers.of("ETag", tag, "Cache-Control", cacheControl);
    Headers.Builder headers = validators.toBuilder();
    headers.add("Content-Type", mediaType);
    more.forEach(headers::add);
    return new Answers(tag, headers.build(), new HttpResponse(304, validators, Body.EMPTY));
  }

  @Override
  public Answer answer(HttpRequest request) {
    return content.isMade() && answers.isMade()
        ? new Now(response(request))
        : new Later(() -> response(request));
  }

  private HttpResponse response(HttpRequest request) {
    Answers known = answers.get();
    return has(request.headers().all("If-None-Match"), known.tag())
        ? known.notModified()
        : new HttpResponse(200, known.headers(), new Body.Bytes(content.get()));
  }

  /** Weak comparison of RFC 9110 section 8.8.3.2; our tags contain no comma. */
  private static boolean has(List<String> fields, String tag) {
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
