package io.brrtrouter.schema.codec;

import io.brrtrouter.schema.Format;
import io.brrtrouter.schema.Formats;
import io.brrtrouter.schema.JsonLimits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A cursor over one JSON text (RFC 8259) in UTF-8. Trusts no byte: everything it passes over is
 * checked against the grammar and the {@link JsonLimits}, in time linear in the text; {@linkplain
 * #accepts looks} at alternatives add a bounded multiple of it. Whatever is wrong ends the reading
 * with one exception that says nothing. Made by {@link Json#decode}; confined to a thread.
 *
 * <p>The caller reads every value exactly once, and each of an array's items and an object's
 * members:
 *
 * <pre>{@code
 * in.beginObject();
 * long seen = 0;
 * for (int field = in.nextField(FIELDS); field != JsonInput.END; field = in.nextField(FIELDS)) {
 *   seen = in.once(seen, field);
 *   switch (field) {
 *     case 0 -> name = in.readString();
 *     default -> in.skip();
 *   }
 * }
 * }</pre>
 */
public final class JsonInput {

  /** What {@link #nextField} answers for a name that is not in the table. */
  public static final int UNKNOWN = -1;

  /** What {@link #nextField} answers when the object has ended. */
  public static final int END = -2;

  private static final int LAST_OCTET = 0xFF;

  /** More is a text made to take long: ten alternatives nested in each other 12 deep have less. */
  private static final int MOST_LOOKS = 128;

  /** Shorter texts take no time that matters. */
  private static final int FEW_OCTETS = 1024;

  /**
   * More digits are in no text but one made to take memory: integers of a few octets each, written
   * out.
   */
  private static final int MOST_DIGITS = 1_000_000;

  private static final int MEMBER_TOKENS = 2;
  private static final Format URIS = Formats.named("uri").orElseThrow();
  private static final Format DECIMALS = Formats.named("decimal").orElseThrow();

  private final byte[] json;

  /** What {@link JsonTrees#fileAt} stands for. */
  private final List<FilePart> files;

  private boolean checking;

  /** Whether values are only judged, so that those without a Java value pass too. */
  private boolean judging;

  /** What looks inside looks have found; null before the first. */
  private @Nullable Looks looks;

  /** How many octets were passed over by looks inside looks. */
  private long looked;

  private final JsonLimits limits;
  private final int stringLimit;
  private final int nameLimit;
  private final int numberLimit;
  private final int exponentLimit;
  private int at;

  /** Whether a number was read that generated code leaves to a schema program. */
  private boolean undecided;

  /** Digits of the integers that were written out and not thrown away again. */
  private long digits;

  /** How much of the limits is left. Tokens are counted when the one before them has been read. */
  private long tokens;

  private int depth;

  /** Whether the cursor is right behind the opening bracket of an array or object. */
  private boolean fresh;

  private Members members = new Members();
  private String unknownName = "";

  // The string passed last: where its inside is, and what is in it.
  private int textStart;
  private int textEnd;
  private boolean ascii;
  private boolean escaped;

  private final NumberText number;

  /** Where a string begins that should be JSON and is not, or was not in a look; else negative. */
  private int wrongAt = -1;

  /** Where the last value begins that an outermost look has accepted. */
  private int takenAt = -1;

  /** What is in there. */
  private byte[] wrong = {};

  /** The text is refused. Made once, so that refusing costs nothing. */
  @SuppressWarnings(
      "StaticAssignmentOfThrowable") // without a stack trace there is nothing to share
  static final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final Refusal REFUSED = new Refusal(true);
    private static final Refusal UNREPRESENTABLE = new Refusal(false);
    private final boolean representable;

    private Refusal(boolean representable) {
      super(null, null, false, false);
      this.representable = representable;
    }

    boolean representable() {
      return representable;
    }
  }

  JsonInput(byte[] json, JsonLimits limits, Checks checks) {
    this(json, limits, checks, List.of());
  }

  JsonInput(byte[] json, JsonLimits limits, Checks checks, List<FilePart> files) {
    this.json = json;
    this.files = files;
    this.number = new NumberText(json);
    this.limits = limits;
    this.checking = checks == Checks.ALL;
    this.stringLimit = limits.stringLength();
    this.nameLimit = limits.nameLength();
    this.numberLimit = limits.numberLength();
    this.exponentLimit = limits.exponent();
    this.tokens = limits.tokens();
    this.depth = limits.depth();
  }

  void start() {
    next();
    take(1);
  }

  void finish() {
    next();
    if (at < json.length) {
      throw refuse();
    }
  }

  /**
   * {@return whether a number was read whose exponent is beyond {@link JsonLimits#exponent}, of
   * which generated code does not know whether it may be a multiple of something}
   */
  boolean isUndecided() {
    return undecided;
  }

  /** {@return whether the decoder judges everything the schema demands} */
  public boolean checking() {
    return checking;
  }

  /**
   * Ends the reading: the text is not a value of the schema.
   *
   * @return never; to be thrown, so that the compiler knows
   */
  public RuntimeException refuse() {
    throw Refusal.REFUSED;
  }

  /**
   * Ends the reading: the Java type cannot hold the value, though the schema may allow it.
   *
   * @return never; to be thrown, so that the compiler knows
   */
  public RuntimeException unrepresentable() {
    throw Refusal.UNREPRESENTABLE;
  }

  // The structure of the text.

  /** The byte at the cursor behind any whitespace; NUL, which JSON has nowhere, at the end. */
  private int next() {
    if (at < json.length && json[at] > ' ') {
      return json[at];
    }
    while (at < json.length && isWhitespace(json[at])) {
      at++;
    }
    return current();
  }

  private int current() {
    return byteAt(at);
  }

  private int byteAt(int index) {
    return index < json.length ? json[index] : 0;
  }

  private static boolean isWhitespace(byte b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private void take(int count) {
    tokens -= count;
    if (tokens < 0) {
      throw refuse();
    }
  }

  private void open(char bracket) {
    if (current() != bracket || --depth < 0) {
      throw refuse();
    }
    at++;
    take(1);
    fresh = true;
  }

  /** Moves to the next member or item; false at the closing bracket. */
  private boolean hasNext(char bracket) {
    int c = next();
    if (fresh) {
      fresh = false;
      return c != bracket;
    }
    if (c == bracket) {
      return false;
    }
    if (c != ',') {
      throw refuse();
    }
    at++;
    next();
    return true;
  }

  private void close() {
    at++;
    depth++;
  }

  /** {@return the kind of the value at the cursor, by its first byte} */
  public JsonKind peek() {
    return switch (current()) {
      case '{' -> JsonKind.OBJECT;
      case '[' -> JsonKind.ARRAY;
      case '"' -> JsonKind.STRING;
      case 't', 'f' -> JsonKind.BOOLEAN;
      case 'n' -> JsonKind.NULL;
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> JsonKind.NUMBER;
      default -> throw refuse();
    };
  }

  /** Enters an object; refuses other values. */
  public void beginObject() {
    open('{');
    members = members.enter();
  }

  /**
   * Moves to the value of the object's next member, or behind the object.
   *
   * @param names the names the caller knows; the same for all members of an object
   * @return the index of the name, {@link #UNKNOWN} or {@link #END}
   */
  public int nextField(TextTable names) {
    if (!hasNext('}')) {
      return leaveObject();
    }
    take(MEMBER_TOKENS);
    if (members.add() > limits.members()) {
      throw refuse();
    }
    int expected = members.expected();
    int length = names.longest() <= nameLimit ? names.match(expected, json, at) : 0;
    if (length == 0) {
      return readName(names);
    }
    at += length;
    next();
    members.expectAfter(expected);
    return expected;
  }

  private int leaveObject() {
    close();
    members = members.leave();
    return END;
  }

  private int readName(TextTable names) {
    passString(nameLimit);
    int index = find(names);
    if (index >= 0) {
      members.expectAfter(index);
    } else {
      unknownName = text();
      if (!members.addUnknown(unknownName)) {
        throw refuse();
      }
    }
    if (next() != ':') {
      throw refuse();
    }
    at++;
    next();
    return index;
  }

  /**
   * {@return the name of the member to which {@link #nextField} moved last, if that was {@link
   * #UNKNOWN}} No two of an object are the same.
   */
  public String unknownName() {
    return unknownName;
  }

  /**
   * Adds a field to those seen; refuses one that is there.
   *
   * @param seen a bit for each field
   * @param field what {@link #nextField} answered; {@link #UNKNOWN} changes nothing. With more than
   *     64 fields there is one set for each 64, and only the lower six bits count
   * @return the set with the field
   */
  public long once(long seen, int field) {
    long bit = field < 0 ? 0 : 1L << field;
    if ((seen & bit) != 0) {
      throw refuse();
    }
    return seen | bit;
  }

  /** Enters an array; refuses other values. */
  public void beginArray() {
    open('[');
  }

  /** {@return whether there is another item, at which the cursor is then, or behind the array} */
  public boolean nextItem() {
    if (!hasNext(']')) {
      close();
      return false;
    }
    take(1);
    return true;
  }

  /** Passes over the value at the cursor, whatever it is. */
  public void skip() {
    switch (current()) {
      case '{' -> {
        beginObject();
        while (nextField(TextTable.EMPTY) != END) {
          skip();
        }
      }
      case '[' -> {
        beginArray();
        while (nextItem()) {
          skip();
        }
      }
      case '"' -> passString(stringLimit);
      case 't' -> passLiteral("true");
      case 'f' -> passLiteral("false");
      case 'n' -> passLiteral("null");
      default -> passNumber();
    }
  }

  /** Passes over the value at the cursor and gives a copy of its text. */
  byte[] skipped() {
    int start = at;
    skip();
    return Arrays.copyOfRange(json, start, at);
  }

  /** {@return where the cursor is, to tell {@link JsonTrees} later where a value began} */
  public int position() {
    return at;
  }

  byte[] textSince(int start) {
    return Arrays.copyOfRange(json, start, at);
  }

  JsonLimits limits() {
    return limits;
  }

  /**
   * Looks ahead in an object for the member whose string tells which of several schemas it follows;
   * the cursor stays where it is. Costs time in proportion to what stands before the member.
   *
   * @param name a table of one name
   * @param values the values known
   * @return the index of the value; {@link #UNKNOWN} for another. Refuses what is no object or has
   *     no such member, or one that is no string
   */
  public int tag(TextTable name, TextTable values) {
    int start = at;
    LookAhead object = new LookAhead(json, start);
    if (object.find(name) < 0) {
      throw refuse();
    }
    at = object.valueStart();
    int index = readEnum(values);
    at = start;
    return index;
  }

  /**
   * Looks ahead as {@link #tag} does, for a member that is an integer.
   *
   * @param name a table of one name
   * @return the integer; refuses one out of the range of {@code long}
   */
  public long integerTag(TextTable name) {
    int start = at;
    LookAhead object = new LookAhead(json, start);
    if (object.find(name) < 0) {
      throw refuse();
    }
    at = object.valueStart();
    long value = readLong();
    at = start;
    return value;
  }

  /**
   * Finds out which alternatives the next value can be. Consumes nothing, and checks nothing: the
   * value is yet to be read.
   *
   * @param table what each alternative demands of a property
   * @return the alternatives for {@link Candidates#has}; all of them when the value lacks the
   *     property
   */
  public long[] candidates(Candidates table) {
    next();
    return table.of(new LookAhead(json, at));
  }

  /**
   * Finds out which alternative the next value is, if it is one at all. Consumes nothing, and
   * checks nothing, as {@link #candidates}.
   *
   * @param table what each alternative demands of a property
   * @return the only alternative that it can be by the text of the property; -1 when that does not
   *     decide
   */
  public int only(Candidates table) {
    next();
    return table.only(new LookAhead(json, at));
  }

  /**
   * Looks ahead in an object for the first member that has one of some names; the cursor stays
   * where it is. Costs time in proportion to what stands before the member.
   *
   * @param names the names
   * @return the index of the name, or {@link #UNKNOWN}; refuses what is no object
   */
  public int firstOf(TextTable names) {
    if (current() != '{') {
      throw refuse();
    }
    return new LookAhead(json, at).find(names);
  }

  /**
   * Tells whether a decoder would read the value at the cursor; the cursor stays where it is. A
   * value of the schema that has no Java value passes, with two exceptions the caller must know of:
   * {@link #readInteger()} and whatever calls {@link #unrepresentable()} itself. Looks inside this
   * one are remembered, so that a value is looked at once with each decoder; as many as the text
   * may have tokens. A text whose octets would be looked at more than {@value #MOST_LOOKS} times
   * each, on average, inside other looks is {@linkplain #unrepresentable() not representable}.
   *
   * @param decoder reads the value, and judges it in any case
   * @return whether it does not refuse
   */
  public boolean accepts(JsonDecoder<?> decoder) {
    if (looks != null && !judging) {
      looks.forgetBefore(at);
    }
    int known = looks == null ? Looks.UNKNOWN : looks.find(at, decoder);
    if (known != Looks.UNKNOWN) {
      return Looks.isAccepted(known);
    }
    if (looked > MOST_LOOKS * (FEW_OCTETS + (long) json.length)) {
      // Not refused: the text may well be a value of the schema.
      throw unrepresentable();
    }
    boolean accepted = look(decoder);
    // The outermost look is the only one at its value.
    if (!judging) {
      if (accepted) {
        takenAt = at;
      }
      if (takenAt == at) {
        wrongAt = -1; // Nothing is wrong with a text that one of the alternatives takes.
      }
      return accepted;
    }
    if (looks == null) {
      looks = new Looks();
    }
    if (looks.size() < limits.tokens()) {
      looks.add(at, decoder, accepted);
    }
    return accepted;
  }

  private boolean look(JsonDecoder<?> decoder) {
    int start = at;
    long tokensLeft = tokens;
    long digitsBefore = digits;
    int depthLeft = depth;
    boolean wasFresh = fresh;
    boolean wasChecking = checking;
    boolean wasJudging = judging;
    Members outside = members;
    String name = unknownName;
    checking = true;
    judging = true;
    try {
      decoder.read(this);
      return true;
    } catch (Refusal refusal) {
      if (!refusal.representable()) {
        throw refusal;
      }
      return false;
    } finally {
      if (wasJudging) {
        looked += at - start + 1;
      }
      at = start;
      tokens = tokensLeft;
      digits = digitsBefore;
      depth = depthLeft;
      fresh = wasFresh;
      checking = wasChecking;
      judging = wasJudging;
      members = outside;
      unknownName = name;
    }
  }

  // Values without a text.

  /** {@return whether the value is {@code null}; the cursor is then behind it} */
  public boolean readNull() {
    if (current() != 'n') {
      return false;
    }
    passLiteral("null");
    return true;
  }

  /** {@return the boolean at the cursor} */
  public boolean readBoolean() {
    if (current() == 't') {
      passLiteral("true");
      return true;
    }
    passLiteral("false");
    return false;
  }

  private void passLiteral(String literal) {
    for (int i = 0; i < literal.length(); i++) {
      if (byteAt(at + i) != literal.charAt(i)) {
        throw refuse();
      }
    }
    at += literal.length();
  }

  // Strings.

  private void passString(int limit) {
    if (current() != '"') {
      throw refuse();
    }
    textStart = at + 1;
    textEnd = Words.endOfPlain(json, textStart);
    if (byteAt(textEnd) == '"') {
      ascii = true;
      escaped = false;
      checkLength(textEnd - textStart, limit);
    } else {
      passRest(limit);
    }
    at = textEnd + 1;
  }

  private void checkLength(int length, int limit) {
    if (length > limit) {
      throw refuse();
    }
  }

  private void passRest(int limit) {
    ascii = false;
    escaped = false;
    int end = textEnd;
    int characters = end - textStart;
    for (int c = byteAt(end); c != '"'; c = byteAt(end)) {
      if (c == '\\') {
        int length = Escapes.length(json, end);
        characters += Escapes.characters(length);
        escaped = true;
        end = behind(end, length);
      } else if (c < 0) {
        int length = Utf8.length(json, end);
        characters += Utf8.characters(length);
        end = behind(end, length);
      } else {
        int plain = Words.endOfPlain(json, end);
        characters += plain - end;
        end = behind(end, plain - end);
      }
    }
    textEnd = end;
    checkLength(characters, limit);
  }

  private int behind(int start, int length) {
    if (length == 0) {
      throw refuse();
    }
    return start + length;
  }

  /** The string passed last. */
  private String text() {
    int length = textEnd - textStart;
    if (ascii) {
      return new String(json, textStart, length, StandardCharsets.ISO_8859_1);
    }
    return escaped
        ? Escapes.decode(json, textStart, textEnd)
        : new String(json, textStart, length, StandardCharsets.UTF_8);
  }

  private int find(TextTable table) {
    return escaped ? table.find(text()) : table.find(json, textStart, textEnd);
  }

  /** {@return the string at the cursor} */
  public String readString() {
    passString(stringLimit);
    return text();
  }

  /**
   * Reads a string that is the JSON text of a value. A string that is none is {@linkplain
   * #unrepresentable() not representable}, because to its schema it is a string all the same, and
   * {@link WrongText} says so; it tells alternatives apart.
   *
   * @param <T> the Java type
   * @param decoder reads the value
   * @return the value
   */
  public <T extends @Nullable Object> T readJsonText(JsonDecoder<T> decoder) {
    int start = at;
    byte[] text = readString().getBytes(StandardCharsets.UTF_8);
    Decoded<T> read = Json.decode(decoder, text, limits(), checking ? Checks.ALL : Checks.SYNTAX);
    if (read instanceof Decoded.Value<T>(T value)) {
      return value;
    }
    if (wrongAt < 0 || !judging) {
      wrongAt = start;
      wrong = text;
    }
    throw judging && read instanceof Decoded.Refused ? refuse() : unrepresentable();
  }

  /** {@return the string that should have been JSON and was not, null if there was none} */
  @Nullable WrongText wrongText() {
    return wrongAt < 0 ? null : WrongText.of(json, wrongAt, wrong, limits());
  }

  /**
   * Reads a string that is probably one of some.
   *
   * @param values the strings known
   * @return the index of the string, or {@link #UNKNOWN}
   */
  public int readEnum(TextTable values) {
    passString(stringLimit);
    return find(values);
  }

  /** Parses the inside of a string, of ASCII characters or of any. */
  @FunctionalInterface
  private interface TextParser<T> {
    @Nullable T parse(byte[] text, int from, int to);
  }

  private <T> T parse(TextParser<T> parser) {
    passString(stringLimit);
    T value;
    if (escaped) {
      byte[] decoded = text().getBytes(StandardCharsets.UTF_8);
      value = parser.parse(decoded, 0, decoded.length);
    } else {
      value = parser.parse(json, textStart, textEnd);
    }
    if (value == null) {
      throw refuse();
    }
    return value;
  }

  /** {@return the string at the cursor, of the format {@code uuid}} */
  public UUID readUuid() {
    return parse(Uuids::parse);
  }

  /** {@return the string at the cursor, of the format {@code date}} */
  public LocalDate readDate() {
    return parse(DateTimes::parseDate);
  }

  /**
   * {@return the string at the cursor, of the format {@code date-time}} Where Java has no such
   * value it is the nearest: second 60 becomes the last nanosecond of second 59, digits beyond the
   * nanosecond are cut, and an offset beyond 18 hours becomes UTC.
   */
  public OffsetDateTime readDateTime() {
    return parse(DateTimes::parseDateTime);
  }

  /** {@return the string at the cursor, of the format {@code byte}, as the octets it encodes} */
  public byte[] readBase64() {
    return parse(JsonInput::base64);
  }

  private static byte @Nullable [] base64(byte[] text, int from, int to) {
    if ((to - from) % 4 != 0) {
      return null;
    }
    try {
      return Base64.getDecoder().decode(Arrays.copyOfRange(text, from, to));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * {@return the string at the cursor, of the format {@code uri}} {@link URI} follows an older
   * specification; an URI it does not parse is {@linkplain #unrepresentable() not representable}.
   */
  public URI readUri() {
    return uri(readUriText());
  }

  /**
   * {@return the string at the cursor, of the format {@code uri}, to be judged before it is one}
   */
  public String readUriText() {
    String text = readString();
    if (!URIS.matches(text)) {
      throw refuse();
    }
    return text;
  }

  /**
   * {@return a URI that was read as a text, as {@link #readUri()} gives it}
   *
   * @param text the text
   */
  public URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      if (judging) {
        return URI.create("");
      }
      throw unrepresentable();
    }
  }

  /**
   * {@return the string at the cursor, of the format {@code binary}: an octet for each character,
   * of which none is beyond U+00FF}
   */
  public byte[] readBinary() {
    return octets(readString());
  }

  /**
   * {@return the file at the cursor: one that {@link JsonTrees#fileAt} stands for, with what its
   * sender said, else the octets of a string, as {@link #readBinary} reads them. No other value is
   * a file, though a schema without a type allows it}
   */
  public FilePart readFile() {
    if (peek() != JsonKind.STRING) {
      throw unrepresentable();
    }
    String text = readString();
    if (files.isEmpty() || text.isEmpty() || text.charAt(0) != JsonTrees.FILE) {
      return FilePart.of(octets(text));
    }
    FilePart file = JsonTrees.file(text, files);
    if (file == null) {
      // A sender may write what looks like a place.
      throw unrepresentable();
    }
    return file;
  }

  private byte[] octets(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > LAST_OCTET) {
        throw unrepresentable();
      }
    }
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** {@return the string at the cursor, of the format {@code decimal}, with its scale} */
  public BigDecimal readDecimalText() {
    String text = readString();
    if (!DECIMALS.matches(text)) {
      throw refuse();
    }
    return new BigDecimal(text);
  }

  // Numbers.

  private void passNumber() {
    int end = number.pass(at);
    if (end < 0 || end - at > numberLimit) {
      throw refuse();
    }
    undecided |= number.mayExceed(exponentLimit);
    at = end;
  }

  /**
   * {@return the number at the cursor, an integer in the range of {@code int}} As everywhere in
   * JSON Schema {@code 1.0} and {@code 1e2} are integers.
   */
  public int readInt() {
    long value = readLong();
    if (value != (int) value) {
      throw refuse();
    }
    return (int) value;
  }

  /**
   * {@return the number at the cursor, an integer in the range of {@code long}} As everywhere in
   * JSON Schema {@code 1.0} and {@code 1e2} are integers.
   */
  public long readLong() {
    passNumber();
    return number.isLong() ? number.longValue() : exactLong(number.decimal());
  }

  private long exactLong(BigDecimal value) {
    if (value.signum() == 0) {
      return 0;
    }
    try {
      return value.longValueExact();
    } catch (ArithmeticException e) {
      throw refuse();
    }
  }

  /**
   * {@return the number at the cursor, an integer of a schema without bounds} As everywhere in JSON
   * Schema {@code 1.0} and {@code 1e2} are integers; one out of the range of {@code long} is
   * {@linkplain #unrepresentable() not representable}.
   */
  public long readUnboundedLong() {
    passNumber();
    if (number.isLong()) {
      return number.longValue();
    }
    BigDecimal value = number.decimal();
    boolean integer = value.scale() <= 0 || value.stripTrailingZeros().scale() <= 0;
    if (integer && Doubles.exceedsLong(value)) {
      if (judging) {
        return value.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
      }
      throw unrepresentable();
    }
    return exactLong(value);
  }

  /**
   * {@return the number at the cursor, an integer} As everywhere in JSON Schema {@code 1.0} and
   * {@code 1e2} are integers; one with an exponent beyond {@link JsonLimits#exponent} is
   * {@linkplain #unrepresentable() not representable}, as is one that makes it too many digits in
   * all.
   */
  public BigInteger readInteger() {
    passNumber();
    if (number.isLong()) {
      return BigInteger.valueOf(number.longValue());
    }
    BigDecimal value = number.decimal();
    if (value.signum() == 0) {
      return BigInteger.ZERO;
    }
    long integerDigits = (long) value.precision() - value.scale();
    if (value.scale() < 0) {
      digits += integerDigits;
      if (integerDigits > exponentLimit + 1 || digits > MOST_DIGITS) {
        throw unrepresentable();
      }
    }
    // Below 1 there is no integer, and to find that out by dividing could cost gigabytes.
    if (integerDigits <= 0) {
      throw refuse();
    }
    return exactInteger(value);
  }

  private BigInteger exactInteger(BigDecimal value) {
    try {
      return value.toBigIntegerExact();
    } catch (ArithmeticException e) {
      throw refuse();
    }
  }

  /** {@return the number at the cursor, exactly, with the scale it is written with} */
  public BigDecimal readDecimal() {
    passNumber();
    return number.decimal();
  }

  /**
   * {@return the number at the cursor, rounded} Refuses numbers beyond the range, which format
   * {@code double} excludes. Bounds of a schema are bounds of the exact number: where there are
   * any, {@link #readDecimal()} is to be read and judged.
   */
  public double readDouble() {
    passNumber();
    double value = number.doubleValue();
    if (Math.abs(value) >= Double.MAX_VALUE
        && Doubles.exceeds(number.decimal(), Double.MAX_VALUE)) {
      throw refuse();
    }
    return value;
  }

  /** {@return the number at the cursor, rounded} As {@link #readDouble()}, for {@code float}. */
  public float readFloat() {
    passNumber();
    float value = number.floatValue();
    if (Math.abs(value) >= Float.MAX_VALUE && Doubles.exceeds(number.decimal(), Float.MAX_VALUE)) {
      throw refuse();
    }
    return value;
  }
}
