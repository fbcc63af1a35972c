package io.brrtrouter.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A string format")
class FormatsTest {
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9A-F]{4})|(\\\\)|e)");

  /** A line of formats.txt. */
  private record Row(String format, boolean valid, String text) {
    static Row parse(String line) {
      String[] cells = line.split(" \\| ", 3);
      String text =
          ESCAPE
              .matcher(cells[2])
              .replaceAll(m ->
                  m.group(1) != null
                      ? java.util.regex.Matcher.quoteReplacement(
                          String.valueOf((char) Integer.parseInt(m.group(1), 16)))
                      : m.group(2) != null ? "\\\\" : "");
      return new Row(cells[0], cells[1].equals("valid"), text);
    }
  }

  static Stream<String> lines() throws IOException {
    try (InputStream in = FormatsTest.class.getResourceAsStream("formats.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("lines")
  void matchesItsTextsOnly(String line) {
    Row row = Row.parse(line);
    assertThat(Formats.named(row.format).orElseThrow().matches(row.text)).isEqualTo(row.valid);
  }

  @Test
  void hasRowsHere() throws IOException {
    assertThat(lines().map(line -> Row.parse(line).format).collect(Collectors.toSet()))
        .isEqualTo(Formats.names());
  }

  @Test
  void ofANumberIsNotKnown() {
    assertThat(Formats.named("int32")).isEmpty();
  }

  @Test
  void ofAHostNameIsLimitedInLength() {
    String label = "a".repeat(63) + ".";
    String longest = label.repeat(3) + "a".repeat(61);
    Format hostname = Formats.named("hostname").orElseThrow();
    Format international = Formats.named("idn-hostname").orElseThrow();
    assertThat(hostname.matches(longest)).isTrue();
    assertThat(international.matches(longest)).isTrue();
    assertThat(hostname.matches(longest + "a")).isFalse();
    assertThat(international.matches(longest + "a")).isFalse();
    assertThat(international.matches("\u00FC".repeat(59))).isFalse();
  }

  @Test
  void a_decimal_has_a_thousand_characters_at_most() {
    Format decimal = Formats.named("decimal").orElseThrow();

    assertThat(decimal.matches("-0." + "9".repeat(997))).isTrue();
    assertThat(decimal.matches("-0." + "9".repeat(998))).isFalse();
    assertThat(decimal.matches("9".repeat(1_000_000))).isFalse();
  }
}
