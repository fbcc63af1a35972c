package io.brrtrouter.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.JsonNodeFactory;

@DisplayName("multipleOf")
class MultipleOfTest {

  @ParameterizedTest
  @CsvSource({
    "1e1000,   0.01,  true",
    "1e1000,   3,     false",
    "3e1000,   3,     true",
    "-7.5,     2.5,   true",
    "-7.6,     2.5,   false",
    "0,        1e9,   true",
    "0e-900,   7,     true",
    "1e-1000,  1,     false",
    "1e-1000,  1e-1000, true",
    "100,      1e2,   true",
    "10,       1e2,   false",
    "1.10,     0.1,   true",
    "12345678901234567890123456789, 9, true",
    "12345678901234567890123456788, 9, false",
    "12345678901234567890123456780, 10, true",
  })
  void isExact(String value, String divisor, boolean multiple) {
    assertThat(isValid(new BigDecimal(value), new BigDecimal(divisor))).isEqualTo(multiple);
  }

  @ParameterizedTest
  @CsvSource({
    "3e1001, 1000, false", "3e1001, 1001, true", "3e10000, 10000, true", "3e10001, 10000, false",
    "3e11, 10, false", "3e10, 10, true", "3e-11, 10, false", "0e5000, 10, true"
  })
  void goesAsFarAsTheLargestExponent(String value, int exponent, boolean multiple) {
    SchemaResource resource =
        SchemaResource.of(
            URI.create("urn:multiple"),
            JsonNodeFactory.instance.objectNode().put("multipleOf", new BigDecimal("3e-11")));
    CompiledSchema schema =
        SchemaCompiler.builder().maxExponent(exponent).build().compile(resource, "", View.PLAIN);
    DecimalNode number = DecimalNode.valueOf(new BigDecimal(value));

    assertThat(schema.isValid(number)).isEqualTo(multiple);
    assertThat(schema.check(number, 1).list()).hasSize(multiple ? 0 : 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10_001})
  void refusesALargestExponentOutOfRange(int exponent) {
    assertThatThrownBy(() -> SchemaCompiler.builder().maxExponent(exponent))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("between 1 and 10000");
    assertThatThrownBy(() -> new JsonLimits(1, 1, 1, 1, 1, 1, exponent))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void agreesWithLongDivision() {
    Random random = new Random(7);
    for (int i = 0; i < 3_000; i++) {
      BigDecimal divisor = number(random).abs();
      BigDecimal value = i % 2 == 0 ? number(random) : divisor.multiply(number(random));
      if (divisor.signum() != 0) {
        assertThat(isValid(value, divisor))
            .as(value + " by " + divisor)
            .isEqualTo(value.remainder(divisor).signum() == 0);
      }
    }
  }

  /** A double stands for the shortest decimal that reads back as it. */
  @Test
  void ofDoublesIsThatOfTheirShortestDecimals() {
    Random random = new Random(8);
    for (int i = 0; i < 3_000; i++) {
      BigDecimal divisor = new BigDecimal(BigInteger.valueOf(random.nextInt(1, 40)), i % 5);
      double value =
          switch (i % 3) {
            case 0 -> random.nextInt() * divisor.doubleValue();
            case 1 -> new BigDecimal(random.nextInt()).multiply(divisor).doubleValue();
            default -> Double.longBitsToDouble(random.nextLong());
          };
      BigDecimal decimal = Double.isFinite(value) ? BigDecimal.valueOf(value) : null;
      if (decimal != null && Numbers.isTractable(decimal)) {
        CompiledSchema schema = Schemas.compile("{\"multipleOf\": " + divisor + "}");
        assertThat(schema.isValid(DoubleNode.valueOf(value)))
            .as(value + " by " + divisor)
            .isEqualTo(decimal.remainder(divisor).signum() == 0);
      }
    }
  }

  private static BigDecimal number(Random random) {
    BigInteger digits = new BigInteger(random.nextInt(70), random);
    return new BigDecimal(random.nextBoolean() ? digits : digits.negate(), random.nextInt(-40, 40));
  }

  private static boolean isValid(BigDecimal value, BigDecimal divisor) {
    return Schemas.compile("{\"multipleOf\": " + divisor + "}").isValid(DecimalNode.valueOf(value));
  }
}
