package io.brrtrouter.server.transport;

import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.HttpResponse;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.http.TransportFailure.Kind;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Heads of HTTP/2 made requests, and responses made heads (RFC 9113 section 8). What makes a
 * request malformed there is a stream error; what a server does not accept beyond that is answered,
 * as in HTTP/1. The codec has refused names in capitals, pseudo-header fields that are unknown or
 * come late or twice, fields about the connection and content lengths that differ. Of several that
 * are the same it has made one (RFC 9110 section 8.6): they say nothing here about where content
 * ends.
 */
final class H2Head {
  static final String VERSION = "HTTP/2";

  private static final String WEBSOCKET = "websocket";

  private static final AsciiString PROTOCOL = Http2Headers.PseudoHeaderName.PROTOCOL.value();

  /** What a field counts beside its octets (RFC 9113 section 6.5.2). */
  private static final int FIELD_OVERHEAD = 32;

  /** What a field line of HTTP/1 has beside name and value. */
  private static final int LINE_OVERHEAD = 4;

  private static final int PSEUDO_FIELDS = 4;

  private static final AsciiString ORIGIN = AsciiString.cached("origin");
  private static final AsciiString SITE = AsciiString.cached("sec-fetch-site");

  private final int stream;
  private final TransportLimits limits;
  private final FramingFields framing = new FramingFields();
  private final Headers.Builder fields = Headers.builder();
  private final StringBuilder cookies = new StringBuilder();
  private int count;
  private int bytes;
  private @Nullable String host;

  private H2Head(int stream, TransportLimits limits) {
    this.stream = stream;
    this.limits = limits;
  }

  /** {@return the size of a list of fields beyond which nothing of it is kept} */
  static long listSize(TransportLimits limits) {
    return (long) limits.targetOctets()
        + limits.headerBytes()
        + (long) FIELD_OVERHEAD * (limits.headerFields() + PSEUDO_FIELDS)
        + Method.LONGEST;
  }

  /**
   * {@return the head of a request}
   *
   * @param stream its number
   * @param end whether it has no body
   * @throws FramingException if it is to be answered that the server does not accept it
   * @throws Http2Exception if it is malformed
   */
  static RequestHead of(
      int stream, Http2Headers headers, boolean end, TransportLimits limits, Peer peer)
      throws FramingException, Http2Exception {
    return new H2Head(stream, limits).read(headers, end, peer);
  }

  private RequestHead read(Http2Headers headers, boolean end, Peer peer)
      throws FramingException, Http2Exception {
    String method = text(":method", headers.method());
    CharSequence protocol = headers.get(PROTOCOL);
    if (protocol != null) {
      requireTunnel(method);
      // RFC 8441 section 5: to whoever answers it is what HTTP/1 asks for with a GET.
      method = Method.GET.token();
      add("upgrade", tunnel(text(PROTOCOL.toString(), protocol)));
    }
    CharSequence givenAuthority = headers.authority();
    String authority = givenAuthority == null ? null : text(":authority", givenAuthority);
    if (authority != null) {
      add("Host", authority);
    }
    for (Map.Entry<CharSequence, CharSequence> field : headers) {
      if (!Http2Headers.PseudoHeaderName.hasPseudoHeaderFormat(field.getKey())) {
        take(AsciiString.of(field.getKey()), AsciiString.of(field.getValue()), authority);
      }
    }
    if (!cookies.isEmpty()) {
      // RFC 9113 section 8.2.3: one field again, before anything that is not HTTP/2 reads it.
      add("cookie", cookies.toString());
    }
    String target = target(method, headers, peer);
    String named = authority == null ? host : authority;
    if (named == null || named.isEmpty()) {
      throw malformed("a request names the authority it is for");
    }
    if (count > limits.headerFields() || bytes > limits.headerBytes()) {
      throw FramingException.headersTooLarge(limits);
    }
    RequestHead head = framing.head(method, target, VERSION, fields.build(), peer);
    return framed(head, end);
  }

  private RequestHead framed(RequestHead head, boolean end) throws Http2Exception {
    boolean declared = head.request().headers().contains("content-length");
    if (end && declared && head.contentLength() != 0) {
      throw malformed("a request without content has no length");
    }
    long length = end ? 0 : declared ? head.contentLength() : -1;
    HttpRequest request = head.request();
    if (length < 0 && !isTunnel(request)) {
      request = ofUnknownLength(request);
    }
    return new RequestHead(request, length, true, !end && head.expectsContinue());
  }

  /**
   * {@return a request with content of which only the end tells how long it is: to whoever decides
   * on it by its fields it is what HTTP/1 sends in chunks (RFC 9112 section 6.3)}
   */
  private static HttpRequest ofUnknownLength(HttpRequest request) {
    Headers fields = request.headers().with("Transfer-Encoding", "chunked");
    return new HttpRequest(
        request.method(), request.target(), request.version(), fields, request.peer());
  }

  private void take(AsciiString name, AsciiString value, @Nullable String authority)
      throws FramingException, Http2Exception {
    count++;
    bytes += name.length() + value.length() + LINE_OVERHEAD;
    String text = text(name.toString(), value);
    if (name.contentEqualsIgnoreCase("host")) {
      if (authority == null) {
        host = text;
        add("host", text);
      } else if (!authority.equalsIgnoreCase(text)) {
        throw malformed("Host and :authority name the same");
      }
    } else if (name.contentEqualsIgnoreCase("cookie")) {
      cookies.append(cookies.isEmpty() ? "" : "; ").append(text);
    } else {
      add(
          FieldNames.of(name.array(), name.arrayOffset(), name.arrayOffset() + name.length()),
          text);
    }
  }

  private void add(String name, String value) throws FramingException {
    fields.add(name, value);
    framing.add(name, value);
  }

  private String target(String method, Http2Headers headers, Peer peer)
      throws FramingException, Http2Exception {
    if (method.equals("CONNECT")) {
      return ""; // It has no target, and is refused for what it is.
    }
    requireMethod(method);
    String scheme = text(":scheme", headers.scheme());
    String path = text(":path", headers.path());
    if (path.length() > limits.targetOctets()) {
      throw new FramingException(
          Kind.TARGET_TOO_LONG,
          "the request target is longer than " + limits.targetOctets() + " octets");
    }
    if (path.isEmpty() || (path.charAt(0) != '/' && !path.equals("*"))) {
      throw malformed("a path begins with \"/\"");
    }
    for (int i = 0; i < path.length(); i++) {
      if (!Octets.isTarget((byte) path.charAt(i)) || path.charAt(i) > 0x7F) {
        throw FramingException.octet((byte) path.charAt(i), "a request target; percent-encode it");
      }
    }
    requireScheme(scheme, peer);
    return path;
  }

  private void requireTunnel(String method) throws Http2Exception {
    if (!method.equals("CONNECT")) {
      throw malformed("a protocol is asked for with CONNECT");
    }
  }

  private static String tunnel(String protocol) throws FramingException {
    if (!protocol.equals(WEBSOCKET)) {
      throw new FramingException(
          Kind.NOT_IMPLEMENTED, "the only protocol that CONNECT may ask for is websocket");
    }
    return protocol;
  }

  /** {@return whether a request asks for another protocol: others have no such field} */
  static boolean isTunnel(HttpRequest request) {
    return request.headers().contains("upgrade");
  }

  private static void requireMethod(String method) throws FramingException {
    if (method.length() > Method.LONGEST) {
      throw new FramingException(
          Kind.NOT_IMPLEMENTED, "a method has at most " + Method.LONGEST + " characters");
    }
    for (int i = 0; i < method.length(); i++) {
      if (!Octets.isToken((byte) method.charAt(i)) || method.charAt(i) > 0x7F) {
        throw FramingException.octet((byte) method.charAt(i), "a method");
      }
    }
  }

  /** RFC 9110 section 7.4, as for an absolute target of HTTP/1. */
  private static void requireScheme(String scheme, Peer peer) throws FramingException {
    if (scheme.equalsIgnoreCase("https") && !peer.secure()) {
      throw RequestTarget.notEncrypted();
    }
    if (!scheme.equalsIgnoreCase("https") && !scheme.equalsIgnoreCase("http")) {
      throw FramingException.malformed("the scheme of a request is http or https");
    }
  }

  /** {@return a value, which has no control characters and no white space around it} */
  private String text(String name, @Nullable CharSequence value) throws Http2Exception {
    if (value == null || (value.isEmpty() && name.equals(":method"))) {
      throw malformed("a request has " + name);
    }
    AsciiString text = AsciiString.of(value);
    int from = text.arrayOffset();
    int to = from + text.length();
    if (Headers.endOfValue(text.array(), from, to) < to
        || (from < to
            && (Octets.isSpace(text.array()[from]) || Octets.isSpace(text.array()[to - 1])))) {
      // RFC 9113 section 8.2.1
      throw malformed("a field value has a character that none has, or white space around it");
    }
    return new String(text.array(), from, text.length(), StandardCharsets.ISO_8859_1);
  }

  private Http2Exception malformed(String message) {
    return Http2Exception.streamError(stream, Http2Error.PROTOCOL_ERROR, message);
  }

  /**
   * {@return what a head that is refused says about the page that sent it; what no field can have
   * is left out}
   */
  static Headers aboutOrigin(Http2Headers headers) {
    Headers.Builder fields = Headers.builder();
    add("Origin", headers.get(ORIGIN), fields);
    add("Sec-Fetch-Site", headers.get(SITE), fields);
    add("Host", headers.authority(), fields);
    return fields.build();
  }

  private static void add(String name, @Nullable CharSequence value, Headers.Builder fields) {
    if (value != null && Headers.isValue(value.toString())) {
      fields.add(name, value.toString());
    }
  }

  /** {@return about how many bytes of the heap a head takes, as {@link HeadParser#held} says} */
  static int held(HttpRequest request) {
    Headers headers = request.headers();
    int octets = request.target().length();
    for (int i = 0; i < headers.size(); i++) {
      octets += headers.name(i).length() + headers.value(i).length();
    }
    return 2 * octets + HeadParser.FIELD_BYTES * headers.size();
  }

  /** {@return how many octets the lines of trailer fields would have} */
  static int lineOctets(Http2Headers trailers) {
    int octets = 0;
    for (Map.Entry<CharSequence, CharSequence> field : trailers) {
      octets += field.getKey().length() + field.getValue().length() + LINE_OVERHEAD;
    }
    return octets;
  }

  /** {@return the head of a response} Fields about the connection are left out. */
  static Http2Headers of(HttpResponse response, long length) {
    Http2Headers head = new DefaultHttp2Headers(false);
    // RFC 8441 section 5: a protocol is switched by a success.
    boolean switches = response.status() == StatusLines.SWITCHING_PROTOCOLS;
    head.status(switches ? "200" : String.valueOf(response.status()));
    Headers headers = response.headers();
    boolean dated = false;
    for (int i = 0; i < headers.size(); i++) {
      String name = headers.name(i).toLowerCase(Locale.ROOT);
      if (!isOwn(name)) {
        dated |= name.equals("date");
        head.add(name, headers.value(i));
      }
    }
    if (!dated) {
      head.add("date", HttpDate.value());
    }
    if (length >= 0) {
      head.add("content-length", String.valueOf(length));
    }
    return head;
  }

  /** RFC 9113 section 8.2.2. */
  private static boolean isOwn(String name) {
    return switch (name) {
      case "connection",
          "keep-alive",
          "proxy-connection",
          "transfer-encoding",
          "upgrade",
          "content-length" ->
          true;
      default -> false;
    };
  }
}
