package io.brrtrouter.server.decode;

import io.brrtrouter.server.http.Headers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Takes a multipart body apart (RFC 2046 section 5.1.1), strictly: lines end with CRLF, every
 * delimiter is a whole line, the closing delimiter is there. A preamble and an epilogue are
 * ignored, and a body without parts is one of no parts, as browsers send for an empty form. A body
 * that two parsers could read differently is malformed. Time is linear in the length of the body.
 * Belongs to one body.
 */
final class MultipartParser {
  private static final int MAX_BOUNDARY = 70;

  private final byte[] body;

  /** {@code CRLF--boundary}. */
  private final byte[] delimiter;

  private final FormLimits limits;
  private final boolean named;
  private final List<Part> parts = new ArrayList<>();

  private MultipartParser(byte[] body, String boundary, FormLimits limits, boolean named) {
    this.body = body;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
    this.limits = limits;
    this.named = named;
  }

  /** What became of a body. */
  sealed interface Result {}

  /** The body is multipart. */
  record Parsed(List<Part> parts) implements Result {}

  /**
   * The body is not multipart.
   *
   * @param message one sentence
   */
  record Malformed(String message) implements Result {}

  /**
   * The body has more parts than allowed.
   *
   * @param limit how many are allowed
   */
  record TooMany(int limit) implements Result {}

  /** Ends the reading of a malformed body; never leaves this class. */
  private static final class MalformedBody extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedBody(String message) {
      super(message, null, false, false);
    }
  }

  /** Whether a text can be a boundary: 1 to 70 characters of a small set. */
  static boolean isBoundary(String boundary) {
    for (int i = 0; i < boundary.length(); i++) {
      char c = boundary.charAt(i);
      boolean alphanumeric =
          (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
      if (!alphanumeric && "'()+_,-./:=? ".indexOf(c) < 0) {
        return false;
      }
    }
    return !boundary.isEmpty() && boundary.length() <= MAX_BOUNDARY && !boundary.endsWith(" ");
  }

  /**
   * Takes a body apart.
   *
   * @param body the body
   * @param boundary the {@code boundary} parameter of its media type
   * @param limits how many parts there may be, and how long their header fields
   * @param named whether each part must have a name, as in {@code multipart/form-data} (RFC 7578
   *     section 4.2)
   */
  static Result parse(byte[] body, String boundary, FormLimits limits, boolean named) {
    if (!isBoundary(boundary)) {
      return new Malformed("the media type has no boundary parameter of 1 to 70 legal characters");
    }
    try {
      MultipartParser parser = new MultipartParser(body, boundary, limits, named);
      return parser.parse() ? new Parsed(parser.parts) : new TooMany(limits.parts());
    } catch (MalformedBody e) {
      return new Malformed(String.valueOf(e.getMessage()));
    }
  }

  /** Reads all parts; {@return false if there are too many} */
  private boolean parse() throws MalformedBody {
    int at = isDelimiter(-2) ? -2 : find(0);
    require(at != body.length, "the body has no line with its boundary");
    int behind = at + delimiter.length;
    require(at == -2 || !isClosing(behind), "the first boundary is the closing one");
    while (!isClosing(behind)) {
      if (parts.size() == limits.parts()) {
        return false;
      }
      int end = skipPadding(behind);
      require(isLineEnd(end), "the boundary before " + which() + " does not end its line");
      behind = part(end + 2) + delimiter.length;
    }
    int end = skipPadding(behind + 2);
    require(end == body.length || isLineEnd(end), "the closing boundary does not end its line");
    return true;
  }

  private int skipPadding(int from) {
    int i = from;
    while (i < body.length && (body[i] == ' ' || body[i] == '\t')) {
      i++;
    }
    return i;
  }

  /** Reads a part; {@return where the delimiter behind it begins} */
  private int part(int start) throws MalformedBody {
    Headers.Builder headers = Headers.builder();
    int content = headers(start, headers);
    int end = find(content - 2); // an empty part shares the line end before it
    require(end < body.length, "the body ends before its closing boundary");
    byte[] octets = Arrays.copyOfRange(body, Math.min(content, end), end);
    parts.add(part(headers.build(), octets));
    return end;
  }

  private Part part(Headers headers, byte[] content) throws MalformedBody {
    List<String> fields = headers.all("Content-Disposition");
    require(fields.size() < 2, which() + " has several Content-Disposition fields");
    // As in the head of a request: readers differ in which counts.
    require(headers.all("Content-Type").size() < 2, which() + " has several Content-Type fields");
    ContentDisposition disposition =
        fields.isEmpty()
            ? ContentDisposition.NONE
            : ContentDisposition.parse(utf8(fields.getFirst()));
    if (disposition == null) {
      throw new MalformedBody(which() + " has a malformed Content-Disposition field");
    }
    String name = disposition.name();
    boolean form = disposition.type().equals("form-data") && name != null;
    require(form || !named, which() + " has no Content-Disposition: form-data with a name");
    return new Part(
        name == null ? "" : name, Optional.ofNullable(disposition.fileName()), headers, content);
  }

  /** Reads header fields; {@return where the content begins} */
  private int headers(int start, Headers.Builder headers) throws MalformedBody {
    int line = start;
    StringBuilder field = new StringBuilder();
    while (true) {
      int end = lineEnd(line, start);
      boolean folded = !field.isEmpty() && (body[line] == ' ' || body[line] == '\t');
      if (!folded) {
        add(field, headers);
      }
      if (end == line) {
        return end + 2;
      }
      require(!isDelimiter(line - 2), which() + " has no empty line behind its header fields");
      field.append(folded ? " " : "").append(text(line, end));
      line = end + 2;
    }
  }

  private int lineEnd(int line, int start) throws MalformedBody {
    int limit = Math.min(body.length, start + limits.partHeader());
    for (int i = line; i < limit; i++) {
      if (isLineEnd(i)) {
        return i;
      }
    }
    String problem =
        limit == body.length
            ? " has no empty line behind its header fields"
            : " has header fields of more than " + limits.partHeader() + " octets";
    throw new MalformedBody(which() + problem);
  }

  /** {@return a line of header fields, which is UTF-8, with one character per octet} */
  private String text(int start, int end) throws MalformedBody {
    byte[] octets = Arrays.copyOfRange(body, start, end);
    require(
        TextBody.decode(octets, StandardCharsets.UTF_8) != null,
        which() + " has a header field that is not UTF-8");
    return withoutSpace(new String(octets, StandardCharsets.ISO_8859_1));
  }

  /** Spaces and tabs around a value are none of it; other controls are, and make it wrong. */
  private static String withoutSpace(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (from < to && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  /** {@return what the octets of a header field of a part mean (RFC 7578 section 5.1)} */
  static String utf8(String octets) {
    return new String(octets.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
  }

  private void add(StringBuilder field, Headers.Builder headers) throws MalformedBody {
    if (field.isEmpty()) {
      return;
    }
    int colon = field.indexOf(":");
    try {
      headers.add(field.substring(0, Math.max(colon, 0)), withoutSpace(field.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw new MalformedBody(which() + " has a malformed header field");
    }
    field.setLength(0);
  }

  /** {@return where the next delimiter begins, the length of the body without one} */
  private int find(int from) {
    for (int i = from; i <= body.length - delimiter.length; i++) {
      if (isDelimiter(i)) {
        return i;
      }
    }
    return body.length;
  }

  /** Whether a delimiter begins here; before the first octet a line end is taken for granted. */
  private boolean isDelimiter(int at) {
    if (at + delimiter.length > body.length) {
      return false;
    }
    for (int i = Math.max(0, -at); i < delimiter.length; i++) {
      if (body[at + i] != delimiter[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean isClosing(int behind) {
    return behind + 1 < body.length && body[behind] == '-' && body[behind + 1] == '-';
  }

  private boolean isLineEnd(int i) {
    return i + 1 < body.length && body[i] == '\r' && body[i + 1] == '\n';
  }

  private String which() {
    return "part " + (parts.size() + 1);
  }

  private static void require(boolean condition, String message) throws MalformedBody {
    if (!condition) {
      throw new MalformedBody(message);
    }
  }
}
