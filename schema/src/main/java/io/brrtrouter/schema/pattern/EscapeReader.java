package io.brrtrouter.schema.pattern;

import org.jspecify.annotations.Nullable;

/**
 * Reads what follows a backslash, inside and outside of classes: ECMA-262 section 22.2.1,
 * CharacterClassEscape and CharacterEscape.
 */
final class EscapeReader {
  private static final String SYNTAX_CHARACTERS = "^$\\.*+?()[]{}|/";
  private static final int END = Cursor.END;

  private final Cursor cursor;
  private final boolean syntaxOnly;

  EscapeReader(Cursor cursor, boolean syntaxOnly) {
    this.cursor = cursor;
    this.syntaxOnly = syntaxOnly;
  }

  /** {@return the set of {@code \d \D \w \W \s \S \p \P}, or null when another escape follows} */
  @Nullable CodePoints classEscape() throws PatternRefused {
    int start = cursor.at;
    return switch (cursor.next()) {
      case 'd' -> CodePoints.DIGITS;
      case 'D' -> CodePoints.DIGITS.complement();
      case 'w' -> CodePoints.WORD;
      case 'W' -> CodePoints.WORD.complement();
      case 's' -> CodePoints.SPACE;
      case 'S' -> CodePoints.SPACE.complement();
      case 'p' -> property();
      case 'P' -> property().complement();
      default -> {
        cursor.at = start;
        yield null;
      }
    };
  }

  private CodePoints property() throws PatternRefused {
    StringBuilder expression = new StringBuilder();
    if (cursor.take('{')) {
      while (cursor.peek() != END && cursor.peek() != '}') {
        expression.appendCodePoint(cursor.next());
      }
    }
    if (expression.isEmpty() || !cursor.take('}')) {
      throw cursor.refused("\"\\p\" is not followed by a property in braces");
    }
    String name = expression.toString();
    if (!UnicodeProperties.isProperty(name)) {
      throw cursor.refused("\\p{" + name + "} is no property of ECMA-262");
    }
    return syntaxOnly ? CodePoints.ANY : UnicodeProperties.members(name);
  }

  /** Reads after a backslash; section 22.2.1, CharacterEscape. */
  int characterEscape(boolean inClass) throws PatternRefused {
    int c = cursor.next();
    return switch (c) {
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'v' -> 0x0B;
      case 'f' -> '\f';
      case 'r' -> '\r';
      case 'c' -> {
        if (!isAsciiLetter(cursor.peek())) {
          throw cursor.refused("\"\\c\" is not followed by a letter");
        }
        yield cursor.next() % 32;
      }
      case '0' -> {
        if (cursor.isDigit(cursor.at)) {
          throw cursor.refused("octal escapes are not ECMA-262");
        }
        yield 0;
      }
      case 'x' -> hex(2);
      case 'u' -> unicodeEscape();
      case END -> throw cursor.refused("\"\\\" ends the expression");
      default -> identityEscape(c, inClass);
    };
  }

  private int identityEscape(int c, boolean inClass) throws PatternRefused {
    if (SYNTAX_CHARACTERS.indexOf(c) >= 0 || (inClass && c == '-')) {
      return c;
    }
    boolean alphanumeric = isAsciiLetter(c) || (c >= '0' && c <= '9');
    if (!syntaxOnly && !alphanumeric) {
      return c;
    }
    String escape = "\"\\" + Character.toString(c) + "\"";
    throw cursor.refusedBefore(
        switch (c) {
          case 'A' -> escape + " is not ECMA-262; write \"^\"";
          case 'Z', 'z' -> escape + " is not ECMA-262; write \"$\"";
          case 'h' -> escape + " is not ECMA-262; write \"[\\t\\p{Zs}]\"";
          default -> escape + " is no escape of ECMA-262";
        });
  }

  static boolean isAsciiLetter(int c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** Reads after {@code \}{@code u}. */
  int unicodeEscape() throws PatternRefused {
    if (cursor.take('{')) {
      int digits = cursor.at;
      while (cursor.peek() != '}' && cursor.peek() != END) {
        cursor.next();
      }
      int end = cursor.at;
      cursor.at = digits;
      int value = end == digits || end - digits > 6 ? END : hex(end - digits);
      if (value < 0 || value > Character.MAX_CODE_POINT || !cursor.take('}')) {
        throw cursor.refused("\"\\u{\" is not followed by a code point in hexadecimal and \"}\"");
      }
      return value;
    }
    int unit = hex(4);
    int afterUnit = cursor.at;
    if (Character.isHighSurrogate((char) unit) && cursor.take("\\u") && cursor.peek() != '{') {
      int low = hex(4);
      if (Character.isLowSurrogate((char) low)) {
        return Character.toCodePoint((char) unit, (char) low);
      }
    }
    cursor.at = afterUnit;
    return unit;
  }

  private int hex(int digits) throws PatternRefused {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int c = cursor.next();
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw cursor.refused("an escape lacks hexadecimal digits");
      }
      value = value * 16 + digit;
    }
    return value;
  }
}
