package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.coding.ContentCoding;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.ContentSink;
import io.brrtrouter.server.http.EntityTag;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpDate;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Preconditions;
import io.brrtrouter.server.http.Preconditions.Validators;
import io.brrtrouter.server.http.SeekableContent;
import io.brrtrouter.server.http.SeekableContent.Version;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the head of a request makes of a response that has the whole representation: its conditions
 * (RFC 9110 section 13) and the part it asks for (section 14). A 200 to {@code GET} or {@code HEAD}
 * counts, with {@code ETag}, {@code Last-Modified} or content of which parts can be written.
 */
sealed interface Selection {
  /**
   * A response that needs nothing more.
   *
   * @param response the response, its content not seekable
   */
  record Complete(HttpResponse response) implements Selection {}

  /**
   * The request is refused.
   *
   * @param rejection why
   */
  record Refused(Rejection rejection) implements Selection {}

  /**
   * A response with some or all of its content.
   *
   * @param status the status code
   * @param headers the header fields
   * @param length how many octets are sent, {@link Body.Streamed#UNKNOWN_LENGTH} where only their
   *     end tells
   * @param writer writes them
   */
  record Content(int status, Headers headers, long length, Writer writer) implements Selection {}

  /** Writes what was chosen of content. */
  @FunctionalInterface
  interface Writer {
    void writeTo(SeekableContent.Opened content, ContentSink sink) throws Exception;
  }

  /** What a 304 does not have: it describes the content that is not sent (section 15.4.5). */
  Set<String> OF_CONTENT =
      Set.of(
          "accept-ranges",
          "content-digest",
          "content-disposition",
          "content-encoding",
          "content-language",
          "content-length",
          "content-range",
          "content-type",
          "repr-digest");

  /**
   * {@return what is sent}
   *
   * @param head the request
   * @param response the response, finished but for its content coding
   * @param version which content it has, null where no parts can be written
   * @param plan in which content coding it is sent; where no parts can be written, somebody else
   *     codes it
   */
  static Selection of(
      HttpRequest head, HttpResponse response, @Nullable Version version, CodingPlan plan) {
    boolean reads = head.method().equals(Method.GET) || head.method().equals(Method.HEAD);
    if (response.status() != 200 || !reads) {
      return version == null ? new Complete(response) : whole(head, response, version, plan);
    }
    HttpResponse described = version == null ? response : described(response, version);
    if (version == null && !hasValidator(response.headers())) {
      return new Complete(response);
    }
    Validators validators = Validators.of(described.headers());
    return switch (Preconditions.evaluate(head.method(), head.headers(), validators)) {
      case FAILED -> new Refused(new Rejection.PreconditionFailed());
      case NOT_MODIFIED -> new Complete(notModified(plan.announce(described)));
      case HOLD ->
          version == null
              ? new Complete(response)
              : ranges(head, described, version, validators, plan);
    };
  }

  private static boolean hasValidator(Headers headers) {
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i);
      if ((name.length() == 4 && name.equalsIgnoreCase("ETag"))
          || (name.length() == 13 && name.equalsIgnoreCase("Last-Modified"))) {
        return true;
      }
    }
    return false;
  }

  /** {@return a 200 with the fields that are the server's to add, unless they are there} */
  static HttpResponse described(HttpResponse response, Version version) {
    Headers.Builder headers = response.headers().toBuilder();
    EntityTag tag = version.entityTag();
    if (tag != null && !response.headers().contains("ETag")) {
      headers.add("ETag", tag.toString());
    }
    Instant time = version.lastModified();
    if (time != null && !response.headers().contains("Last-Modified")) {
      headers.add("Last-Modified", HttpDate.format(time));
    }
    if (!response.headers().contains("Accept-Ranges")) {
      headers.add("Accept-Ranges", "bytes");
    }
    return new HttpResponse(response.status(), headers.build(), response.body());
  }

  private static HttpResponse notModified(HttpResponse response) {
    Headers.Builder headers = Headers.builder();
    boolean tagged = response.headers().contains("ETag");
    response
        .headers()
        .forEach((name, value) -> {
          String lower = name.toLowerCase(Locale.ROOT);
          if (!OF_CONTENT.contains(lower) && !(tagged && lower.equals("last-modified"))) {
            headers.add(name, value);
          }
        });
    return new HttpResponse(304, headers.build(), Body.EMPTY);
  }

  private static Selection whole(
      HttpRequest head, HttpResponse all, Version version, CodingPlan plan) {
    if (plan.coding() != null) {
      return coded(head, plan.coded(all), version, plan.coding(), plan.level());
    }
    HttpResponse response = plan.announce(all);
    long length = version.length();
    if (head.method().equals(Method.HEAD)) {
      Headers headers = response.headers().with("Content-Length", Long.toString(length));
      return new Complete(new HttpResponse(response.status(), headers, Body.EMPTY));
    }
    return new Content(
        response.status(),
        response.headers(),
        length,
        (content, sink) -> content.writeTo(sink, 0, length));
  }

  private static Selection coded(
      HttpRequest head, HttpResponse response, Version version, ContentCoding coding, int level) {
    if (head.method().equals(Method.HEAD)) {
      return new Complete(response.withBody(Body.EMPTY));
    }
    long length = version.length();
    return new Content(
        response.status(),
        response.headers(),
        Body.Streamed.UNKNOWN_LENGTH,
        (content, sink) ->
            coding.coded(plain -> content.writeTo(plain, 0, length), length, level).writeTo(sink));
  }

  private static Selection ranges(
      HttpRequest head,
      HttpResponse response,
      Version version,
      Validators validators,
      CodingPlan plan) {
    String field = head.headers().get("Range");
    boolean counts =
        field != null
            && head.method().equals(Method.GET)
            && "bytes".equalsIgnoreCase(response.headers().combined("Accept-Ranges"))
            && Preconditions.allowRange(head.headers(), validators, Instant.now());
    List<ByteRange> ranges =
        field == null || !counts ? null : ByteRange.parse(field, version.length());
    if (ranges == null) {
      return whole(head, response, version, plan);
    }
    Headers headers =
        plan.withoutCoding().announce(response).headers().toBuilder()
            .remove("Accept-Ranges")
            .build();
    return switch (ranges.size()) {
      case 0 -> new Refused(new Rejection.RangeNotSatisfiable(version.length()));
      case 1 -> part(headers, version, ranges.getFirst());
      default -> PartialContent.of(headers, version, ranges);
    };
  }

  private static Selection part(Headers headers, Version version, ByteRange range) {
    return new Content(
        206,
        headers.with("Content-Range", range.of(version.length())),
        range.length(),
        (content, sink) -> content.writeTo(sink, range.first(), range.length()));
  }
}
