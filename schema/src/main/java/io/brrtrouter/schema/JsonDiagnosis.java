package io.brrtrouter.schema;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds the first place where a text stops being JSON within limits (RFC 8259), and says why. Run
 * only on texts that were refused, so that refusals are exact and in our own words.
 */
final class JsonDiagnosis {
  private static final int LONGEST_NAME_SHOWN = 64;

  private final byte[] json;
  private final JsonLimits limits;
  private int at;
  private long tokens;

  /** The first fault. */
  private static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;
    private final int offset;

    private Fault(int offset, String message) {
      super(message, null, false, false);
      this.offset = offset;
    }
  }

  private JsonDiagnosis(byte[] json, JsonLimits limits) {
    this.json = json;
    this.limits = limits;
  }

  static ParsedJson.Malformed of(byte[] json, JsonLimits limits) {
    JsonDiagnosis diagnosis = new JsonDiagnosis(json, limits);
    try {
      diagnosis.document();
      return diagnosis.malformed(0, "the text cannot be read as JSON");
    } catch (Fault fault) {
      return diagnosis.malformed(fault.offset, String.valueOf(fault.getMessage()));
    }
  }

  private ParsedJson.Malformed malformed(int offset, String message) {
    int line = 1;
    int column = 1;
    for (int i = 0; i < offset; i++) {
      if (json[i] == '\n' || (json[i] == '\r' && !(i + 1 < json.length && json[i + 1] == '\n'))) {
        line++;
        column = 1;
      } else if ((json[i] & 0xC0) != 0x80) {
        column++;
      }
    }
    return new ParsedJson.Malformed(line, column, message);
  }

  private void document() throws Fault {
    if (JsonText.hasByteOrderMark(json)) {
      throw new Fault(0, "the text must not start with a byte order mark");
    }
    if (json.length > 1 && (json[0] == 0 || json[1] == 0)) {
      throw new Fault(0, "the text must be UTF-8, not UTF-16 or UTF-32");
    }
    skipWhitespace();
    if (at == json.length) {
      throw new Fault(at, "there is no JSON value, the text is empty");
    }
    value(0);
    skipWhitespace();
    if (at < json.length) {
      throw expected("the end of the text after the value");
    }
  }

  private void value(int depth) throws Fault {
    skipWhitespace();
    int c = peek();
    switch (c) {
      case '{' -> object(depth + 1);
      case '[' -> array(depth + 1);
      case '"' -> {
        token(at);
        string("a string", limits.stringLength());
      }
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> {
        if (c != '-' && !isDigit(c)) {
          throw expected("a value");
        }
        number();
      }
    }
  }

  private void token(int offset) throws Fault {
    if (++tokens > limits.tokens()) {
      throw new Fault(offset, "the text has more than " + limits.tokens() + " tokens");
    }
  }

  private void open(int depth) throws Fault {
    token(at);
    if (depth > limits.depth()) {
      throw new Fault(at, "arrays and objects are nested deeper than " + limits.depth());
    }
    at++;
    skipWhitespace();
  }

  private void object(int depth) throws Fault {
    open(depth);
    Set<String> names = new HashSet<>();
    if (peek() == '}') {
      close();
      return;
    }
    while (true) {
      name(names);
      value(depth);
      skipWhitespace();
      if (peek() == '}') {
        close();
        return;
      }
      consume(',', "\",\" or \"}\"");
    }
  }

  private void name(Set<String> names) throws Fault {
    skipWhitespace();
    int start = at;
    if (peek() != '"') {
      throw expected("a member name in quotes");
    }
    token(start);
    String name = string("a member name", limits.nameLength());
    if (!names.add(name)) {
      String shown =
          name.length() <= LONGEST_NAME_SHOWN
              ? name
              : name.substring(0, LONGEST_NAME_SHOWN) + "...";
      throw new Fault(start, "the object already has a member \"" + shown + "\"");
    }
    if (names.size() > limits.members()) {
      throw new Fault(start, "an object has more than " + limits.members() + " members");
    }
    skipWhitespace();
    consume(':', "\":\" after a member name");
  }

  private void array(int depth) throws Fault {
    open(depth);
    if (peek() == ']') {
      close();
      return;
    }
    while (true) {
      value(depth);
      skipWhitespace();
      if (peek() == ']') {
        close();
        return;
      }
      consume(',', "\",\" or \"]\"");
    }
  }

  private void close() throws Fault {
    token(at);
    at++;
  }

  private void consume(int c, String description) throws Fault {
    if (peek() != c) {
      throw expected(description);
    }
    at++;
  }

  private void literal(String text) throws Fault {
    token(at);
    int start = at;
    for (int i = 0; i < text.length(); i++) {
      if (peek() != text.charAt(i)) {
        throw new Fault(start, "expected a value; did you mean " + text + "?");
      }
      at++;
    }
    if (isWordCharacter(peek())) {
      throw new Fault(start, "expected a value; did you mean " + text + "?");
    }
  }

  private void number() throws Fault {
    int start = at;
    token(start);
    if (peek() == '-') {
      at++;
    }
    if (peek() == '0') {
      at++;
      if (isDigit(peek())) {
        throw new Fault(at - 1, "a number must not start with a superfluous 0");
      }
    } else {
      digits();
    }
    if (peek() == '.') {
      at++;
      digits();
    }
    if (peek() == 'e' || peek() == 'E') {
      at++;
      if (peek() == '+' || peek() == '-') {
        at++;
      }
      digits();
    }
    if (isWordCharacter(peek())) {
      throw expected("the end of a number");
    }
    checkNumber(start);
  }

  private void checkNumber(int start) throws Fault {
    if (at - start > limits.numberLength()) {
      throw new Fault(start, "a number is longer than " + limits.numberLength() + " characters");
    }
    try {
      var _ = new BigDecimal(new String(json, start, at - start, StandardCharsets.US_ASCII));
    } catch (NumberFormatException e) {
      throw new Fault(start, "the exponent of a number is out of range");
    }
  }

  private void digits() throws Fault {
    if (!isDigit(peek())) {
      throw expected("a digit");
    }
    while (isDigit(peek())) {
      at++;
    }
  }

  /** Reads a string and gives its value. */
  private String string(String what, int limit) throws Fault {
    int start = at++;
    StringBuilder text = new StringBuilder();
    while (peek() != '"') {
      if (at == json.length) {
        throw new Fault(at, "the text ends inside " + what);
      }
      if (json[at] == '\\') {
        escape(text);
      } else {
        character(text);
      }
      if (text.length() > limit) {
        throw new Fault(start, what + " is longer than " + limit + " characters");
      }
    }
    at++;
    return text.toString();
  }

  private void character(StringBuilder text) throws Fault {
    int c = json[at] & 0xFF;
    if (c < 0x20) {
      throw new Fault(at, "the control character " + unicode(c) + " in a string must be escaped");
    }
    int length = sequence();
    text.append(new String(json, at, length, StandardCharsets.UTF_8));
    at += length;
  }

  private int sequence() throws Fault {
    int length = JsonText.sequenceLength(json, at);
    if (length == 0) {
      throw new Fault(at, "the bytes here are not UTF-8");
    }
    return length;
  }

  private void escape(StringBuilder text) throws Fault {
    int start = at;
    int c = at + 1 < json.length ? json[at + 1] : -1;
    int simple = "\"\\/bfnrt".indexOf(c);
    if (c >= 0 && simple >= 0) {
      text.append("\"\\/\b\f\n\r\t".charAt(simple));
      at += 2;
      return;
    }
    if (c != 'u') {
      throw new Fault(start, "a backslash in a string must start an escape of JSON");
    }
    int unit = JsonText.escapedUnit(json, start);
    if (unit < 0) {
      throw new Fault(start, "\\u must be followed by four hexadecimal digits");
    }
    at += 6;
    text.append((char) unit);
    if (Character.isSurrogate((char) unit)) {
      if (!JsonText.isPair(json, start)) {
        throw new Fault(start, "an escaped surrogate must be one of a pair");
      }
      text.append((char) JsonText.escapedUnit(json, at));
      at += 6;
    }
  }

  private void skipWhitespace() {
    while (at < json.length
        && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
      at++;
    }
  }

  private int peek() {
    return at < json.length ? json[at] : -1;
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isWordCharacter(int c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '.';
  }

  private Fault expected(String what) throws Fault {
    if (at == json.length) {
      return new Fault(at, "the text ends where " + what + " is expected");
    }
    int length = sequence();
    int c = new String(json, at, length, StandardCharsets.UTF_8).codePointAt(0);
    String found = c > 0x20 && c < 0x7F ? "\"" + (char) c + "\"" : unicode(c);
    return new Fault(at, "expected " + what + ", not " + found);
  }

  private static String unicode(int codePoint) {
    return "U+%04X".formatted(codePoint);
  }
}
