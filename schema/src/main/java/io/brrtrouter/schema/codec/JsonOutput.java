package io.brrtrouter.schema.codec;

import io.brrtrouter.schema.Format;
import io.brrtrouter.schema.Formats;
import io.brrtrouter.schema.JsonLimits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A JSON text (RFC 8259) being written in UTF-8. Made by {@link Json#encode}; confined to a thread.
 * Puts the commas; that brackets match is the caller's part.
 *
 * <p>What the schema, or JSON itself, has no room for is written as well as can be and reported by
 * {@link #violation()}.
 */
public final class JsonOutput {
  private static final int LONGEST_ESCAPE = 6;

  /** Digits of decimals that are written from a {@code long}. */
  private static final int LONG_DIGITS = 18;

  /** Between the point and the digits of a decimal as a string, and behind them. */
  private static final int MOST_ZEROS = 1000;

  private static final Format URIS = Formats.named("uri").orElseThrow();

  private static final double MAX_EXACT_INTEGER = 1L << 53;

  private boolean checking;

  /** Whether an encoder reported that the schema refuses the value. */
  private boolean violated;

  /** Whether an encoder called by {@link #fits} reported that it cannot tell. */
  private boolean undecided;

  /** Whether JSON or the format of a Java type has no room for a value. */
  private boolean unwritable;

  private byte[] buffer = Buffers.take();
  private int at;

  /** What was written before the buffer. */
  private @Nullable Chunk full;

  private int fullLength;

  /** Whether what was written last is the opening bracket of an array or object. */
  private boolean fresh;

  /** A part of the text, and what comes before it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Chunk(byte[] bytes, int length, @Nullable Chunk before) {}

  /** Takes files that are sent beside the text; null where the text has their octets. */
  private final @Nullable List<FilePart> files;

  JsonOutput(Checks checks) {
    this(checks, null);
  }

  JsonOutput(Checks checks, @Nullable List<FilePart> files) {
    this.checking = checks == Checks.ALL;
    this.files = files;
  }

  /** {@return whether the encoder judges everything the schema demands} */
  public boolean checking() {
    return checking;
  }

  /**
   * Writes the JSON text of a value as a string.
   *
   * @param <T> the Java type
   * @param value the value
   * @param encoder writes the value
   */
  public <T extends @Nullable Object> void writeJsonText(T value, JsonEncoder<T> encoder) {
    Encoded text = Json.encode(encoder, value, checking ? Checks.ALL : Checks.SYNTAX);
    if (!text.valid()) {
      violation();
    }
    writeString(new String(text.json(), StandardCharsets.UTF_8));
  }

  /**
   * Writes a value without judging it.
   *
   * @param <T> the Java type
   * @param encoder writes the value
   * @param value the value
   */
  public <T extends @Nullable Object> void writeUnchecked(JsonEncoder<T> encoder, T value) {
    boolean before = checking;
    checking = false;
    encoder.write(value, this);
    checking = before;
  }

  /**
   * Writes a value that need not fit: its encoder's verdict is not one of the text.
   *
   * @param <T> the Java type
   * @param encoder writes the value
   * @param value the value
   * @return whether the encoder reported no {@link #violation()} and was not {@link #undecided()};
   *     true when it does not judge
   */
  public <T extends @Nullable Object> boolean fits(JsonEncoder<T> encoder, T value) {
    boolean before = violated;
    boolean around = undecided;
    violated = false;
    undecided = false;
    encoder.write(value, this);
    boolean fits = !violated && !undecided;
    violated = before;
    undecided = around;
    return fits;
  }

  /** {@return how many bytes are written, to tell later where a value began} */
  public int position() {
    return fullLength + at;
  }

  /**
   * Tells whether a decoder would read a value just written.
   *
   * @param start {@link #position()} before the value
   * @param decoder reads the value, and judges it in any case
   * @return whether it does not refuse; false, too, where it would take too long to find out, see
   *     {@link JsonInput#accepts}: what encoders report is judged by the schema itself
   */
  public boolean accepts(int start, JsonDecoder<?> decoder) {
    JsonInput in =
        new JsonInput(
            since(start), JsonLimits.DEFAULT, Checks.ALL, files == null ? List.of() : files);
    try {
      in.start();
      return in.accepts(decoder);
    } catch (JsonInput.Refusal refusal) {
      return false;
    }
  }

  private byte[] since(int start) {
    byte[] text = new byte[position() - start];
    int end = text.length - Math.min(text.length, at);
    System.arraycopy(buffer, at - (text.length - end), text, end, text.length - end);
    for (Chunk chunk = full; end > 0 && chunk != null; chunk = chunk.before()) {
      int length = Math.min(end, chunk.length());
      end -= length;
      System.arraycopy(chunk.bytes(), chunk.length() - length, text, end, length);
    }
    return text;
  }

  /** Reports that the schema refuses the value; writing goes on. */
  public void violation() {
    violated = true;
  }

  /**
   * Reports that an encoder called by {@link #fits} cannot tell: another alternative may take the
   * value as well. Means nothing elsewhere.
   */
  public void undecided() {
    undecided = true;
  }

  boolean violated() {
    return violated || unwritable;
  }

  /** Ends the writing: the text. */
  byte[] toBytes() {
    byte[] text = since(0);
    for (Chunk chunk = full; chunk != null; chunk = chunk.before()) {
      Buffers.give(chunk.bytes());
    }
    Buffers.give(buffer);
    full = null;
    fullLength = 0;
    buffer = text;
    at = text.length;
    return text;
  }

  private void ensure(int room) {
    if (buffer.length - at < room) {
      startChunk(room);
    }
  }

  private void startChunk(int room) {
    full = new Chunk(buffer, at, full);
    fullLength = Math.addExact(fullLength, at);
    buffer = room > Buffers.SIZE ? new byte[room] : Buffers.take();
    at = 0;
  }

  void writeByte(int b) {
    ensure(1);
    buffer[at++] = (byte) b;
  }

  // The structure of the text.

  /** Begins an object. */
  public void beginObject() {
    writeByte('{');
    fresh = true;
  }

  /** Ends an object. */
  public void endObject() {
    writeByte('}');
    fresh = false;
  }

  /**
   * Writes the name of a member; its value must follow.
   *
   * @param name made by {@link JsonFragment#name}
   */
  public void name(JsonFragment name) {
    ensure(name.room() + 1);
    separate();
    at = name.copyTo(buffer, at);
  }

  /**
   * Writes the name of a member; its value must follow. Two of an object must not be the same.
   *
   * @param name the name
   */
  public void name(String name) {
    item();
    writeString(name);
    writeByte(':');
  }

  /** Begins an array. */
  public void beginArray() {
    writeByte('[');
    fresh = true;
  }

  /** Ends an array. */
  public void endArray() {
    writeByte(']');
    fresh = false;
  }

  /** Goes to the next item of an array; its value must follow. */
  public void item() {
    ensure(1);
    separate();
  }

  private void separate() {
    if (fresh) {
      fresh = false;
    } else {
      buffer[at++] = ',';
    }
  }

  // Values without a text.

  /** Writes {@code null}. */
  public void writeNull() {
    writeAscii("null");
  }

  /**
   * Writes a boolean.
   *
   * @param value the value
   */
  public void writeBoolean(boolean value) {
    writeAscii(value ? "true" : "false");
  }

  @SuppressWarnings("deprecation") // the way to copy ASCII without an array between
  private void writeAscii(String text) {
    int length = text.length();
    ensure(length);
    text.getBytes(0, length, buffer, at);
    at += length;
  }

  // Strings.

  /**
   * Writes a string. One with an unpaired surrogate is a violation.
   *
   * @param text the string
   */
  public void writeString(String text) {
    // Not divided, on purpose: the JIT inlines what is shorter wherever a string is written, and a
    // loop compiled for each of them takes up to half as long again.
    int length = text.length();
    ensure(length + 2);
    byte[] out = buffer;
    int start = at + 1;
    out[at] = '"';
    int i = 0;
    for (; i + Words.BYTES <= length; i += Words.BYTES) {
      char a = text.charAt(i);
      char b = text.charAt(i + 1);
      char c = text.charAt(i + 2);
      char d = text.charAt(i + 3);
      char e = text.charAt(i + 4);
      char f = text.charAt(i + 5);
      char g = text.charAt(i + 6);
      char h = text.charAt(i + 7);
      if (!Words.isPlain(a)
          || !Words.isPlain(b)
          || !Words.isPlain(c)
          || !Words.isPlain(d)
          || !Words.isPlain(e)
          || !Words.isPlain(f)
          || !Words.isPlain(g)
          || !Words.isPlain(h)) {
        break;
      }
      out[start + i] = (byte) a;
      out[start + i + 1] = (byte) b;
      out[start + i + 2] = (byte) c;
      out[start + i + 3] = (byte) d;
      out[start + i + 4] = (byte) e;
      out[start + i + 5] = (byte) f;
      out[start + i + 6] = (byte) g;
      out[start + i + 7] = (byte) h;
    }
    for (; i < length; i++) {
      char c = text.charAt(i);
      if (!Words.isPlain(c)) {
        break;
      }
      out[start + i] = (byte) c;
    }
    at = start + i;
    if (i < length) {
      writeRest(text, i);
    }
    writeByte('"');
  }

  private void writeRest(String text, int start) {
    for (int i = start; i < text.length(); i++) {
      ensure(LONGEST_ESCAPE);
      char c = text.charAt(i);
      if (Words.isPlain(c)) {
        buffer[at++] = (byte) c;
      } else if (c < 0x80) {
        escape(c);
      } else if (!Character.isSurrogate(c)) {
        writeCharacter(c);
      } else if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
        i++;
        writeCharacter(Character.toCodePoint(c, text.charAt(i)));
      } else {
        unwritable = true;
        writeUnit(c);
      }
    }
  }

  private void escape(char c) {
    switch (c) {
      case '"', '\\' -> writeEscape(c);
      case '\b' -> writeEscape('b');
      case '\f' -> writeEscape('f');
      case '\n' -> writeEscape('n');
      case '\r' -> writeEscape('r');
      case '\t' -> writeEscape('t');
      default -> writeUnit(c);
    }
  }

  private void writeEscape(char c) {
    buffer[at++] = '\\';
    buffer[at++] = (byte) c;
  }

  private void writeUnit(char c) {
    writeEscape('u');
    for (int shift = 12; shift >= 0; shift -= 4) {
      buffer[at++] = Hex.character(c >>> shift);
    }
  }

  /** Writes a character beyond ASCII, RFC 3629 section 3. */
  private void writeCharacter(int c) {
    if (c < 0x800) {
      buffer[at++] = (byte) (0xC0 | (c >> 6));
    } else if (c < 0x10000) {
      buffer[at++] = (byte) (0xE0 | (c >> 12));
      writeContinuation(c >> 6);
    } else {
      buffer[at++] = (byte) (0xF0 | (c >> 18));
      writeContinuation(c >> 12);
      writeContinuation(c >> 6);
    }
    writeContinuation(c);
  }

  private void writeContinuation(int c) {
    buffer[at++] = (byte) (0x80 | (c & 0x3F));
  }

  /**
   * Writes a string made before.
   *
   * @param value made by {@link JsonFragment#value}
   */
  public void write(JsonFragment value) {
    ensure(value.room());
    at = value.copyTo(buffer, at);
  }

  /**
   * Writes a string of the format {@code uuid}.
   *
   * @param value the value
   */
  public void writeUuid(UUID value) {
    ensure(Uuids.LENGTH + 2);
    buffer[at] = '"';
    Uuids.write(value, buffer, at + 1);
    buffer[at + Uuids.LENGTH + 1] = '"';
    at += Uuids.LENGTH + 2;
  }

  /**
   * Writes a string of the format {@code date}. A year outside 0 to 9999 is a violation.
   *
   * @param value the value
   */
  public void writeDate(LocalDate value) {
    if (!DateTimes.isWritable(value.getYear())) {
      unwritable = true;
      writeString(value.toString());
      return;
    }
    ensure(DateTimes.DATE_LENGTH + 2);
    buffer[at] = '"';
    at = DateTimes.write(value, buffer, at + 1);
    buffer[at++] = '"';
  }

  /**
   * Writes a string of the format {@code date-time}; the same instant in UTC when the offset has
   * seconds. A year outside 0 to 9999 is a violation.
   *
   * @param value the value
   */
  public void writeDateTime(OffsetDateTime value) {
    boolean minutes = value.getOffset().getTotalSeconds() % 60 == 0;
    OffsetDateTime written = minutes ? value : value.withOffsetSameInstant(ZoneOffset.UTC);
    if (!DateTimes.isWritable(written.getYear())) {
      unwritable = true;
      writeString(written.toString());
      return;
    }
    ensure(DateTimes.MAX_LENGTH + 2);
    buffer[at] = '"';
    at = DateTimes.write(written, buffer, at + 1);
    buffer[at++] = '"';
  }

  /**
   * Writes a string of the format {@code uri}. One without a scheme is a violation.
   *
   * @param value the value
   */
  public void writeUri(URI value) {
    String text = value.toString();
    if (checking && !URIS.matches(text)) {
      violation();
    }
    writeString(text);
  }

  /**
   * Writes octets as a string of the format {@code binary}: a character for each octet.
   *
   * @param value the octets
   */
  public void writeBinary(byte[] value) {
    writeString(new String(value, StandardCharsets.ISO_8859_1));
  }

  /**
   * Writes the octets of a file as {@link #writeBinary} does: JSON has no place for what is said
   * about them. Where files are sent beside the text, writes what stands for it.
   *
   * @param value the file
   */
  public void writeFile(FilePart value) {
    if (files == null) {
      writeBinary(value.content());
    } else {
      writeString(JsonTrees.fileAt(files.size()).stringValue());
      files.add(value);
    }
  }

  /**
   * Writes a decimal as a string of the format {@code decimal}. One whose digits would be far from
   * the point is a violation.
   *
   * @param value the value
   */
  public void writeDecimalText(BigDecimal value) {
    if (Math.abs((long) value.scale()) > MOST_ZEROS) {
      unwritable = true;
      writeString(value.toString());
    } else {
      writeString(value.toPlainString());
    }
  }

  /**
   * Writes octets as a string of the format {@code byte}.
   *
   * @param value the octets
   */
  public void writeBase64(byte[] value) {
    byte[] text = Base64.getEncoder().encode(value);
    writeByte('"');
    ensure(text.length);
    System.arraycopy(text, 0, buffer, at, text.length);
    at += text.length;
    writeByte('"');
  }

  // Numbers.

  /**
   * Writes an integer.
   *
   * @param value the value
   */
  public void writeLong(long value) {
    ensure(Digits.MAX_LENGTH);
    at = Digits.write(value, buffer, at);
  }

  /**
   * Writes an integer.
   *
   * @param value the value
   */
  public void writeInteger(BigInteger value) {
    writeAscii(value.toString());
  }

  /**
   * Writes a decimal with all of its digits, so that it reads back with the same scale.
   *
   * @param value the value
   */
  public void writeDecimal(BigDecimal value) {
    int scale = value.scale();
    if (scale < 0 || scale > LONG_DIGITS || value.precision() > LONG_DIGITS) {
      writeAscii(value.toString());
      return;
    }
    long unscaled = value.unscaledValue().longValue();
    ensure(Digits.MAX_LENGTH + 1);
    at =
        scale == 0
            ? Digits.write(unscaled, buffer, at)
            : Digits.writeScaled(unscaled, scale, buffer, at);
  }

  /**
   * Writes a number in the shortest form that reads back as the same; NaN and the infinities, a
   * violation, as {@code null}.
   *
   * @param value the value
   */
  public void writeDouble(double value) {
    if (isInteger(value)) {
      writeLong((long) value);
    } else if (Double.isFinite(value)) {
      writeAscii(Double.toString(value));
    } else {
      unwritable = true;
      writeNull();
    }
  }

  private static boolean isInteger(double value) {
    return value == Math.rint(value)
        && Math.abs(value) < MAX_EXACT_INTEGER
        && !(value == 0 && 1 / value < 0);
  }

  /**
   * Writes a number as {@link #writeDouble} does.
   *
   * @param value the value
   */
  public void writeFloat(float value) {
    if (isInteger(value)) {
      writeLong((long) value);
    } else if (Float.isFinite(value)) {
      writeAscii(Float.toString(value));
    } else {
      unwritable = true;
      writeNull();
    }
  }
}
