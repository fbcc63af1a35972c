package io.brrtrouter.schema.pattern;

/** The text of an expression and how far it has been read. */
final class Cursor {
  /** What comes after the last character. */
  static final int END = -1;

  private final int[] source;

  /** The index of the next code point. */
  int at;

  Cursor(String source) {
    this.source = source.codePoints().toArray();
  }

  int peek() {
    return peek(0);
  }

  /** {@return the code point so many after the next} */
  int peek(int ahead) {
    return at + ahead < source.length ? source[at + ahead] : END;
  }

  int next() {
    return at < source.length ? source[at++] : END;
  }

  boolean take(char c) {
    if (peek() == c) {
      at++;
      return true;
    }
    return false;
  }

  boolean take(String text) {
    if (lookingAt(text)) {
      at += text.length();
      return true;
    }
    return false;
  }

  boolean lookingAt(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      if (at + i >= source.length || source[at + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  PatternRefused refused(String reason) {
    return new PatternRefused(reason + " (at character " + (at + 1) + ")");
  }

  PatternRefused refusedBefore(String reason) {
    return new PatternRefused(reason + " (at character " + at + ")");
  }

  boolean isDigit(int index) {
    return index < source.length && source[index] >= '0' && source[index] <= '9';
  }

  /** Reads digits; what no text is long enough for is unbounded. */
  int number() {
    long value = 0;
    while (isDigit(at)) {
      value = Math.min(value * 10 + next() - '0', Node.UNBOUNDED);
    }
    return (int) value;
  }
}
