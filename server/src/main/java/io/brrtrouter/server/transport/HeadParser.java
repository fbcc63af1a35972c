package io.brrtrouter.server.transport;

import static io.brrtrouter.server.transport.FramingException.malformed;

import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.Peer;
import io.brrtrouter.server.http.TransportFailure.Kind;
import java.nio.charset.StandardCharsets;

/**
 * Reads request heads from octets that come in pieces: request line and field lines (RFC 9112
 * sections 2, 3 and 5), as strictly as the specification allows a server to be. Lines end with CRLF
 * only, white space is where the grammar has it only, and folded lines are refused, because two
 * readers that disagree about such octets are how requests are smuggled.
 *
 * <p>One per connection; used by its event loop only.
 */
final class HeadParser {
  static final String HTTP_1_0 = "HTTP/1.0";
  static final String HTTP_1_1 = "HTTP/1.1";

  /** {@code HTTP/1.1} and CRLF. */
  private static final int VERSION_LINE = 10;

  /** What a field takes beside its octets: two texts, their arrays and their places in a list. */
  static final int FIELD_BYTES = 128;

  private enum Expected {
    REQUEST_LINE,
    FIELD_LINE,
    NOTHING
  }

  private final TransportLimits limits;
  private final Peer peer;

  private Expected expected = Expected.REQUEST_LINE;

  /** Octets of an incomplete line that are known not to end it, so that none is read often. */
  private int searched;

  private boolean skippedEmptyLine;
  private String method = "";
  private String target = "";
  private String version = HTTP_1_1;
  private Headers.Builder fields = Headers.builder();
  private int fieldCount;
  private int fieldBytes;
  private FramingFields framing = new FramingFields();

  HeadParser(TransportLimits limits, Peer peer) {
    this.limits = limits;
    this.peer = peer;
  }

  private int longestRequestLine() {
    return Method.LONGEST + 1 + limits.targetOctets() + 1 + VERSION_LINE;
  }

  /** {@return how many octets a line may have, so that more than these never wait for its end} */
  int longestLine() {
    return Math.max(longestRequestLine(), limits.headerBytes());
  }

  /** {@return whether some of a head has been read} */
  boolean isBegun() {
    return expected != Expected.REQUEST_LINE || searched > 0;
  }

  /** {@return whether a head has been read to its end} */
  boolean isComplete() {
    return expected == Expected.NOTHING;
  }

  /** {@return the fields read so far} */
  Headers fields() {
    return fields.build();
  }

  /** {@return the method read, {@code ""} before it is known} */
  String method() {
    return method;
  }

  /**
   * {@return about how many bytes of the heap the lines take that were read: their texts, and once
   * more what is cut out of them as long as the request lasts, parameters for example}
   */
  int held() {
    return 2 * (target.length() + fieldBytes) + FIELD_BYTES * fieldCount;
  }

  /**
   * Reads complete lines, to the end of the head at most.
   *
   * @return the index of the first octet not read; octets from there on are to be given again
   * @throws FramingException if the octets are no request
   */
  int parse(byte[] octets, int from, int to) throws FramingException {
    int at = from;
    while (expected != Expected.NOTHING && at < to) {
      if (searched > 0 && !hasControl(octets, at + searched, to)) {
        return incomplete(octets, at, to);
      }
      searched = 0;
      int next =
          expected == Expected.REQUEST_LINE
              ? requestLine(octets, at, to)
              : fieldLine(octets, at, to);
      if (next < 0) {
        return incomplete(octets, at, to);
      }
      at = next;
    }
    return at;
  }

  /** {@return whether there is an octet that ends a line, or makes it wrong} */
  private static boolean hasControl(byte[] octets, int from, int to) {
    for (int i = from; i < to; i++) {
      if (octets[i] >= 0 && octets[i] < Octets.SP && octets[i] != Octets.HTAB) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasLineEnd(byte[] octets, int from, int to) {
    for (int i = from; i < to; i++) {
      if (octets[i] == Octets.LF) {
        return true;
      }
    }
    return false;
  }

  private int incomplete(byte[] octets, int at, int to) throws FramingException {
    int length = to - at;
    searched = octets[to - 1] == Octets.CR ? length - 1 : length;
    if (expected == Expected.REQUEST_LINE) {
      if (length > longestRequestLine()) {
        throw targetTooLong();
      }
    } else if (fieldBytes + length > limits.headerBytes()) {
      throw headersTooLarge();
    }
    return at;
  }

  private int requestLine(byte[] octets, int from, int to) throws FramingException {
    if (octets[from] == Octets.CR && !skippedEmptyLine) {
      if (from + 1 == to) {
        return -1;
      }
      if (octets[from + 1] == Octets.LF) {
        skippedEmptyLine = true; // RFC 9112 section 2.2: one at least is to be ignored
        return from + 2;
      }
    }
    int at = from;
    while (at < to && Octets.isToken(octets[at])) {
      at++;
    }
    if (at - from > Method.LONGEST) {
      throw new FramingException(
          Kind.NOT_IMPLEMENTED, "a method has at most " + Method.LONGEST + " characters");
    }
    if (at == to) {
      return -1;
    }
    if (octets[at] != Octets.SP || at == from) {
      throw FramingException.octet(octets[at], "a method");
    }
    // Before the rest is read: what comes of that, the answer to a HEAD has no content.
    method = method(octets, from, at);
    int next = targetAndVersion(octets, at + 1, to);
    if (next >= 0) {
      expected = Expected.FIELD_LINE;
    }
    return next;
  }

  private static String method(byte[] octets, int from, int to) {
    return new String(octets, from, to - from, StandardCharsets.ISO_8859_1);
  }

  private int targetAndVersion(byte[] octets, int from, int to) throws FramingException {
    int at = from;
    while (at < to && Octets.isTarget(octets[at])) {
      at++;
    }
    if (at - from > limits.targetOctets()) {
      throw targetTooLong();
    }
    if (at == to) {
      return -1;
    }
    if (octets[at] == Octets.CR || octets[at] == Octets.LF) {
      throw malformed("a request line ends with \" HTTP/1.1\"");
    }
    if (octets[at] != Octets.SP) {
      throw FramingException.octet(octets[at], "a request target; percent-encode it");
    }
    if (at == from) {
      throw malformed("exactly one space separates the parts of a request line");
    }
    if (to - at - 1 < VERSION_LINE) {
      if (hasLineEnd(octets, at + 1, to)) {
        throw noVersion();
      }
      return -1;
    }
    readVersion(octets, at + 1);
    target = new String(octets, from, at - from, StandardCharsets.ISO_8859_1);
    return at + 1 + VERSION_LINE;
  }

  private void readVersion(byte[] octets, int from) throws FramingException {
    boolean named =
        octets[from] == 'H'
            && octets[from + 1] == 'T'
            && octets[from + 2] == 'T'
            && octets[from + 3] == 'P'
            && octets[from + 4] == '/'
            && isDigit(octets[from + 5])
            && octets[from + 6] == '.'
            && isDigit(octets[from + 7])
            && octets[from + 8] == Octets.CR
            && octets[from + 9] == Octets.LF;
    if (!named) {
      throw noVersion();
    }
    int major = octets[from + 5];
    int minor = octets[from + 7];
    if (major != '1' || minor > '1') {
      throw new FramingException(
          Kind.VERSION_NOT_SUPPORTED, "the server speaks HTTP/1.1 and HTTP/1.0");
    }
    version = minor == '1' ? HTTP_1_1 : HTTP_1_0;
  }

  private static FramingException noVersion() {
    return malformed("a request line ends with \"HTTP/\", two digits with a dot between, and CRLF");
  }

  private static boolean isDigit(byte octet) {
    return octet >= '0' && octet <= '9';
  }

  private int fieldLine(byte[] octets, int from, int to) throws FramingException {
    if (octets[from] == Octets.CR) {
      if (from + 1 == to) {
        return -1;
      }
      if (octets[from + 1] != Octets.LF) {
        throw FramingException.octet(Octets.CR, "a field line");
      }
      expected = Expected.NOTHING;
      return from + 2;
    }
    int colon = from;
    while (colon < to && Octets.isToken(octets[colon])) {
      colon++;
    }
    if (colon == to) {
      return -1;
    }
    if (octets[colon] != ':' || colon == from) {
      throw noFieldName(octets[colon], colon == from);
    }
    int end = Headers.endOfValue(octets, colon + 1, to);
    if (end >= to - 1) {
      if (end < to && octets[end] != Octets.CR) {
        throw FramingException.octet(octets[end], "a field value");
      }
      return -1;
    }
    if (octets[end] != Octets.CR || octets[end + 1] != Octets.LF) {
      throw FramingException.octet(octets[end], "a field value");
    }
    int next = end + 2;
    fieldBytes += next - from;
    if (++fieldCount > limits.headerFields() || fieldBytes > limits.headerBytes()) {
      throw headersTooLarge();
    }
    addField(octets, from, colon, end);
    return next;
  }

  private static FramingException noFieldName(byte octet, boolean first) {
    if (Octets.isSpace(octet)) {
      return malformed(
          first
              ? "a field line does not begin with white space: folded lines are not accepted"
              : "no white space is allowed between a field name and its colon");
    }
    if (octet == Octets.CR || octet == Octets.LF) {
      return malformed("a field line has a name and a colon");
    }
    return octet == ':'
        ? malformed("a field line begins with a name")
        : FramingException.octet(octet, "a field name");
  }

  private void addField(byte[] octets, int from, int colon, int end) throws FramingException {
    int first = colon + 1;
    while (first < end && Octets.isSpace(octets[first])) {
      first++;
    }
    int last = end;
    while (last > first && Octets.isSpace(octets[last - 1])) {
      last--;
    }
    String name = FieldNames.of(octets, from, colon);
    framing.add(name, fields.add(name, octets, first, last));
  }

  private FramingException targetTooLong() {
    return new FramingException(
        Kind.TARGET_TOO_LONG,
        "the request target is longer than " + limits.targetOctets() + " octets");
  }

  private FramingException headersTooLarge() {
    return FramingException.headersTooLarge(limits);
  }

  /**
   * {@return the head that was read, and makes ready for the next}
   *
   * @throws FramingException if its fields or its target contradict each other
   */
  RequestHead take() throws FramingException {
    RequestHead head = framing.head(method, target, version, fields.build(), peer);
    forget();
    return head;
  }

  /** Drops what was read and makes ready for the next head. */
  void forget() {
    expected = Expected.REQUEST_LINE;
    searched = 0;
    skippedEmptyLine = false;
    method = "";
    target = "";
    fields = Headers.builder();
    fieldCount = 0;
    fieldBytes = 0;
    framing = new FramingFields();
  }
}
