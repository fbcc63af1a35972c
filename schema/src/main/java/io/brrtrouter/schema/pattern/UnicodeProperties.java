package io.brrtrouter.schema.pattern;

import static java.util.Map.entry;

import java.lang.Character.UnicodeScript;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The properties of {@code \p{...}}, ECMA-262 section 22.2.1 and its tables of property names, as
 * far as the JDK's Unicode data has them. Names are case-sensitive.
 */
final class UnicodeProperties {
  /** General_Category values, each with its names and the categories of the JDK it stands for. */
  private static final Map<String, Integer> CATEGORIES = categories();

  private static final Map<String, IntPredicate> BINARY =
      Map.ofEntries(
          entry("ASCII", c -> c < 0x80),
          entry("ASCII_Hex_Digit", c -> c < 0x80 && Character.digit(c, 16) >= 0),
          entry("Alphabetic", Character::isAlphabetic),
          entry("Any", c -> true),
          entry("Assigned", Character::isDefined),
          entry("Bidi_Mirrored", Character::isMirrored),
          entry("Emoji", Character::isEmoji),
          entry("Emoji_Component", Character::isEmojiComponent),
          entry("Emoji_Modifier", Character::isEmojiModifier),
          entry("Emoji_Modifier_Base", Character::isEmojiModifierBase),
          entry("Emoji_Presentation", Character::isEmojiPresentation),
          entry("Extended_Pictographic", Character::isExtendedPictographic),
          entry("Hex_Digit", UnicodeProperties::isHexDigit),
          entry("ID_Continue", UnicodeProperties::isIdContinue),
          entry("ID_Start", UnicodeProperties::isIdStart),
          entry("Ideographic", Character::isIdeographic),
          entry("Join_Control", c -> c == 0x200C || c == 0x200D),
          entry("Lowercase", Character::isLowerCase),
          entry("Noncharacter_Code_Point", UnicodeProperties::isNoncharacter),
          entry("Pattern_White_Space", UnicodeProperties::isPatternWhiteSpace),
          entry("Regional_Indicator", c -> c >= 0x1F1E6 && c <= 0x1F1FF),
          entry("Uppercase", Character::isUpperCase),
          entry("White_Space", UnicodeProperties::isWhiteSpace));

  private static final Map<String, String> BINARY_ALIASES =
      Map.ofEntries(
          entry("AHex", "ASCII_Hex_Digit"),
          entry("Alpha", "Alphabetic"),
          entry("Bidi_M", "Bidi_Mirrored"),
          entry("EComp", "Emoji_Component"),
          entry("EMod", "Emoji_Modifier"),
          entry("EBase", "Emoji_Modifier_Base"),
          entry("EPres", "Emoji_Presentation"),
          entry("ExtPict", "Extended_Pictographic"),
          entry("Hex", "Hex_Digit"),
          entry("IDC", "ID_Continue"),
          entry("IDS", "ID_Start"),
          entry("Ideo", "Ideographic"),
          entry("Join_C", "Join_Control"),
          entry("Lower", "Lowercase"),
          entry("NChar", "Noncharacter_Code_Point"),
          entry("Pat_WS", "Pattern_White_Space"),
          entry("RI", "Regional_Indicator"),
          entry("Upper", "Uppercase"),
          entry("space", "White_Space"));

  /** Names that are ECMA-262 but whose members the JDK does not know. */
  private static final Set<String> WITHOUT_DATA =
      Set.of(
          ("Bidi_Control Bidi_C Case_Ignorable CI Cased Changes_When_Casefolded CWCF"
                  + " Changes_When_Casemapped CWCM Changes_When_Lowercased CWL"
                  + " Changes_When_NFKC_Casefolded CWKCF Changes_When_Titlecased CWT"
                  + " Changes_When_Uppercased CWU Dash Default_Ignorable_Code_Point DI Deprecated"
                  + " Dep Diacritic Dia Extender Ext Grapheme_Base Gr_Base Grapheme_Extend Gr_Ext"
                  + " IDS_Binary_Operator IDSB IDS_Trinary_Operator IDST Logical_Order_Exception"
                  + " LOE Math Pattern_Syntax Pat_Syn Quotation_Mark QMark Radical"
                  + " Sentence_Terminal STerm Soft_Dotted SD Terminal_Punctuation Term"
                  + " Unified_Ideograph UIdeo Variation_Selector VS XID_Continue XIDC XID_Start XIDS")
              .split(" "));

  /** What was computed, at most once for each of the few hundred names there are. */
  private static final Map<String, CodePoints> MEMBERS = new ConcurrentHashMap<>();

  private UnicodeProperties() {}

  /**
   * Tests what is between the braces, without looking at a code point.
   *
   * @param expression {@code Letter}, {@code Script=Greek} and so on
   * @return whether it is ECMA-262
   */
  static boolean isProperty(String expression) {
    int equals = expression.indexOf('=');
    String value = expression.substring(equals + 1);
    return switch (expression.substring(0, Math.max(equals, 0))) {
      case "" ->
          equals < 0
              && (CATEGORIES.containsKey(value)
                  || BINARY.containsKey(BINARY_ALIASES.getOrDefault(value, value))
                  || WITHOUT_DATA.contains(value));
      case "General_Category", "gc" -> CATEGORIES.containsKey(value);
      case "Script", "sc", "Script_Extensions", "scx" -> script(value) != null;
      default -> false;
    };
  }

  /**
   * Looks up the members of a property.
   *
   * @param expression what {@link #isProperty} is true for
   * @return the code points
   * @throws PatternRefused when the JDK has no data for it
   */
  static CodePoints members(String expression) throws PatternRefused {
    CodePoints known = MEMBERS.get(expression);
    if (known == null) {
      known = CodePoints.where(predicate(expression));
      MEMBERS.put(expression, known);
    }
    return known;
  }

  private static IntPredicate predicate(String expression) throws PatternRefused {
    String value = expression.substring(expression.indexOf('=') + 1);
    if (expression.startsWith("Script_Extensions=") || expression.startsWith("scx=")) {
      throw new PatternRefused(
          "\\p{" + expression + "} is not supported; \\p{Script=" + value + "} is");
    }
    UnicodeScript script = expression.equals(value) ? null : script(value);
    if (script != null) {
      return c -> UnicodeScript.of(c) == script;
    }
    Integer types = CATEGORIES.get(value);
    if (types != null) {
      return c -> (types >> Character.getType(c) & 1) != 0;
    }
    IntPredicate binary = BINARY.get(BINARY_ALIASES.getOrDefault(value, value));
    if (binary == null) {
      throw new PatternRefused("\\p{" + value + "} is not supported");
    }
    return binary;
  }

  private static @Nullable UnicodeScript script(String name) {
    UnicodeScript script;
    try {
      script = UnicodeScript.forName(name);
    } catch (IllegalArgumentException e) {
      return null;
    }
    // The look-up ignores case, ECMA-262 does not.
    boolean exact =
        name.equals(titleCase(script.name()))
            || (name.length() == 4 && name.equals(titleCase(name)))
            || name.equals("SignWriting");
    return exact ? script : null;
  }

  /** {@code OLD_ITALIC} to {@code Old_Italic}. */
  private static String titleCase(String name) {
    StringBuilder out = new StringBuilder(name.toLowerCase(Locale.ROOT));
    for (int i = 0; i < out.length(); i++) {
      if (i == 0 || out.charAt(i - 1) == '_') {
        out.setCharAt(i, Character.toUpperCase(out.charAt(i)));
      }
    }
    return out.toString();
  }

  private static boolean isHexDigit(int c) {
    return Character.digit(c, 16) >= 0 && (c < 0x80 || (c >= 0xFF10 && c <= 0xFF46));
  }

  /** The JDK takes the vertical tilde, a Pattern_Syntax character, for a letter. */
  private static boolean isIdStart(int c) {
    return Character.isUnicodeIdentifierStart(c) && c != 0x2E2F;
  }

  private static boolean isIdContinue(int c) {
    return Character.isUnicodeIdentifierPart(c)
        && !Character.isIdentifierIgnorable(c)
        && c != 0x2E2F;
  }

  private static boolean isNoncharacter(int c) {
    return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
  }

  private static boolean isPatternWhiteSpace(int c) {
    return (c >= 9 && c <= 13)
        || c == ' '
        || c == 0x85
        || c == 0x200E
        || c == 0x200F
        || c == 0x2028
        || c == 0x2029;
  }

  private static boolean isWhiteSpace(int c) {
    return (c >= 9 && c <= 13) || c == 0x85 || Character.isSpaceChar(c);
  }

  private static Map<String, Integer> categories() {
    Map<String, Integer> names = new HashMap<>();
    String[] values = {
      "Lu Uppercase_Letter=1",
      "Ll Lowercase_Letter=2",
      "Lt Titlecase_Letter=3",
      "LC Cased_Letter=1,2,3",
      "Lm Modifier_Letter=4",
      "Lo Other_Letter=5",
      "L Letter=1,2,3,4,5",
      "Mn Nonspacing_Mark=6",
      "Mc Spacing_Mark=8",
      "Me Enclosing_Mark=7",
      "M Mark Combining_Mark=6,7,8",
      "Nd Decimal_Number digit=9",
      "Nl Letter_Number=10",
      "No Other_Number=11",
      "N Number=9,10,11",
      "Pc Connector_Punctuation=23",
      "Pd Dash_Punctuation=20",
      "Ps Open_Punctuation=21",
      "Pe Close_Punctuation=22",
      "Pi Initial_Punctuation=29",
      "Pf Final_Punctuation=30",
      "Po Other_Punctuation=24",
      "P Punctuation punct=20,21,22,23,24,29,30",
      "Sm Math_Symbol=25",
      "Sc Currency_Symbol=26",
      "Sk Modifier_Symbol=27",
      "So Other_Symbol=28",
      "S Symbol=25,26,27,28",
      "Zs Space_Separator=12",
      "Zl Line_Separator=13",
      "Zp Paragraph_Separator=14",
      "Z Separator=12,13,14",
      "Cc Control cntrl=15",
      "Cf Format=16",
      "Cs Surrogate=19",
      "Co Private_Use=18",
      "Cn Unassigned=0",
      "C Other=0,15,16,18,19",
    };
    for (String value : values) {
      int equals = value.indexOf('=');
      int types = 0;
      for (String type : value.substring(equals + 1).split(",", -1)) {
        types |= 1 << Integer.parseInt(type);
      }
      for (String name : value.substring(0, equals).split(" ", -1)) {
        names.put(name, types);
      }
    }
    return Map.copyOf(names);
  }
}
