package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.coding.ContentCoding;
import io.brrtrouter.server.http.AcceptEncoding;
import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which responses of operations, and which files, are sent in a content coding (RFC 9110 section
 * 8.4): whole ones of a success, of a type that is text, to clients that accept it. Immutable.
 *
 * @param minBytes shorter content is sent as it is, if it is known how long it is
 * @param level how hard to try, 1 to 9
 * @param codings those that are used, in the order they are preferred in; none for no compression
 * @param events whether streams of server-sent events are coded too
 * @param streams how many responses are coded at once while they are written; further ones are sent
 *     as they are
 */
public record Compression(
    int minBytes, int level, List<ContentCoding> codings, boolean events, int streams) {
  /** Nothing is compressed. */
  public static final Compression OFF = new Compression(0, 1, List.of(), false, 1);

  /** Text, whatever is said of it (RFC 6838): all that is registered below it can be shortened. */
  private static final String TEXT = "text/";

  private static final String EVENTS = "text/event-stream";

  private static final Set<String> SHORTENED =
      Set.of(
          "application/javascript",
          "application/json",
          "application/json-seq",
          "application/jsonl",
          "application/toml",
          "application/wasm",
          "application/x-ndjson",
          "application/xml",
          "application/yaml");

  private static final List<String> SUFFIXES = List.of("+json", "+json-seq", "+xml", "+yaml");

  /** Copies the codings, and refuses levels that there are none of. */
  public Compression {
    codings = List.copyOf(codings);
    if (level < 1 || level > ContentCoding.MOST) {
      throw new IllegalArgumentException(
          "a level is 1 to " + ContentCoding.MOST + ", not " + level);
    }
  }

  /**
   * {@return how a response is to be coded}
   *
   * @param head the request
   * @param response the response, its content rendered
   */
  CodingPlan plan(HttpRequest head, HttpResponse response) {
    boolean success = response.status() == 200 || response.status() == 201;
    if (codings.isEmpty()
        || !success
        || !isLongEnough(response.body())
        || !mayBeCoded(response.headers())) {
      return CodingPlan.NONE;
    }
    if (isForPart(head, response)) {
      return new CodingPlan(true, null, level, true);
    }
    AcceptEncoding accepted = AcceptEncoding.of(head.headers());
    Optional<ContentCoding> coding = accepted.choose(codings, ContentCoding::token);
    return new CodingPlan(true, coding.orElse(null), level, accepted.identity() > 0);
  }

  private boolean isLongEnough(Body body) {
    return switch (body) {
      case Body.Bytes(byte[] content) -> content.length >= minBytes;
      case Body.Seekable(var content) -> content.version().length() >= minBytes;
      case Body.Streamed(var _, long length, var _) ->
          length == Body.Streamed.UNKNOWN_LENGTH || length >= minBytes;
      case Body.Empty _, Body.Json _, Body.Tunnel _ -> false;
    };
  }

  /** Parts of content that is coded while it is sent would have to be coded whole each time. */
  private static boolean isForPart(HttpRequest head, HttpResponse response) {
    return response.body() instanceof Body.Seekable
        && head.method().equals(Method.GET)
        && head.headers().contains("Range");
  }

  private boolean mayBeCoded(Headers headers) {
    if (headers.contains("Content-Encoding")
        || headers.contains("Content-Range")
        || headers.contains("Content-Digest")
        || headers.contains("Repr-Digest")) {
      return false;
    }
    String cache = headers.combined("Cache-Control");
    if (cache != null && cache.toLowerCase(Locale.ROOT).contains("no-transform")) {
      return false;
    }
    return Optional.ofNullable(headers.get("Content-Type")).filter(this::isText).isPresent();
  }

  /** Images, archives and the like are compressed already; events need to be told of. */
  private boolean isText(String contentType) {
    int semicolon = contentType.indexOf(';');
    String type =
        (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
            .strip()
            .toLowerCase(Locale.ROOT);
    if (type.equals(EVENTS)) {
      return events;
    }
    return type.startsWith(TEXT)
        || SHORTENED.contains(type)
        || SUFFIXES.stream().anyMatch(type::endsWith);
  }
}
