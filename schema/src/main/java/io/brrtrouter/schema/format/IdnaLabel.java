package io.brrtrouter.schema.format;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.Locale;

/**
 * The rules for one label of an internationalized name: which code points (RFC 5892), where (its
 * appendix A), in which form (RFC 5891 section 4.2) and in which direction (RFC 5893 section 2).
 *
 * <p>The derived property of RFC 5892 section 2 is computed from the properties of the JDK's
 * Unicode version, as section 5 of that document wants it, instead of kept as a table.
 */
final class IdnaLabel {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;
  private static final int MIDDLE_DOT = 0xB7;
  private static final int KERAIA = 0x375;
  private static final int GERESH = 0x5F3;
  private static final int GERSHAYIM = 0x5F4;
  private static final int KATAKANA_MIDDLE_DOT = 0x30FB;

  private final int[] points;
  private final int length;

  /** Takes the first {@code length} code points, without copying them. */
  IdnaLabel(int[] points, int length) {
    this.points = points;
    this.length = length;
  }

  /** {@return whether the code points are a U-label, save for direction and length} */
  boolean isUnicodeLabel() {
    if (length == 0 || points[0] == '-' || points[length - 1] == '-' || isMark(points[0])) {
      return false;
    }
    if (length > 3 && points[2] == '-' && points[3] == '-') {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (!isAllowed(i)) {
        return false;
      }
    }
    return Normalizer.isNormalized(new String(points, 0, length), Normalizer.Form.NFC);
  }

  /** {@return whether a code point makes the whole name one with right-to-left labels} */
  boolean hasRightToLeft() {
    for (int i = 0; i < length; i++) {
      switch (Character.getDirectionality(points[i])) {
        case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
            Character.DIRECTIONALITY_ARABIC_NUMBER -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  /** {@return whether the Bidi rule holds, RFC 5893 section 2} */
  boolean followsBidiRule() {
    boolean rightToLeft;
    switch (Character.getDirectionality(points[0])) {
      case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> rightToLeft = false;
      case Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC ->
          rightToLeft = true;
      default -> {
        return false;
      }
    }
    boolean european = false;
    boolean arabic = false;
    boolean endsWell = false;
    for (int i = 0; i < length; i++) {
      switch (Character.getDirectionality(points[i])) {
        case Character.DIRECTIONALITY_LEFT_TO_RIGHT -> {
          if (rightToLeft) {
            return false;
          }
          endsWell = true;
        }
        case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
            Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC -> {
          if (!rightToLeft) {
            return false;
          }
          endsWell = true;
        }
        case Character.DIRECTIONALITY_ARABIC_NUMBER -> {
          if (!rightToLeft) {
            return false;
          }
          arabic = true;
          endsWell = true;
        }
        case Character.DIRECTIONALITY_EUROPEAN_NUMBER -> {
          european = true;
          endsWell = true;
        }
        case Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR,
            Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR,
            Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR,
            Character.DIRECTIONALITY_OTHER_NEUTRALS,
            Character.DIRECTIONALITY_BOUNDARY_NEUTRAL ->
            endsWell = false;
        case Character.DIRECTIONALITY_NONSPACING_MARK -> {}
        default -> {
          return false;
        }
      }
    }
    return endsWell && !(european && arabic && rightToLeft);
  }

  private boolean isAllowed(int at) {
    int c = points[at];
    return switch (c) {
      case ZERO_WIDTH_NON_JOINER -> isAfterVirama(at) || isBetweenJoining(at);
      case ZERO_WIDTH_JOINER -> isAfterVirama(at);
      case MIDDLE_DOT ->
          at > 0 && points[at - 1] == 'l' && at + 1 < length && points[at + 1] == 'l';
      case KERAIA -> at + 1 < length && UnicodeScript.of(points[at + 1]) == UnicodeScript.GREEK;
      case GERESH, GERSHAYIM -> at > 0 && UnicodeScript.of(points[at - 1]) == UnicodeScript.HEBREW;
      case KATAKANA_MIDDLE_DOT -> hasJapanese();
      default -> {
        if (isArabicIndicDigit(c)) {
          yield !hasBetween(0x6F0, 0x6F9);
        }
        if (isExtendedArabicIndicDigit(c)) {
          yield !hasBetween(0x660, 0x669);
        }
        yield isProtocolValid(c);
      }
    };
  }

  private boolean isAfterVirama(int at) {
    return at > 0 && JoiningTypes.isVirama(points[at - 1]);
  }

  /** RFC 5892 appendix A.1: {@code (Joining_Type:{L,D})(T)*ZWNJ(T)*(Joining_Type:{R,D})}. */
  private boolean isBetweenJoining(int at) {
    int before = at - 1;
    while (before >= 0 && JoiningTypes.isTransparent(points[before])) {
      before--;
    }
    int after = at + 1;
    while (after < length && JoiningTypes.isTransparent(points[after])) {
      after++;
    }
    return before >= 0
        && after < length
        && JoiningTypes.joinsNext(points[before])
        && JoiningTypes.joinsPrevious(points[after]);
  }

  private boolean hasJapanese() {
    for (int i = 0; i < length; i++) {
      switch (UnicodeScript.of(points[i])) {
        case HIRAGANA, KATAKANA, HAN -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  private boolean hasBetween(int first, int last) {
    for (int i = 0; i < length; i++) {
      if (points[i] >= first && points[i] <= last) {
        return true;
      }
    }
    return false;
  }

  private static boolean isArabicIndicDigit(int c) {
    return c >= 0x660 && c <= 0x669;
  }

  private static boolean isExtendedArabicIndicDigit(int c) {
    return c >= 0x6F0 && c <= 0x6F9;
  }

  private static boolean isMark(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }

  /**
   * {@return whether the derived property is PVALID, RFC 5892 section 3; not for contextual ones}
   */
  static boolean isProtocolValid(int c) {
    if (c < 0x80) {
      return c == '-' || Ascii.isDigit(c) || (c >= 'a' && c <= 'z');
    }
    return switch (c) {
      // Exceptions (F), section 2.6.
      case 0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007 -> true;
      case 0x640, 0x7FA, 0x302E, 0x302F, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303B -> false;
      default -> isLetterOrDigit(c) && !isIgnorable(c) && !isOldHangulJamo(c) && isStable(c);
    };
  }

  /** LetterDigits (A), section 2.1. */
  private static boolean isLetterOrDigit(int c) {
    return switch (Character.getType(c)) {
      case Character.LOWERCASE_LETTER,
          Character.UPPERCASE_LETTER,
          Character.OTHER_LETTER,
          Character.MODIFIER_LETTER,
          Character.DECIMAL_DIGIT_NUMBER,
          Character.NON_SPACING_MARK,
          Character.COMBINING_SPACING_MARK ->
          true;
      default -> false;
    };
  }

  /**
   * IgnorableProperties (C) and IgnorableBlocks (D), sections 2.3 and 2.4; of the first, the code
   * points that are letters, digits or marks.
   */
  private static boolean isIgnorable(int c) {
    return c == 0x34F
        || c == 0x17B4
        || c == 0x17B5
        || (c >= 0x180B && c <= 0x180F)
        || (c >= 0xFE00 && c <= 0xFE0F)
        || (c >= 0xE0100 && c <= 0xE01EF)
        || (c >= 0x20D0 && c <= 0x20FF)
        || (c >= 0x1D100 && c <= 0x1D1FF)
        || (c >= 0x1D200 && c <= 0x1D24F);
  }

  /** OldHangulJamo (I), section 2.9. */
  private static boolean isOldHangulJamo(int c) {
    return (c >= 0x1100 && c <= 0x11FF)
        || (c >= 0xA960 && c <= 0xA97F)
        || (c >= 0xD7B0 && c <= 0xD7FF);
  }

  /** The opposite of Unstable (B), section 2.2. */
  private static boolean isStable(int c) {
    String text = Character.toString(c);
    String folded = foldCase(c, Normalizer.normalize(text, Normalizer.Form.NFKC));
    return Normalizer.normalize(folded, Normalizer.Form.NFKC).equals(text);
  }

  /** Unicode case folding, which the JDK has not: lower case of upper case but for two scripts. */
  private static String foldCase(int c, String text) {
    if (c == 0x131 || (c >= 0x13A0 && c <= 0x13F5)) {
      return text;
    }
    if ((c >= 0x13F8 && c <= 0x13FD) || (c >= 0xAB70 && c <= 0xABBF)) {
      return text.toUpperCase(Locale.ROOT);
    }
    return text.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
  }
}
