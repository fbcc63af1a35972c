package io.brrtrouter.server.decode;

import io.brrtrouter.server.http.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Takes a multipart body apart while it comes (RFC 2046 section 5.1.1), strictly: lines end with
 * CRLF, every delimiter is a whole line, the closing delimiter is there. A preamble and an epilogue
 * are ignored, and a body without parts is one of no parts, as browsers send for an empty form. A
 * body that two parsers could read differently is malformed. Time is linear in the length of the
 * body. Of the body no more is kept at once than the header fields of a part; what was made of them
 * is in the parts, whose content is for the taker to keep. Belongs to one body.
 */
final class MultipartParser {
  private static final int MAX_BOUNDARY = 70;

  /** What is no place in a body. */
  private static final long NOWHERE = -1;

  private final MultipartWindow body;

  /** {@code CRLF--boundary}. */
  private final byte[] delimiter;

  private final FormLimits limits;
  private final boolean named;
  private final PartTaker taker;

  /** Where the delimiter before the next part ends; nowhere before the first one. */
  private long behind = NOWHERE;

  /** Where the part that was read last begins. */
  private long start;

  /** Parts that were read. */
  private int count;

  private MultipartParser(
      MultipartWindow body, String boundary, FormLimits limits, boolean named, PartTaker taker) {
    this.body = body;
    this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.US_ASCII);
    this.limits = limits;
    this.named = named;
    this.taker = taker;
  }

  /** What became of a step through a body. */
  sealed interface Step permits Taken, Result {}

  /** What became of a body. */
  sealed interface Result extends Step {}

  /**
   * A part was taken, and the body goes on.
   *
   * @param part the part
   */
  record Taken(Part part) implements Step {}

  /**
   * The body is multipart, and was read to its end.
   *
   * @param parts its parts; none where they were taken one by one
   */
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

  /**
   * Somebody wants no more of the body.
   *
   * @param parts what was taken, the last one without its content
   */
  record Stopped(List<Part> parts) implements Result {}

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
    try {
      return parse(MultipartWindow.of(body), boundary, limits, named, new CollectedParts());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * Takes a body apart while it comes.
   *
   * @param body the body; read to its end unless something is wrong with it
   * @param boundary the {@code boundary} parameter of its media type
   * @param limits how many parts there may be, and how long their header fields
   * @param named whether each part must have a name
   * @param taker takes the content of the parts
   * @throws IOException if the body cannot be read, or the taker failed
   */
  static Result parse(
      InputStream body, String boundary, FormLimits limits, boolean named, PartTaker taker)
      throws IOException {
    return parse(MultipartWindow.of(body), boundary, limits, named, taker);
  }

  private static Result parse(
      MultipartWindow body, String boundary, FormLimits limits, boolean named, PartTaker taker)
      throws IOException {
    if (!isBoundary(boundary)) {
      return new Malformed("the media type has no boundary parameter of 1 to 70 legal characters");
    }
    MultipartParser parser = new MultipartParser(body, boundary, limits, named, taker);
    List<Part> parts = new ArrayList<>();
    while (true) {
      switch (parser.next()) {
        case Taken(Part part) -> parts.add(part);
        case Parsed _ -> {
          return new Parsed(parts);
        }
        case Stopped(List<Part> last) -> {
          parts.addAll(last);
          return new Stopped(parts);
        }
        case Malformed malformed -> {
          return malformed;
        }
        case TooMany many -> {
          return many;
        }
      }
    }
  }

  /**
   * {@return what takes a body apart part by part, while it comes}
   *
   * @param body the body
   * @param boundary the {@code boundary} parameter of its media type, which {@link #isBoundary}
   * @param limits how many parts there may be, and how long their header fields
   * @param named whether each part must have a name
   * @param taker takes the content of the parts
   */
  static MultipartParser of(
      InputStream body, String boundary, FormLimits limits, boolean named, PartTaker taker) {
    return new MultipartParser(MultipartWindow.of(body), boundary, limits, named, taker);
  }

  /**
   * Takes one part, or sees that there are no more. Anything but {@link Taken} is the end.
   *
   * @throws IOException if the body cannot be read, or the taker failed
   */
  Step next() throws IOException {
    try {
      return step();
    } catch (MalformedBody e) {
      return new Malformed(String.valueOf(e.getMessage()));
    }
  }

  private Step step() throws MalformedBody, IOException {
    if (behind == NOWHERE) {
      begin();
    }
    if (isClosing(behind)) {
      long end = skipPadding(behind + 2);
      require(!body.has(end) || isLineEnd(end), "the closing boundary does not end its line");
      body.skipRest();
      return new Parsed(List.of());
    }
    if (count == limits.parts()) {
      return new TooMany(limits.parts());
    }
    start = behind;
    long end = skipPadding(behind);
    require(isLineEnd(end), "the boundary before " + which() + " does not end its line");
    start = end + 2;
    return part();
  }

  private void begin() throws MalformedBody, IOException {
    long at = isDelimiter(-2) ? -2 : find(0, false);
    require(at != NOWHERE, "the body has no line with its boundary");
    behind = at + delimiter.length;
    require(at == -2 || !isClosing(behind), "the first boundary is the closing one");
  }

  /** {@return how many octets stand before the part that was read last, or is wrong} */
  long start() {
    return start;
  }

  private long skipPadding(long from) throws IOException {
    long i = from;
    while (body.has(i) && (body.octet(i) == ' ' || body.octet(i) == '\t')) {
      i++;
      body.keepFrom(i);
    }
    return i;
  }

  private Step part() throws MalformedBody, IOException {
    Headers.Builder headers = Headers.builder();
    body.keepFrom(start - 2); // A delimiter there would begin with the line end before it.
    long content = headers(headers);
    Part head = head(headers.build());
    if (!taker.begin(head)) {
      return new Stopped(List.of(head));
    }
    // An empty part shares the line end before it.
    long end = find(content - 2, true);
    require(end != NOWHERE, "the body ends before its closing boundary");
    behind = end + delimiter.length;
    count++;
    return new Taken(taker.end());
  }

  /** {@return a part whose content has not come yet} */
  private Part head(Headers headers) throws MalformedBody {
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
        name == null ? "" : name,
        Optional.ofNullable(disposition.fileName()),
        headers,
        CollectedParts.NONE);
  }

  /** Reads header fields; {@return where the content begins} */
  private long headers(Headers.Builder headers) throws MalformedBody, IOException {
    long line = start;
    StringBuilder field = new StringBuilder();
    while (true) {
      long end = lineEnd(line);
      byte first = body.octet(line);
      boolean folded = !field.isEmpty() && (first == ' ' || first == '\t');
      if (!folded) {
        add(field, headers);
      }
      if (end == line) {
        return end + 2;
      }
      require(!isDelimiter(line - 2), which() + " has no empty line behind its header fields");
      taker.line((int) (end + 2 - line));
      field.append(folded ? " " : "").append(text(line, end));
      line = end + 2;
    }
  }

  private long lineEnd(long line) throws MalformedBody, IOException {
    long limit = start + limits.partHeader();
    for (long i = line; i < limit && body.has(i); i++) {
      if (isLineEnd(i)) {
        return i;
      }
    }
    String problem =
        body.has(limit)
            ? " has header fields of more than " + limits.partHeader() + " octets"
            : " has no empty line behind its header fields";
    throw new MalformedBody(which() + problem);
  }

  /** {@return a line of header fields, which is UTF-8, with one character per octet} */
  private String text(long start, long end) throws MalformedBody {
    byte[] octets = body.octets(start, end);
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

  /**
   * {@return where the next delimiter begins, nowhere without one}
   *
   * @param from where to look first
   * @param content whether what stands before it, behind a line end, is the content of a part
   */
  private long find(long from, boolean content) throws IOException {
    long at = from;
    long given = from + 2;
    while (true) {
      long found = body.indexOf(delimiter, at);
      // The last octets there are may be the beginning of a delimiter.
      long safe = found == NOWHERE ? Math.max(at, body.end() - delimiter.length + 1) : found;
      if (content && safe > given) {
        body.give(given, safe, taker);
        given = safe;
      }
      if (found != NOWHERE) {
        body.keepFrom(found);
        return found;
      }
      at = safe;
      body.keepFrom(content ? Math.min(at, given) : at);
      if (!body.has(body.end())) {
        return NOWHERE;
      }
    }
  }

  /** Whether a delimiter begins here; before the first octet a line end is taken for granted. */
  private boolean isDelimiter(long at) throws IOException {
    for (int i = (int) Math.max(0, -at); i < delimiter.length; i++) {
      if (!body.has(at + i) || body.octet(at + i) != delimiter[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean isClosing(long behind) throws IOException {
    return body.has(behind + 1) && body.octet(behind) == '-' && body.octet(behind + 1) == '-';
  }

  private boolean isLineEnd(long i) throws IOException {
    return body.has(i + 1) && body.octet(i) == '\r' && body.octet(i + 1) == '\n';
  }

  private String which() {
    return "part " + (count + 1);
  }

  private static void require(boolean condition, String message) throws MalformedBody {
    if (!condition) {
      throw new MalformedBody(message);
    }
  }
}
