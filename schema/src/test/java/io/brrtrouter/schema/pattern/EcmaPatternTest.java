package io.brrtrouter.schema.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.schema.Effort;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A pattern")
class EcmaPatternTest {

  private static boolean find(String source, String text) throws PatternRefused {
    return EcmaPattern.compile(source, false).find(text);
  }

  /** What is not linear takes hours; what is, milliseconds. */
  private static boolean inTime(BooleanSupplier body) {
    boolean[] result = new boolean[1];
    assertThat(Effort.of(() -> result[0] = body.getAsBoolean())).isLessThan(Duration.ofSeconds(5));
    return result[0];
  }

  @Nested
  class MatchesAsInEcma262 {
    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(
        delimiter = '~',
        quoteCharacter = '`',
        value = {
          // Fixed texts.
          "abc ~ xabcx ~ true",
          "abc ~ ab ~ false",
          "^abc ~ abcd ~ true",
          "^abc ~ xabc ~ false",
          "abc$ ~ xabc ~ true",
          "abc$ ~ abcx ~ false",
          "^abc$ ~ abc ~ true",
          "^abc$ ~ abcabc ~ false",
          "a ~ bab ~ true",
          // Runs.
          "^[a-z]{2,3}$ ~ ab ~ true",
          "^[a-z]{2,3}$ ~ a ~ false",
          "^[a-z]{2,3}$ ~ abcd ~ false",
          "^[a-z]{2,3}$ ~ aB ~ false",
          "^[é-ü]+$ ~ éü ~ true",
          "^[é-ü]+$ ~ éa ~ false",
          "^\\S{1,60000}$ ~ abc ~ true",
          // Sequences, choices, quantifiers.
          "^[A-Z]{2}[0-9]{4}$ ~ AB1234 ~ true",
          "^[A-Z]{2}[0-9]{4}$ ~ AB12345 ~ false",
          "^(?:get|put|post)$ ~ put ~ true",
          "^(?:get|put|post)$ ~ pu ~ false",
          "^get|put$ ~ getx ~ true",
          "^get|put$ ~ xput ~ true",
          "^get|put$ ~ xputx ~ false",
          "^(a|b)*c$ ~ ababc ~ true",
          "^(0|[1-9][0-9]*)$ ~ 10 ~ true",
          "^(0|[1-9][0-9]*)$ ~ 01 ~ false",
          "x* ~ `` ~ true",
          "(?:){9} ~ `` ~ true",
          "^(?:(?:){1000000}){1000000}$ ~ `` ~ true",
          "^(?:a?){3}$ ~ aa ~ true",
          "^(?:a*)*$ ~ aaa ~ true",
          "^a+?b??$ ~ aab ~ true",
          "^a{2}$ ~ aa ~ true",
          "^a{2,}$ ~ aaaa ~ true",
          "a$b ~ ab ~ false",
          "a^b ~ ab ~ false",
          "(?:^|,)b(?:,|$) ~ `a,b` ~ true",
          // Classes.
          "^[^a]$ ~ a ~ false",
          "^[]$ ~ a ~ false",
          "^[^]$ ~ a ~ true",
          "^[-a]$ ~ - ~ true",
          "^[a-]$ ~ - ~ true",
          "^[\\]\\\\^]$ ~ ] ~ true",
          "^[\\w.-]+$ ~ a.-_ ~ true",
          "^[\\b]$ ~ b ~ false",
          "^[a-c-e]+$ ~ a-e ~ true",
          "^[\\d-x]+$ ~ 1-x ~ true",
          "^[\\cA-\\cZ]$ ~ a ~ false",
          // Escapes.
          "^\\x41\\u0042\\u{43}\\u{1F432}$ ~ ABC🐲 ~ true",
          "^\\uD83D\\uDC32$ ~ 🐲 ~ true",
          "^\\/\\-\\_\\@\\ $ ~ `/-_@ ` ~ true",
          "^{a}]$ ~ {a}] ~ true",
          // Code points, not units.
          "^.$ ~ 🐲 ~ true",
          "^..$ ~ 🐲 ~ false",
          "^[🐲🐳]$ ~ 🐳 ~ true",
          "^\\p{Script=Greek}+$ ~ αβ ~ true",
          "^\\P{L}$ ~ 1 ~ true",
          "^\\p{Lu}\\p{sc=Cyrl}$ ~ Aж ~ true",
          "^\\p{RI}{2}$ ~ 🇨🇭 ~ true",
          "^\\p{Hex}+$ ~ Ff ~ true",
          // Word boundaries.
          "\\bb\\b ~ a b c ~ true",
          "\\bb\\b ~ abc ~ false",
          "\\Bb\\B ~ abc ~ true",
          "\\Bb ~ b ~ false",
          "^\\b ~ `` ~ false",
          "^\\B$ ~ `` ~ true",
          "\\bé ~ aé ~ true",
          // Modifiers.
          "^(?i:abc)d$ ~ aBCd ~ true",
          "^(?i:abc)d$ ~ abcD ~ false",
          "^(?i:[^a])$ ~ A ~ false",
          "^(?i:k)$ ~ \u212A ~ true",
          "^(?i:é)$ ~ É ~ true",
          "^(?i:a(?-i:b))$ ~ AB ~ false",
          "^(?s:.)$ ~ a ~ true",
          // Names.
          "^(?<year>\\d{4})-(?<month>\\d\\d)$ ~ 2026-01 ~ true",
          "^(?:(?<x>a)|(?<x>b))$ ~ b ~ true",
        })
    void onASample(String source, String text, boolean found) throws PatternRefused {
      assertThat(find(source, text)).isEqualTo(found);
    }

    @Test
    void withLineTerminators() throws PatternRefused {
      assertThat(find("^a$", "a\n")).isFalse();
      assertThat(find("^.$", "\n")).isFalse();
      assertThat(find("^.$", "\u2028")).isFalse();
      assertThat(find("^.$", "\u0085")).isTrue();
      assertThat(find("^(?s:.)$", "\n")).isTrue();
      assertThat(find("(?m:^b$)", "a\nb\rc")).isTrue();
      assertThat(find("(?m:^b$)", "ab\nc")).isFalse();
      assertThat(find("^\\t\\n\\v\\f\\r\\0\\cJ$", "\t\n\u000B\f\r\0\n")).isTrue();
      assertThat(find("^\\s$", "\uFEFF")).isTrue();
    }

    @Test
    void onSurrogatesWithoutPartner() throws PatternRefused {
      assertThat(find("^[^a]$", "\uD83D")).isTrue();
      assertThat(find("\\uD83D", "\uD83D\uDC32")).isFalse();
      assertThat(find("\\uD83D", "a\uD83D")).isTrue();
      assertThat(find("^\\uD83Dx$", "\uD83Dx")).isTrue();
      assertThat(find("^\\S+$", "\uDC32")).isTrue();
    }

    @Test
    void onTextThatIsNotAString() throws PatternRefused {
      assertThat(EcmaPattern.compile("b", false).find(new StringBuilder("abc"))).isTrue();
    }

    @Test
    void andPrintsItself() throws PatternRefused {
      assertThat(EcmaPattern.compile("^a+$", false)).hasToString("^a+$");
    }
  }

  @Nested
  class LooksAround {
    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(
        delimiter = '~',
        quoteCharacter = '`',
        value = {
          // At one character.
          "a(?!b) ~ ab ~ false",
          "a(?!b) ~ ac ~ true",
          "a(?!b) ~ a ~ true",
          "a(?=b|$) ~ a ~ true",
          "(?<!\\\\)\" ~ \" ~ true",
          "(?<!\\\\)\" ~ \\\" ~ false",
          "(?<=^|a)b ~ b ~ true",
          "(?<=(?:^|a))b ~ cb ~ false",
          // After ^ and before $.
          "^(?!no)[a-z]+$ ~ yes ~ true",
          "^(?!no)[a-z]+$ ~ note ~ false",
          "^(?=.*\\d)(?=.*[a-z]).{4,}$ ~ abc1 ~ true",
          "^(?=.*\\d)(?=.*[a-z]).{4,}$ ~ abcd ~ false",
          "^(?!-)[a-z-]{1,63}(?<!-)$ ~ a-b ~ true",
          "^(?!-)[a-z-]{1,63}(?<!-)$ ~ ab- ~ false",
          "^[a-z]+(?<!foo)$ ~ barfoo ~ false",
          "^[a-z]+(?<!foo)$ ~ foobar ~ true",
          "(^(?!ab).*$) ~ abc ~ false",
          "^(?!ab)|^(?!cd)x ~ abx ~ false",
          "^(?!(?!ab)a). ~ ab ~ true",
          "^(?!(?!ab)a). ~ ac ~ false",
        })
    void inLinearTimeWhereItCan(String source, String text, boolean found) throws PatternRefused {
      assertThat(find(source, text)).isEqualTo(found);
    }

    @ParameterizedTest(name = "{0} on {1}: {2}")
    @CsvSource(
        delimiter = '~',
        value = {
          "x(?=ab)a ~ xab ~ true",
          "x(?=ab)a ~ xac ~ false",
          "(a|b)\\1 ~ abb ~ true",
          "(a|b)\\1 ~ aba ~ false",
          "^(?<c>[ab])\\k<c>$ ~ aa ~ true",
          "(?<!ab)c ~ abc ~ false",
          "(?=(a))\\1 ~ a ~ true",
          "\\bfoo(?!bar)\\b.*(x)\\1 ~ foo xx ~ true",
          "\\Boo(?!bar)(x)\\1 ~ fooxx ~ true",
          "[](?=ab)|c ~ c ~ true",
        })
    void elsewhereOnlyWhenBacktrackingIsAllowed(String source, String text, boolean found)
        throws PatternRefused {
      assertThatThrownBy(() -> EcmaPattern.compile(source, false))
          .isInstanceOf(PatternRefused.class)
          .hasMessageEndingWith(
              "cannot be matched in linear time; rewrite it, or allow backtracking patterns");
      assertThat(EcmaPattern.compile(source, true).find(text)).isEqualTo(found);
    }
  }

  @Nested
  class TakesLinearTime {
    private static final int LENGTH = 50_000;

    @ParameterizedTest
    @ValueSource(
        strings = {
          "(a+)+$",
          "^(a+)+$",
          "(a|aa)+$",
          "(a*)*b",
          "^(\\w+\\s?)*$",
          "(.*a){12}x",
          "a.{14}x",
          "(?:a?){50}a{50}x",
          "(a|a)*\\b!"
        })
    void onHostileTexts(String source) throws PatternRefused {
      EcmaPattern pattern = EcmaPattern.compile(source, false);
      String text = "a".repeat(LENGTH) + "!!";
      assertThat(inTime(() -> pattern.find(text))).isEqualTo(source.endsWith("!"));
    }

    @Test
    void ofLessThanASecond() throws PatternRefused {
      EcmaPattern pattern = EcmaPattern.compile("(a+)+$", false);
      String text = "a".repeat(LENGTH) + "!";
      assertThat(Effort.of(() -> assertThat(pattern.find(text)).isFalse()))
          .isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void withAnAutomatonTooLargeForATable() throws PatternRefused {
      EcmaPattern pattern = EcmaPattern.compile("^.*a[ab]{20}$", false);
      assertThat(pattern.matcher()).isInstanceOf(Linear.class);
      assertThat(pattern.find("ba" + "b".repeat(20))).isTrue();
      assertThat(pattern.find("ab" + "b".repeat(20))).isFalse();
    }

    @Test
    void withMoreRepetitionsThanRe2Allows() throws PatternRefused {
      EcmaPattern pattern =
          EcmaPattern.compile("^x?(?:[ab]*a[ab]{20}|c{1500,2000}|d{1200,})$", false);
      assertThat(pattern.matcher()).isInstanceOf(Linear.class);
      assertThat(pattern.find("c".repeat(1499))).isFalse();
      assertThat(pattern.find("c".repeat(1500))).isTrue();
      assertThat(pattern.find("c".repeat(2000))).isTrue();
      assertThat(pattern.find("c".repeat(2001))).isFalse();
      assertThat(pattern.find("d".repeat(1199))).isFalse();
      assertThat(pattern.find("d".repeat(1200))).isTrue();
    }

    @Test
    void orGivesUpWhenItBacktracks() throws PatternRefused {
      EcmaPattern pattern = EcmaPattern.compile("^(?:(a+)+)+\\1b$", true);
      assertThat(inTime(() -> pattern.find("a".repeat(LENGTH)))).isFalse();
    }

    @Test
    void orGivesUpWhenItRecurses() throws PatternRefused {
      EcmaPattern pattern = EcmaPattern.compile("^(?:(a|b))*(c)\\2$", true);
      assertThat(pattern.find("ab".repeat(200_000) + "cc")).isFalse();
    }
  }

  @Nested
  class IsRefused {
    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
        delimiter = '~',
        quoteCharacter = '`',
        value = {
          "(ab           ~ a group is not closed (at character 2)",
          "ab)           ~ \")\" closes no group (at character 3)",
          "[ab           ~ a character class is not closed (at character 1)",
          "*a            ~ nothing to repeat before \"*\" (at character 1)",
          "a**           ~ nothing to repeat before \"*\" (at character 3)",
          "^*            ~ nothing to repeat before \"*\" (at character 2)",
          "(?=a){2}      ~ nothing to repeat before \"{\" (at character 6)",
          "a++           ~ possessive quantifiers are not ECMA-262 (at character 3)",
          "a{2,1}        ~ a quantifier's bounds are out of order (at character 7)",
          "a{,5}         ~ \"{\" is no quantifier here; write \"\\{\", or {0,n} (at character 2)",
          "[b-a]         ~ a range of a character class is out of order (at character 2)",
          "\\a           ~ \"\\a\" is no escape of ECMA-262 (at character 2)",
          "\\Aabc        ~ \"\\A\" is not ECMA-262; write \"^\" (at character 2)",
          "abc\\Z        ~ \"\\Z\" is not ECMA-262; write \"$\" (at character 5)",
          "\\h           ~ \"\\h\" is not ECMA-262; write \"[\\t\\p{Zs}]\" (at character 2)",
          "abc\\         ~ \"\\\" ends the expression (at character 5)",
          "\\01          ~ octal escapes are not ECMA-262 (at character 3)",
          "\\c1          ~ \"\\c\" is not followed by a letter (at character 3)",
          "\\x4          ~ an escape lacks hexadecimal digits (at character 4)",
          "\\u{110000}   ~ \"\\u{\" is not followed by a code point in hexadecimal and \"}\" (at character 10)",
          "\\u{}         ~ \"\\u{\" is not followed by a code point in hexadecimal and \"}\" (at character 4)",
          "\\p{Foo}      ~ \\p{Foo} is no property of ECMA-262 (at character 8)",
          "\\p{sc=Latin1}~ \\p{sc=Latin1} is no property of ECMA-262 (at character 14)",
          "\\pL          ~ \"\\p\" is not followed by a property in braces (at character 3)",
          "\\p{Dash}     ~ \\p{Dash} is not supported",
          "\\p{scx=Grek} ~ \\p{scx=Grek} is not supported; \\p{Script=Grek} is",
          "(?i)abc       ~ flags for the rest of the expression are not ECMA-262; write \"(?i:\" and \")\" around it (at character 1)",
          "(?P<n>a)      ~ \"(?P<name>\" is not ECMA-262; write \"(?<name>\" (at character 1)",
          "(?>a)         ~ atomic groups are not ECMA-262 (at character 1)",
          "(?#a)         ~ \"(?\" begins no group of ECMA-262 (at character 1)",
          "(?ii:a)       ~ \"(?\" begins no group of ECMA-262 (at character 1)",
          "(?<1>a)       ~ a group name is not an identifier followed by \">\" (at character 5)",
          "(?<>a)        ~ a group name is empty (at character 5)",
          "(?<a>.)(?<a>.)~ two groups are named \"a\" (at character 13)",
          "\\1           ~ \\1 refers to a group that does not exist",
          "\\k<a>        ~ \\k<a> refers to a group that does not exist",
          "\\ka          ~ \"\\k\" is not followed by a group's name in \"<\" and \">\" (at character 3)",
          "[[:alpha:]]   ~ POSIX classes are not ECMA-262; write a property, \\p{Alphabetic} for example (at character 2)",
          "a{9999999999} ~ it is too large; lower the numbers of its quantifiers, or use maxLength",
          "(a\\1)        ~ back-references cannot be matched in linear time; rewrite it, or allow backtracking patterns",
          "(?=ab)x       ~ this look-around cannot be matched in linear time; rewrite it, or allow backtracking patterns",
        })
    void withAReason(String source, String reason) {
      assertThatThrownBy(() -> EcmaPattern.compile(source, false))
          .isInstanceOf(PatternRefused.class)
          .hasMessage(reason);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
        delimiter = '~',
        value = {
          "(?:(a)|b)\\1 ~ it refers to a group that may not have taken part",
          "(a)?\\1      ~ it refers to a group that may not have taken part",
          "(?!(a))\\1   ~ it refers to a group that may not have taken part",
          "\\1(a)       ~ it refers to a group that may not have taken part",
          "(?<=ab+)c    ~ its look-behind has no maximum length, or it is too large",
        })
    void withAReasonEvenWhenBacktrackingIsAllowed(String source, String reason) {
      assertThatThrownBy(() -> EcmaPattern.compile(source, true))
          .isInstanceOf(PatternRefused.class)
          .hasMessage(reason);
    }

    @Test
    void whenNestedTooDeeply() {
      assertThatThrownBy(() -> EcmaPattern.compile("(".repeat(100_000), false))
          .isInstanceOf(PatternRefused.class)
          .hasMessage("groups are nested deeper than 200 (at character 201)");
    }
  }

  @Nested
  class AsAFormat {
    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "a|b",
          "(?<=a+)b",
          "(?<n>a)\\k<n>",
          "[]",
          "[^]",
          "\\p{Dash}",
          "\\p{scx=Grek}",
          "\\/",
          "(?i-s:a)",
          "[\\-]",
          "a{2}",
          "(?:(?<y>a)|(?<y>b))\\k<y>",
          "(?<\\u0061>a)",
          "(?i:\\p{L})"
        })
    void takesEcma262(String source) {
      assertThat(EcmaPattern.isRegularExpression(source)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {"(", "\\-", "\\_", "{", "}", "]", "a{1", "[\\w-a]", "\\p{Foo}", "(?-:a)"})
    void takesNothingElse(String source) {
      assertThat(EcmaPattern.isRegularExpression(source)).isFalse();
    }

    @ParameterizedTest(name = "{0}…")
    @CsvSource({
      "'', \\p{L}(?i:[^\\p{Lu}]), ''",
      "[, a\\d\\p{L}, ]",
      "'', a|, ''",
      "'((((((((((((((((((((((((((((((', a|, '))))))))))))))))))))))))))))))'",
      "'', (?<a>b)\\k<a>, ''",
      "'', (?<a>b)|, ''",
    })
    void takesLinearTime(String before, String repeated, String after) {
      String text = before + repeated.repeat(20_000) + after;
      boolean valid = inTime(() -> EcmaPattern.isRegularExpression(text));
      assertThat(valid).isEqualTo(!repeated.contains("<a>"));
    }
  }
}
