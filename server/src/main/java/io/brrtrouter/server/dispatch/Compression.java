package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.http.Body;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/**
 * Which responses of operations are sent in the content coding gzip (RFC 9110 section 8.4.1.3):
 * whole ones of a success, of a type that is text, to clients that accept it, and only where it
 * saves something. Immutable.
 *
 * @param minBytes shorter content is sent as it is
 * @param level how hard to try, 1 to 9; 0 for no compression of anything
 */
public record Compression(int minBytes, int level) {
  /** Nothing is compressed. */
  public static final Compression OFF = new Compression(0, 0);

  private static final String VARY = "Vary";
  private static final String ACCEPT_ENCODING = "Accept-Encoding";

  /** More than nothing (RFC 9110 section 12.4.2). */
  private static final Pattern WEIGHT = Pattern.compile("1(\\.0{0,3})?|0\\.(?!0+$)[0-9]{1,3}");

  /** Refuses levels that there are none of. */
  public Compression {
    if (level < 0 || level > 9) {
      throw new IllegalArgumentException("a level is 0 to 9, not " + level);
    }
  }

  /**
   * {@return the response as the client gets it}
   *
   * @param head the request
   * @param response the response, its content rendered
   */
  HttpResponse apply(HttpRequest head, HttpResponse response) {
    if (!counts(response) || !(response.body() instanceof Body.Bytes(byte[] content))) {
      return response;
    }
    HttpResponse varying = varying(response);
    if (!accepts(head.headers())) {
      return varying;
    }
    byte[] coded = gzip(content);
    return coded.length >= content.length
        ? varying
        : weakened(varying).withHeader("Content-Encoding", "gzip").withBody(new Body.Bytes(coded));
  }

  /**
   * {@return the response with the {@code Vary} and {@code ETag} that {@link #apply} would give it,
   * for a 304 in its place: content is taken to become shorter}
   *
   * @param head the request
   * @param response the response, its content rendered
   */
  HttpResponse announce(HttpRequest head, HttpResponse response) {
    if (!counts(response)) {
      return response;
    }
    HttpResponse varying = varying(response);
    return accepts(head.headers()) ? weakened(varying) : varying;
  }

  private boolean counts(HttpResponse response) {
    boolean whole = response.status() == 200 || response.status() == 201;
    return level > 0
        && whole
        && response.body() instanceof Body.Bytes(byte[] content)
        && content.length >= minBytes
        && mayBeCoded(response.headers());
  }

  /** RFC 9110 section 8.8.3.3: the octets are others, so a strong tag would be a lie. */
  private static HttpResponse weakened(HttpResponse response) {
    String tag = response.headers().get("ETag");
    return tag != null && tag.startsWith("\"") ? response.withHeader("ETag", "W/" + tag) : response;
  }

  private static boolean mayBeCoded(Headers headers) {
    if (headers.contains("Content-Encoding") || headers.contains("Content-Range")) {
      return false;
    }
    String cache = headers.combined("Cache-Control");
    if (cache != null && cache.toLowerCase(Locale.ROOT).contains("no-transform")) {
      return false;
    }
    return Optional.ofNullable(headers.get("Content-Type")).map(Compression::isText).orElse(false);
  }

  /** Images, archives and the like are compressed already; events must not wait for others. */
  private static boolean isText(String contentType) {
    int semicolon = contentType.indexOf(';');
    String type =
        (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
            .strip()
            .toLowerCase(Locale.ROOT);
    if (type.equals("text/event-stream")) {
      return false;
    }
    return type.startsWith("text/")
        || type.equals("application/json")
        || type.equals("application/xml")
        || type.equals("application/javascript")
        || type.equals("application/yaml")
        || type.equals("image/svg+xml")
        || type.endsWith("+json")
        || type.endsWith("+xml")
        || type.endsWith("+yaml");
  }

  /** RFC 9110 section 12.5.3. */
  private static boolean accepts(Headers headers) {
    String field = headers.combined(ACCEPT_ENCODING);
    if (field == null) {
      return false;
    }
    boolean any = false;
    for (String element : field.split(",", -1)) {
      String[] parts = element.split(";", -1);
      String coding = parts[0].strip().toLowerCase(Locale.ROOT);
      boolean wanted = Arrays.stream(parts).skip(1).noneMatch(Compression::excludes);
      if (coding.equals("gzip") || coding.equals("x-gzip")) {
        return wanted;
      }
      any |= coding.equals("*") && wanted;
    }
    return any;
  }

  /** {@return whether a parameter is a weight of nothing, or one that nobody can understand} */
  private static boolean excludes(String parameter) {
    int equals = parameter.indexOf('=');
    return equals >= 0
        && parameter.substring(0, equals).strip().equalsIgnoreCase("q")
        && !WEIGHT.matcher(parameter.substring(equals + 1).strip()).matches();
  }

  /** What a cache keeps depends on what the client accepted, whether this one did or not. */
  private static HttpResponse varying(HttpResponse response) {
    String vary = response.headers().combined(VARY);
    if (vary == null) {
      return response.withHeader(VARY, ACCEPT_ENCODING);
    }
    boolean told =
        vary.strip().equals("*")
            || vary.toLowerCase(Locale.ROOT).contains(ACCEPT_ENCODING.toLowerCase(Locale.ROOT));
    return told ? response : response.withHeader(VARY, vary + ", " + ACCEPT_ENCODING);
  }

  private byte[] gzip(byte[] content) {
    ByteArrayOutputStream coded = new ByteArrayOutputStream(Math.max(64, content.length / 4));
    try (OutputStream gzip = new Gzip(coded, level)) {
      gzip.write(content);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return coded.toByteArray();
  }

  /** The JDK's, at a level of ours. */
  private static final class Gzip extends GZIPOutputStream {
    Gzip(OutputStream out, int level) throws IOException {
      super(out);
      def.setLevel(level);
    }
  }
}
