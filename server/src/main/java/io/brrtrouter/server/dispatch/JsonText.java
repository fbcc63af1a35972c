package io.brrtrouter.server.dispatch;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a JSON value as a text in UTF-8 (RFC 8259), without white space, straight into an array:
 * every response with a tree passes here. Text is the same as Jackson's, numbers keep all their
 * digits; a surrogate without its other half, which UTF-8 cannot have, is escaped.
 */
final class JsonText {
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.ISO_8859_1);
  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};
  private static final byte[] NULL = {'n', 'u', 'l', 'l'};

  /** For each ASCII character 0 if it stands for itself, a letter behind a backslash, or u. */
  private static final byte[] ESCAPES = new byte[128];

  /** Most bodies of an API fit, and the heap does not notice it. */
  private static final int FIRST_LENGTH = 512;

  static {
    Arrays.fill(ESCAPES, 0, ' ', (byte) 'u');
    ESCAPES['"'] = '"';
    ESCAPES['\\'] = '\\';
    ESCAPES['\b'] = 'b';
    ESCAPES['\t'] = 't';
    ESCAPES['\n'] = 'n';
    ESCAPES['\f'] = 'f';
    ESCAPES['\r'] = 'r';
  }

  private byte[] bytes = new byte[FIRST_LENGTH];
  private int length;

  private JsonText() {}

  /**
   * {@return the text of a value}
   *
   * @param value the value
   */
  static byte[] of(JsonNode value) {
    JsonText text = new JsonText();
    text.write(value);
    return Arrays.copyOf(text.bytes, text.length);
  }

  private void write(JsonNode value) {
    switch (value.getNodeType()) {
      case OBJECT -> writeObject(value);
      case ARRAY -> writeArray(value);
      case STRING -> writeString(value.stringValue());
      case NUMBER -> writeNumber(value);
      case BOOLEAN -> writeAscii(value.booleanValue() ? TRUE : FALSE);
      case NULL -> writeAscii(NULL);
      case BINARY, POJO, MISSING -> writeAscii(JsonMapper.shared().writeValueAsBytes(value));
    }
  }

  private void writeObject(JsonNode object) {
    char separator = '{';
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      writeByte(separator);
      writeString(member.getKey());
      writeByte(':');
      write(member.getValue());
      separator = ',';
    }
    if (separator == '{') {
      writeByte('{');
    }
    writeByte('}');
  }

  private void writeArray(JsonNode array) {
    writeByte('[');
    for (int i = 0; i < array.size(); i++) {
      if (i > 0) {
        writeByte(',');
      }
      write(array.get(i));
    }
    writeByte(']');
  }

  private void writeNumber(JsonNode number) {
    switch (number.numberType()) {
      case INT, LONG -> writeLong(number.longValue());
      case BIG_DECIMAL -> writeAscii(number.decimalValue());
      case FLOAT, DOUBLE -> {
        // What is no number to JSON is a string to Jackson.
        boolean finite = Double.isFinite(number.doubleValue());
        writeAscii(finite ? number.asString() : '"' + number.asString() + '"');
      }
      case BIG_INTEGER -> writeAscii(number.bigIntegerValue().toString());
    }
  }

  private void writeAscii(BigDecimal decimal) {
    writeAscii(decimal.toString());
  }

  private void writeLong(long value) {
    if (value < 0) {
      writeAscii(Long.toString(value));
      return;
    }
    int digits = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      digits++;
    }
    ensure(digits);
    long rest = value;
    for (int at = length + digits - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += digits;
  }

  @SuppressWarnings("deprecation") // Copies ASCII without an encoder in between.
  private void writeAscii(String text) {
    ensure(text.length());
    text.getBytes(0, text.length(), bytes, length);
    length += text.length();
  }

  private void writeAscii(byte[] text) {
    ensure(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    length += text.length;
  }

  private void writeByte(char c) {
    ensure(1);
    bytes[length++] = (byte) c;
  }

  @SuppressWarnings("deprecation") // Copies ASCII without an encoder in between.
  private void writeString(String text) {
    int end = text.length();
    int plain = 0;
    while (plain < end && isPlain(text.charAt(plain))) {
      plain++;
    }
    ensure(end + 2);
    bytes[length++] = '"';
    text.getBytes(0, plain, bytes, length);
    length += plain;
    if (plain < end) {
      writeUnusual(text, plain);
    }
    writeByte('"');
  }

  private static boolean isPlain(char c) {
    return c < 128 && ESCAPES[c] == 0;
  }

  /** From the first character that is not itself in JSON and UTF-8. */
  private void writeUnusual(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      ensure(6);
      if (c < 128) {
        writeAsciiCharacter(c);
      } else if (c < 0x800) {
        bytes[length++] = (byte) (0xC0 | (c >> 6));
        bytes[length++] = (byte) (0x80 | (c & 0x3F));
      } else if (!Character.isSurrogate(c)) {
        bytes[length++] = (byte) (0xE0 | (c >> 12));
        bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3F));
        bytes[length++] = (byte) (0x80 | (c & 0x3F));
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        writeSupplementary(Character.toCodePoint(c, text.charAt(++i)));
      } else {
        writeEscaped(c);
      }
    }
  }

  private void writeAsciiCharacter(char c) {
    byte escape = ESCAPES[c];
    if (escape == 0) {
      bytes[length++] = (byte) c;
    } else if (escape == 'u') {
      writeEscaped(c);
    } else {
      bytes[length++] = '\\';
      bytes[length++] = escape;
    }
  }

  private void writeSupplementary(int point) {
    bytes[length++] = (byte) (0xF0 | (point >> 18));
    bytes[length++] = (byte) (0x80 | ((point >> 12) & 0x3F));
    bytes[length++] = (byte) (0x80 | ((point >> 6) & 0x3F));
    bytes[length++] = (byte) (0x80 | (point & 0x3F));
  }

  private void writeEscaped(char c) {
    bytes[length++] = '\\';
    bytes[length++] = 'u';
    for (int shift = 12; shift >= 0; shift -= 4) {
      bytes[length++] = HEX[c >> shift & 15];
    }
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
