package io.brrtrouter.schema.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.JsonLimits;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The tests generated code makes agree with the schema programs:")
class ConstraintsTest {
  private final Random random = new Random(31);

  @Test
  void lengthsInCodePoints() {
    CompiledSchema schema = Values.schema("{\"minLength\":2,\"maxLength\":4}");
    for (String text :
        new String[] {"", "a", "😀", "ab", "😀😀", "😀😀😀😀", "😀😀😀😀😀", "abcde"}) {
      assertThat(Constraints.hasLength(text, 2, 4))
          .isEqualTo(Values.isValid(schema, "\"" + text + "\""));
    }
    assertThat(Constraints.hasLength("", 0, Integer.MAX_VALUE)).isTrue();
  }

  @Test
  void uniqueItems() {
    CompiledSchema schema = Values.schema("{\"uniqueItems\":true}");
    int unique = 0;
    for (int i = 0; i < 5_000; i++) {
      List<Long> items = new ArrayList<>();
      for (int size = random.nextInt(14); size > 0; size--) {
        items.add(random.nextLong(40));
      }
      boolean areUnique = Constraints.areUnique(items);
      assertThat(areUnique).isEqualTo(Values.isValid(schema, items.toString()));
      unique += areUnique ? 1 : 0;
    }
    assertThat(unique).isBetween(1_000, 4_500);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0.01", "1", "1.0", "0.1", "10", "3", "0.3", "2.50", "1e-10", "7e5", "1e3"})
  void multiples(String divisor) {
    CompiledSchema schema = Values.schema("{\"multipleOf\":" + divisor + "}");
    RandomJson texts = new RandomJson(17);
    int multiples = 0;
    for (int i = 0; i < 5_000; i++) {
      String number =
          i % 2 == 0
              ? new BigDecimal(divisor)
                  .multiply(BigDecimal.valueOf(random.nextLong(1000)))
                  .toString()
              : texts.number();
      if (Values.decode(Values.SKIPPING, number).isPresent()) {
        boolean divides = Divisor.of(divisor).divides(new BigDecimal(number));
        // Beyond the largest exponent the program refuses whatever it is.
        if (isJudged(number)) {
          assertThat(divides).as(number).isEqualTo(Values.isValid(schema, number));
        }
        multiples += divides ? 1 : 0;
      }
    }
    assertThat(multiples).isBetween(2_500, 4_990);
  }

  private static boolean isJudged(String number) {
    return !(Json.decode(
            JsonInput::readDecimal, Values.utf8(number), JsonLimits.DEFAULT, Checks.ALL)
        instanceof Decoded.Unjudged);
  }

  @ParameterizedTest
  @CsvSource({
    "3e2147483647, 3, true", "4e2147483647, 3, false", "1e2147483647, 0.3, false",
    "1e-2147483647, 3, false", "0e2147483647, 7, true", "1e-2147483647, 1e-2147483647, true",
    "3e2147483647, 3e-2147483647, true"
  })
  void multiplesOfAnyExponentTakeNoTime(String number, String divisor, boolean divides) {
    assertThat(Divisor.of(divisor).divides(new BigDecimal(number))).isEqualTo(divides);
  }

  @Test
  void divisorsGreaterThanZero() {
    assertThatThrownBy(() -> Divisor.of("-0.0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("multipleOf must be greater than 0, not -0.0");
  }

  @Test
  void patterns() {
    JsonPattern pattern = JsonPattern.of("^[a-z]{2,20}$");
    assertThat(pattern.matches("abc")).isTrue();
    assertThat(pattern.matches("a")).isFalse();
    assertThat(pattern).hasToString("^[a-z]{2,20}$");
    assertThatThrownBy(() -> JsonPattern.of("(a)\\1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "pattern \"(a)\\1\": back-references cannot be matched in linear time; rewrite it, or"
                + " allow backtracking patterns");
  }

  @Test
  void fieldsHaveThreeStates() {
    assertThat(Field.<String>absent()).isEqualTo(new Field.Absent<>()).isNotEqualTo(Field.ofNull());
    assertThat(Field.<String>ofNull()).isEqualTo(new Field.Null<>());
    assertThat(Field.of("a")).isEqualTo(new Field.Value<>("a"));
    assertThatThrownBy(() -> Field.of(null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void fieldsAreMadeOfAndReadAsValuesThatMayBeNull() {
    assertThat(Field.ofNullable("a")).isEqualTo(Field.of("a"));
    assertThat(Field.<String>ofNullable(null)).isEqualTo(Field.absent());
    assertThat(Field.of("a").orNull()).isEqualTo("a");
    assertThat(Field.<String>ofNull().orNull()).isNull();
    assertThat(Field.<String>absent().orNull()).isNull();
  }
}
