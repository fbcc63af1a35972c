package io.brrtrouter.schema.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.schema.Formats;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.JsonReader;
import io.brrtrouter.schema.ParsedJson;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.CodeAttribute;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

@DisplayName("An encoder")
class JsonOutputTest {
  private static final int RUNS = 100_000;

  private final Random random = new Random(23);

  private static <T> String valid(JsonEncoder<T> encoder, T value) {
    Encoded encoded = Json.encode(encoder, value, Checks.ALL);
    assertThat(encoded.valid()).as("%s", value).isTrue();
    return new String(encoded.json(), StandardCharsets.UTF_8);
  }

  private static <T> String invalid(JsonEncoder<T> encoder, T value) {
    Encoded encoded = Json.encode(encoder, value, Checks.ALL);
    assertThat(encoded.valid()).as("%s", value).isFalse();
    return new String(encoded.json(), StandardCharsets.UTF_8);
  }

  /** What FreqInlineSize is by default: shorter methods are inlined wherever they are called. */
  private static final int INLINED = 325;

  @Test
  void hasALoopOverCharactersThatIsCompiledOnce() throws IOException {
    try (InputStream code = JsonOutput.class.getResourceAsStream("JsonOutput.class")) {
      int length =
          ClassFile.of().parse(Objects.requireNonNull(code).readAllBytes()).methods().stream()
              .filter(method -> method.methodName().equalsString("writeString"))
              .flatMap(method -> method.findAttribute(Attributes.code()).stream())
              .mapToInt(CodeAttribute::codeLength)
              .sum();
      assertThat(length).isGreaterThan(INLINED);
    }
  }

  private static JsonNode read(String json) {
    if (JsonReader.read(Values.utf8(json), JsonLimits.DEFAULT)
        instanceof ParsedJson.Valid(JsonNode value)) {
      return value;
    }
    throw new AssertionError("not JSON: " + json);
  }

  private static JsonEncoder<String> strings() {
    return (value, out) -> out.writeString(value);
  }

  @Test
  void writesEveryCharacter() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c += c > 0xFFFF ? 97 : 1) {
      if (c > 0xFFFF || !Character.isSurrogate((char) c)) {
        String text = "a" + Character.toString(c) + "b";
        assertThat(read(valid(strings(), text)).stringValue()).isEqualTo(text);
      }
    }
    assertThat(valid(strings(), "\"\\/\b\f\n\r\t\u0000\u001f\u007fé€😀"))
        .isEqualTo("\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007fé€😀\"");
  }

  @Test
  void writesStringsOfAnyLength() {
    for (int length = 0; length < 2_000; length++) {
      for (String last : new String[] {"", "x", "\n", "ä", "😀"}) {
        String text = "y".repeat(length) + last;
        assertThat(read(valid(strings(), text)).stringValue()).isEqualTo(text);
      }
    }
    String escapes = "\u0001".repeat(10_000);
    assertThat(read(valid(strings(), escapes)).stringValue()).isEqualTo(escapes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ud83d", "a\ud83d", "\ude00a", "\ude00\ud83d", "\ud83d\ud83d\ude00"})
  void reportsUnpairedSurrogates(String text) {
    String json = invalid(strings(), text);
    assertThat(JsonReader.read(Values.utf8(json), JsonLimits.DEFAULT))
        .isInstanceOfSatisfying(
            ParsedJson.Malformed.class,
            malformed ->
                assertThat(malformed.message())
                    .isEqualTo("an escaped surrogate must be one of a pair"));
  }

  @Test
  void writesIntegers() {
    JsonEncoder<Long> longs = (value, out) -> out.writeLong(value);
    for (int i = 0; i < RUNS; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      assertThat(valid(longs, value)).isEqualTo(Long.toString(value));
    }
    for (long power = 1; power > 0 && power <= Long.MAX_VALUE / 10; power *= 10) {
      for (long value : new long[] {power, power - 1, -power, 1 - power, power * 10}) {
        assertThat(valid(longs, value)).isEqualTo(Long.toString(value));
      }
    }
    assertThat(valid(longs, Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
    assertThat(valid(longs, Long.MAX_VALUE)).isEqualTo("9223372036854775807");
    BigInteger big = BigInteger.TEN.pow(300);
    assertThat(valid((v, out) -> out.writeInteger(v), big)).isEqualTo(big.toString());
  }

  private static JsonEncoder<BigDecimal> decimals() {
    return (value, out) -> out.writeDecimal(value);
  }

  @Test
  void writesDecimalsWithAllOfTheirDigits() {
    for (int i = 0; i < RUNS; i++) {
      BigInteger unscaled = new BigInteger(random.nextInt(80), random);
      BigDecimal value =
          new BigDecimal(
              random.nextBoolean() ? unscaled : unscaled.negate(), random.nextInt(50) - 15);
      assertThat(read(valid(decimals(), value)).decimalValue()).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "129, 2, 1.29",
    "-129, 2, -1.29",
    "5, 2, 0.05",
    "-5, 18, -0.000000000000000005",
    "0, 0, 0",
    "0, 2, 0.00",
    "100, 2, 1.00",
    "999999999999999999, 18, 0.999999999999999999",
    "-999999999999999999, 1, -99999999999999999.9",
    "1, -2, 1E+2",
    "1, 19, 1E-19",
    "12, -2147483648, 1.2E+2147483649",
    "1, -2147483648, 1E+2147483648",
    "1, 2147483647, 1E-2147483647",
    "123, 2147483647, 1.23E-2147483645",
    "0, 2147483647, 0E-2147483647"
  })
  void writesDecimals(String unscaled, int scale, String expected) {
    BigDecimal value = new BigDecimal(new BigInteger(unscaled), scale);
    assertThat(valid(decimals(), value)).isEqualTo(expected);
    assertThat(read(expected).decimalValue()).isEqualTo(value);
  }

  @Test
  void writesFloatingPointInTheShortestForm() {
    JsonEncoder<Double> doubles = (value, out) -> out.writeDouble(value);
    JsonEncoder<Float> floats = (value, out) -> out.writeFloat(value);
    for (int i = 0; i < RUNS; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        String json = valid(doubles, value);
        assertThat(Double.parseDouble(json)).isEqualTo(value);
        assertThat(json).hasSizeLessThanOrEqualTo(Double.toString(value).length());
        assertThat(Values.decode(JsonInput::readDouble, json)).contains(value);
      }
      float single = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(single)) {
        assertThat(Values.decode(JsonInput::readFloat, valid(floats, single))).contains(single);
      }
    }
    assertThat(valid(doubles, 1.0)).isEqualTo("1");
    assertThat(valid(doubles, -0.0)).isEqualTo("-0.0");
    assertThat(valid(doubles, 0.1)).isEqualTo("0.1");
    assertThat(valid(floats, 0.1f)).isEqualTo("0.1");
    assertThat(valid(floats, 3f)).isEqualTo("3");
    assertThat(valid(doubles, 1e300)).isEqualTo("1.0E300");
    assertThat(invalid(doubles, Double.NaN)).isEqualTo("null");
    assertThat(invalid(doubles, Double.NEGATIVE_INFINITY)).isEqualTo("null");
    assertThat(invalid(floats, Float.NaN)).isEqualTo("null");
    assertThat(invalid(floats, Float.POSITIVE_INFINITY)).isEqualTo("null");
  }

  @Test
  void writesWhatTheFormatsAccept() {
    for (int i = 0; i < RUNS; i++) {
      UUID uuid = new UUID(random.nextLong(), random.nextLong());
      assertThat(valid((v, out) -> out.writeUuid(v), uuid)).isEqualTo("\"" + uuid + "\"");
      OffsetDateTime time = time();
      String json = valid((v, out) -> out.writeDateTime(v), time);
      assertThat(
              Formats.named("date-time")
                  .orElseThrow()
                  .matches(json.substring(1, json.length() - 1)))
          .isTrue();
      OffsetDateTime read = Values.decode(JsonInput::readDateTime, json).orElseThrow();
      assertThat(read).isEqualTo(time);
      LocalDate date = time.toLocalDate();
      assertThat(valid((v, out) -> out.writeDate(v), date)).isEqualTo("\"" + date + "\"");
      byte[] octets = new byte[random.nextInt(6)];
      random.nextBytes(octets);
      assertThat(
              Values.decode(JsonInput::readBase64, valid((v, out) -> out.writeBase64(v), octets)))
          .contains(octets);
    }
    assertThat(valid((v, out) -> out.writeUri(v), URI.create("urn:a"))).isEqualTo("\"urn:a\"");
  }

  private OffsetDateTime time() {
    int nano =
        switch (random.nextInt(3)) {
          case 0 -> 0;
          case 1 -> random.nextInt(1000) * 1_000_000;
          default -> random.nextInt(1_000_000_000);
        };
    long second = random.nextLong(-62_135_000_000L, 253_402_000_000L);
    return OffsetDateTime.of(
        LocalDateTime.ofEpochSecond(second, nano, ZoneOffset.UTC),
        ZoneOffset.ofTotalSeconds(random.nextInt(4) == 0 ? 0 : 60 * (random.nextInt(2161) - 1080)));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-02-03T10:15Z, 2026-02-03T10:15:00Z",
    "2026-02-03T10:15:30.120Z, 2026-02-03T10:15:30.12Z",
    "2026-02-03T10:15:30.000000001+05:30, 2026-02-03T10:15:30.000000001+05:30",
    "2026-02-03T10:15:30-18:00, 2026-02-03T10:15:30-18:00",
    "2026-02-03T10:15:30+01:00:30, 2026-02-03T09:15:00Z",
    "0000-01-01T00:00Z, 0000-01-01T00:00:00Z"
  })
  void writesDateTimes(OffsetDateTime value, String expected) {
    assertThat(valid((v, out) -> out.writeDateTime(v), value)).isEqualTo("\"" + expected + "\"");
  }

  @Test
  void reportsYearsThatHaveNotFourDigits() {
    assertThat(invalid((v, out) -> out.writeDate(v), LocalDate.of(10_000, 1, 1)))
        .isEqualTo("\"+10000-01-01\"");
    OffsetDateTime early = OffsetDateTime.parse("-0001-01-01T00:00Z");
    assertThat(invalid((v, out) -> out.writeDateTime(v), early))
        .isEqualTo("\"-0001-01-01T00:00Z\"");
    // In UTC, to which an offset with seconds is brought, the year is another one.
    OffsetDateTime late = OffsetDateTime.parse("9999-12-31T23:59:59-00:00:30");
    assertThat(invalid((v, out) -> out.writeDateTime(v), late)).startsWith("\"+10000");
  }

  @Test
  void putsCommas() {
    JsonFragment a = JsonFragment.name("a");
    JsonFragment quoted = JsonFragment.name("größe \"x\" and more");
    JsonFragment value = JsonFragment.value("[{");
    JsonEncoder<Boolean> encoder =
        (both, out) -> {
          out.beginObject();
          if (both) {
            out.name(a);
            out.beginArray();
            for (int i = 0; i < 3; i++) {
              out.item();
              out.write(value);
            }
            out.endArray();
          }
          out.name(quoted);
          out.beginObject();
          out.endObject();
          out.name("b");
          out.writeString("{");
          out.name("c");
          out.writeBoolean(both);
          out.endObject();
        };
    assertThat(valid(encoder, true))
        .isEqualTo(
            "{\"a\":[\"[{\",\"[{\",\"[{\"],\"größe \\\"x\\\" and more\":{},\"b\":\"{\",\"c\":true}");
    assertThat(valid(encoder, false))
        .isEqualTo("{\"größe \\\"x\\\" and more\":{},\"b\":\"{\",\"c\":false}");
    assertThatThrownBy(() -> JsonFragment.name("\ude00"))
        .hasMessage("a text with an unpaired surrogate is not Unicode");
  }

  @Test
  void knowsWhetherItIsToCheck() {
    JsonEncoder<Integer> encoder =
        (value, out) -> {
          if (out.checking()) {
            out.violation();
          }
          out.writeLong(value);
        };
    assertThat(invalid(encoder, 1)).isEqualTo("1");
    assertThat(Json.encode(encoder, 1, Checks.SYNTAX).valid()).isTrue();
  }

  @Test
  void writesTrees() {
    RandomJson texts = new RandomJson(9);
    int written = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] json = texts.valid();
      if (JsonReader.read(json, JsonLimits.DEFAULT) instanceof ParsedJson.Valid(JsonNode tree)) {
        byte[] again = Values.utf8(valid(JsonTrees::write, tree));
        assertThat(Values.described(again, JsonLimits.DEFAULT))
            .isEqualTo(Values.described(json, JsonLimits.DEFAULT));
        written++;
      }
    }
    assertThat(written).isGreaterThan(10_000);
  }

  @Test
  void reportsTreesThatAreNotJson() {
    JsonNodeFactory nodes = JsonNodeFactory.instance;
    assertThat(invalid(JsonTrees::write, MissingNode.getInstance())).isEqualTo("null");
    assertThat(invalid(JsonTrees::write, nodes.binaryNode(new byte[1]))).isEqualTo("null");
    assertThat(invalid(JsonTrees::write, nodes.pojoNode(Map.of()))).isEqualTo("null");
    assertThat(invalid(JsonTrees::write, nodes.numberNode(Double.NaN))).isEqualTo("null");
    assertThat(valid(JsonTrees::write, nodes.numberNode(1.5f))).isEqualTo("1.5");
    assertThat(valid(JsonTrees::write, nodes.numberNode(1.5))).isEqualTo("1.5");
    JsonNode deep = nodes.numberNode(1);
    for (int i = 0; i < 100_000; i++) {
      deep = i % 2 == 0 ? nodes.arrayNode().add(deep) : nodes.objectNode().set("a", deep);
    }
    assertThat(invalid(JsonTrees::write, deep)).contains("[null]").hasSizeLessThan(1_000);
  }
}
