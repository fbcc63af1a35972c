package io.brrtrouter.schema.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Random expressions on random texts: every engine must find what the JDK's finds. The JDK reads
 * the same source, but for the end of the text, which it writes otherwise; nothing of our parser is
 * between.
 */
@DisplayName("Automaton, RE2/J, backtracking and the JDK")
class EnginesAgreeTest {
  private static final int EXPRESSIONS = 4_000;
  private static final int TEXTS = 12;
  private static final String ALPHABET = "aabb1_ -\né🐲";

  /** Inside a pair of units the JDK finds "\B", and behind them not "\W". */
  private static final String BMP = "aabb1_ -\né";

  @Test
  void agreeOnRegularExpressions() throws PatternRefused {
    Random random = new Random(20260101);
    int found = 0;
    int automata = 0;
    for (int i = 0; i < EXPRESSIONS; i++) {
      String source = disjunction(random, 3, false);
      Pattern oracle = oracle(source);
      Node node = EcmaParser.parse(source);
      EcmaPattern pattern = EcmaPattern.compile(source, false);
      automata += pattern.matcher() instanceof Linear ? 0 : 1;
      Matcher linear = Linear.of(node).orElseThrow();
      Matcher backtracking = Backtracking.of(node).orElseThrow();
      for (int j = 0; j < TEXTS; j++) {
        String text = text(random, source.contains("\\B") ? BMP : ALPHABET);
        boolean expected = oracle.matcher(text).find();
        found += expected ? 1 : 0;
        assertThat(pattern.find(text)).as("pattern %s on %s", source, text).isEqualTo(expected);
        assertThat(linear.find(text)).as("RE2/J %s on %s", source, text).isEqualTo(expected);
        assertThat(backtracking.find(text)).as("JDK %s on %s", source, text).isEqualTo(expected);
      }
    }
    assertThat(automata).isGreaterThan(EXPRESSIONS * 99 / 100);
    assertThat(found).isBetween(EXPRESSIONS * TEXTS / 5, EXPRESSIONS * TEXTS * 9 / 10);
  }

  @Test
  void agreeOnLookAround() throws PatternRefused {
    Random random = new Random(20260102);
    int linear = 0;
    for (int i = 0; i < EXPRESSIONS; i++) {
      String source =
          switch (random.nextInt(3)) {
            case 0 -> "^" + look(random, false) + look(random, false) + sequence(random, 2, true);
            case 1 -> sequence(random, 2, true) + look(random, true) + "$";
            default -> disjunction(random, 2, true);
          };
      Pattern oracle = oracle(source);
      EcmaPattern pattern = EcmaPattern.compile(source, true);
      linear += pattern.matcher() instanceof Backtracking ? 0 : 1;
      for (int j = 0; j < TEXTS; j++) {
        String text = text(random, BMP);
        assertThat(pattern.find(text))
            .as("%s on %s", source, text)
            .isEqualTo(oracle.matcher(text).find());
      }
    }
    assertThat(linear).isGreaterThan(EXPRESSIONS / 2);
  }

  private static Pattern oracle(String source) {
    return Pattern.compile(source.replace("$", "\\z"));
  }

  private static String text(Random random, String characters) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(9);
    int[] alphabet = characters.codePoints().toArray();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
    }
    return text.toString();
  }

  private static String disjunction(Random random, int depth, boolean look) {
    StringBuilder out = new StringBuilder(sequence(random, depth, look));
    while (random.nextInt(4) == 0) {
      out.append('|').append(sequence(random, depth, look));
    }
    return out.toString();
  }

  private static String sequence(Random random, int depth, boolean look) {
    StringBuilder out = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      out.append(term(random, depth, look));
    }
    return out.toString();
  }

  private static String term(Random random, int depth, boolean look) {
    if (look && random.nextInt(4) == 0) {
      return look(random, random.nextBoolean());
    }
    return switch (random.nextInt(12)) {
      case 0 -> "^";
      case 1 -> "$";
      case 2 -> random.nextBoolean() ? "\\b" : "\\B";
      default -> atom(random, depth, look) + quantifier(random);
    };
  }

  private static String look(Random random, boolean behind) {
    String body = random.nextBoolean() ? atom(random, 0, false) : "a" + atom(random, 0, false);
    return (behind ? "(?<" : "(?") + (random.nextBoolean() ? "!" : "=") + body + ")";
  }

  private static String atom(Random random, int depth, boolean look) {
    String[] atoms = {
      "a", "b", "1", "_", "é", "🐲", "[ab]", "[^a]", "[^b1]", "[é🐲]", "\\d", "\\w", "\\W", "[a1-]"
    };
    if (depth == 0 || random.nextInt(3) > 0) {
      return atoms[random.nextInt(atoms.length)];
    }
    return (random.nextBoolean() ? "(" : "(?:") + disjunction(random, depth - 1, look) + ")";
  }

  private static String quantifier(Random random) {
    String[] quantifiers = {"", "", "", "", "*", "+", "?", "{2}", "{1,3}", "{2,}", "*?", "+?"};
    return quantifiers[random.nextInt(quantifiers.length)];
  }
}
