package io.brrtrouter.schema.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.brrtrouter.schema.JsonLimits;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What generated codecs need beside reading and writing values once. */
class SecondLooksTest {
  private static final TextTable KIND = TextTable.of("kind");

  private static <T> Decoded<T> decode(JsonDecoder<T> decoder, String json, Checks checks) {
    return Json.decode(decoder, Values.utf8(json), JsonLimits.DEFAULT, checks);
  }

  private static <T> Decoded<T> decode(JsonDecoder<T> decoder, String json) {
    return decode(decoder, json, Checks.ALL);
  }

  private static String encode(JsonEncoder<Object> encoder) {
    Encoded encoded = Json.encode(encoder, "", Checks.ALL);
    return (encoded.valid() ? "" : "violation ")
        + new String(encoded.json(), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"7, 7", "-1.0, -1", "1e2, 100", "9223372036854775807, 9223372036854775807"})
  void integersWithoutBoundsAreLong(String json, long value) {
    assertThat(decode(JsonInput::readUnboundedLong, json)).isEqualTo(new Decoded.Value<>(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"9223372036854775808", "-9223372036854775809", "1e30", "1e1000"})
  void integersBeyondLongAreNotRepresentable(String json) {
    assertThat(decode(JsonInput::readUnboundedLong, json))
        .isEqualTo(new Decoded.Unrepresentable<>());
    assertThat(decode(JsonInput::readLong, json)).isEqualTo(new Decoded.Refused<>());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "\"1\"", "1e-1000", "9223372036854775808.5"})
  void whatIsNoIntegerIsRefused(String json) {
    assertThat(decode(JsonInput::readUnboundedLong, json)).isEqualTo(new Decoded.Refused<>());
  }

  /** Whether it is a multiple depends on a limit, which generated code does not know. */
  @ParameterizedTest
  @CsvSource({
    "1e10, 10, false", "1e11, 10, true", "-1e-10, 10, false", "1e-11, 10, true",
    "12345678901, 10, false", "123456789012, 10, true", "0e99, 10, false", "0.00e9, 10, false",
    "3e1000, 1000, false", "3e1001, 1000, true", "3e1001, 1001, false", "1e-1000000000, 1000, true"
  })
  void aNumberWithAnExponentBeyondTheLimitIsLeftToTheProgram(
      String json, int exponent, boolean left) {
    JsonLimits limits = new JsonLimits(8, 100, 100, 100, 4, 10, exponent);
    Decoded<BigDecimal> decoded =
        Json.decode(JsonInput::readDecimal, Values.utf8(json), limits, Checks.ALL);
    Decoded<BigDecimal> refused =
        Json.decode(SecondLooksTest::refused, Values.utf8(json), limits, Checks.ALL);

    assertThat(decoded)
        .isEqualTo(left ? new Decoded.Unjudged<>() : new Decoded.Value<>(new BigDecimal(json)));
    assertThat(refused).isEqualTo(left ? new Decoded.Unjudged<>() : new Decoded.Refused<>());
    assertThat(Json.decode(JsonInput::readDecimal, Values.utf8(json), limits, Checks.SYNTAX))
        .isEqualTo(new Decoded.Value<>(new BigDecimal(json)));
  }

  private static BigDecimal refused(JsonInput in) {
    in.readDecimal();
    throw in.refuse();
  }

  /** A few octets each, and a million digits written out. */
  @Test
  void integersThatAreWrittenOutHaveSoManyDigitsInAll() {
    JsonLimits limits = new JsonLimits(8, 100, 100, 100, 1_000, 10, 10_000);
    JsonDecoder<Integer> integers =
        in -> {
          int count = 0;
          for (in.beginArray(); in.nextItem(); count++) {
            in.readInteger();
          }
          return count;
        };

    assertThat(Json.decode(integers, array("1e9999", 100), limits, Checks.ALL))
        .isEqualTo(new Decoded.Value<>(100));
    assertThat(Json.decode(integers, array("1e9999", 101), limits, Checks.ALL))
        .isEqualTo(new Decoded.Unrepresentable<>());
    assertThat(Json.decode(integers, array("1e10000", 1), limits, Checks.ALL))
        .isEqualTo(new Decoded.Value<>(1));
    assertThat(Json.decode(integers, array("1e10001", 1), limits, Checks.ALL))
        .isEqualTo(new Decoded.Unrepresentable<>());
  }

  private static byte[] array(String number, int count) {
    return Values.utf8("[" + String.join(",", Collections.nCopies(count, number)) + "]");
  }

  @Test
  void whatAProgramFoundValidIsAtWorstNotRepresentable() {
    assertThat(decode(JsonInput::readInt, "\"text\"", Checks.SYNTAX))
        .isEqualTo(new Decoded.Unrepresentable<>());
  }

  @Test
  void acceptingLeavesTheCursorWhereItIs() {
    JsonDecoder<String> decoder =
        in -> {
          boolean number = in.accepts(JsonInput::readLong);
          boolean text = in.accepts(JsonInput::readString);
          return number + " " + text + " " + in.readString();
        };

    assertThat(decode(decoder, " \"a\" ")).isEqualTo(new Decoded.Value<>("false true a"));
  }

  @Test
  void acceptingJudgesEvenWhereNobodyChecks() {
    JsonDecoder<Boolean> strict =
        in -> {
          in.skip();
          if (in.checking()) {
            throw in.refuse();
          }
          return true;
        };
    JsonDecoder<Boolean> decoder = in -> !in.accepts(strict) && strict.read(in);

    assertThat(decode(decoder, "{\"a\":[1,{}]}", Checks.SYNTAX))
        .isEqualTo(new Decoded.Value<>(true));
  }

  @Test
  void whatHasNoJavaValueIsAcceptedAllTheSame() {
    String uri = "\"http://a/[\"";
    JsonDecoder<Boolean> decoder =
        in -> {
          boolean accepted = in.accepts(JsonInput::readUnboundedLong);
          in.skip();
          return accepted;
        };

    assertThat(decode(decoder, "1e30")).isEqualTo(new Decoded.Value<>(true));
    assertThat(decode(decoder, "-1e30")).isEqualTo(new Decoded.Value<>(true));
    assertThat(decode(decoder, uri)).isEqualTo(new Decoded.Value<>(false));
  }

  @Test
  void whatAlwaysEndsTheReadingEndsItWithinASecondLookToo() {
    JsonDecoder<Boolean> decoder =
        in ->
            in.accepts(inner -> {
              throw inner.unrepresentable();
            });

    assertThat(decode(decoder, "1")).isEqualTo(new Decoded.Unrepresentable<>());
  }

  @Test
  void aSecondLookCostsNoTokens() {
    JsonLimits limits = new JsonLimits(8, 100, 100, 100, 4, 10, 1_000);
    JsonDecoder<Boolean> decoder =
        in -> {
          boolean all = true;
          for (int i = 0; i < 20; i++) {
            all &= in.accepts(SecondLooksTest::skipped);
          }
          return all && skipped(in);
        };

    assertThat(Json.decode(decoder, Values.utf8("[1,2]"), limits, Checks.ALL))
        .isEqualTo(new Decoded.Value<>(true));
  }

  private static boolean skipped(JsonInput in) {
    in.skip();
    return true;
  }

  @ParameterizedTest
  @CsvSource({"'{\"a\":[{}],\"kind\":2.0}', 2", "'{\"kind\":-1}', -1"})
  void integersTellAlternativesApart(String json, long tag) {
    JsonDecoder<Long> decoder =
        in -> {
          long found = in.integerTag(KIND);
          in.skip();
          return found;
        };

    assertThat(decode(decoder, json)).isEqualTo(new Decoded.Value<>(tag));
    assertThat(decode(decoder, "{}")).isEqualTo(new Decoded.Refused<>());
    assertThat(decode(decoder, "{\"kind\":\"2\"}")).isEqualTo(new Decoded.Refused<>());
  }

  /** Either of two objects that hold the same again, told apart by looking. */
  private static final class Nested implements JsonDecoder<Integer> {
    private static final TextTable FIELDS = TextTable.of("child", "a", "b");
    private final JsonDecoder<Integer> one = in -> object(in, 1);
    private final JsonDecoder<Integer> two = in -> object(in, 2);
    private int objects;

    @Override
    public Integer read(JsonInput in) {
      boolean isOne = in.accepts(one);
      if (isOne == in.accepts(two)) {
        throw in.refuse();
      }
      return object(in, isOne ? 1 : 2);
    }

    private int object(JsonInput in, int own) {
      objects++;
      int depth = 1;
      boolean found = false;
      in.beginObject();
      for (int field = in.nextField(FIELDS); field != JsonInput.END; field = in.nextField(FIELDS)) {
        if (field == 0) {
          depth += read(in);
        } else {
          found |= field == own;
          in.skip();
        }
      }
      if (!found) {
        throw in.refuse();
      }
      return depth;
    }
  }

  @ParameterizedTest
  @CsvSource({"a, 120", "b, 120", "neither, -1"})
  void looksInsideLooksAreTakenOnce(String innermost, int depth) {
    // Members in front and behind, and of both kinds in turn.
    StringBuilder text = new StringBuilder("{\"" + innermost + "\":1}");
    for (int i = 0; i < 119; i++) {
      text.insert(0, i % 2 == 0 ? "{\"child\":" : "{\"b\":[],\"child\":");
      text.append(i % 2 == 0 ? ",\"a\":\"\"}" : "}");
    }
    Nested decoder = new Nested();

    Decoded<Integer> decoded = decode(decoder, text.toString());

    assertThat(decoded).isEqualTo(depth < 0 ? new Decoded.Refused<>() : new Decoded.Value<>(depth));
    assertThat(decoder.objects).isLessThan(3 * 120 * 120);
  }

  /** Looks are for getting faster only: no text is too long for them. */
  @Test
  void aTextMayNeedMoreLooksThanAreRemembered() {
    List<JsonDecoder<Integer>> alternatives =
        IntStream.range(0, 20)
            .mapToObj(i -> (JsonDecoder<Integer>) in -> in.readInt() + i)
            .toList();
    JsonDecoder<Boolean> list =
        in -> {
          in.beginArray();
          while (in.nextItem()) {
            assertThat(alternatives.stream().allMatch(in::accepts)).isTrue();
            in.skip();
          }
          return true;
        };
    JsonLimits limits = new JsonLimits(10, 100, 100, 100, 1_000, 100, 1_000);
    byte[] text = Values.utf8("[1" + ",1".repeat(400) + "]");

    assertThat(Json.decode(in -> in.accepts(list) && list.read(in), text, limits, Checks.ALL))
        .isEqualTo(new Decoded.Value<>(true));
  }

  /** Arrays in arrays; both alternatives of each are new ones, which nobody remembers. */
  private static boolean forgetful(JsonInput in) {
    JsonDecoder<Boolean> either = SecondLooksTest::nestedArray;
    JsonDecoder<Boolean> or = SecondLooksTest::nestedArray;
    JsonDecoder<Boolean> one = inner -> either.read(inner);
    JsonDecoder<Boolean> other = inner -> or.read(inner);
    return in.accepts(one) && in.accepts(other) && nestedArray(in);
  }

  private static boolean nestedArray(JsonInput in) {
    in.beginArray();
    while (in.nextItem()) {
      forgetful(in);
    }
    return true;
  }

  @Test
  void aTextMadeToBeLookedAtForYearsIsNotCalledInvalid() {
    String shallow = "[".repeat(5) + "]".repeat(5);
    String deep = "[".repeat(60) + "]".repeat(60);

    assertThat(decode(SecondLooksTest::forgetful, shallow)).isEqualTo(new Decoded.Value<>(true));
    assertThat(decode(SecondLooksTest::forgetful, deep)).isEqualTo(new Decoded.Unrepresentable<>());
    assertThat(
            encode((_, out) -> {
              for (byte b : Values.utf8(deep)) {
                out.writeByte(b);
              }
              assertThat(out.accepts(0, SecondLooksTest::forgetful)).isFalse();
            }))
        .isEqualTo(deep);
  }

  @Test
  void looksAreRememberedByValueAndDecoderUntilNobodyLooksThere() {
    JsonDecoder<Integer> one = JsonInput::readInt;
    JsonDecoder<Long> two = JsonInput::readLong;
    Looks looks = new Looks();
    for (int i = 0; i < 1_000; i++) {
      looks.add(3 * i, one, i % 2 == 0);
      looks.add(3 * i, two, i % 3 == 0);
    }
    looks.forgetBefore(2_997);

    assertThat(looks.size()).isEqualTo(2_000);
    for (int i = 0; i < 1_000; i++) {
      assertThat(Looks.isAccepted(looks.find(3 * i, one))).isEqualTo(i % 2 == 0);
      assertThat(Looks.isAccepted(looks.find(3 * i, two))).isEqualTo(i % 3 == 0);
      assertThat(looks.find(3 * i + 1, one)).isEqualTo(Looks.UNKNOWN);
      assertThat(looks.find(3 * i, JsonInput::readInt)).isEqualTo(Looks.UNKNOWN);
    }

    looks.forgetBefore(2_998);
    assertThat(looks.size()).isZero();
    assertThat(looks.find(0, one)).isEqualTo(Looks.UNKNOWN);
    looks.add(7, one, true);
    looks.forgetBefore(8);
    assertThat(looks.find(7, one)).isEqualTo(Looks.UNKNOWN);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 250, 255, 256, 300, 5_000, 30_000})
  void whatIsWrittenIsJudgedByADecoder(int before) {
    String text = "é".repeat(200);
    assertThat(
            encode((_, out) -> {
              out.beginArray();
              out.item();
              out.writeString("a".repeat(before));
              out.item();
              int start = out.position();
              out.writeString(text);
              assertThat(
                      out.accepts(
                          start,
                          in -> {
                            assertThat(in.readString()).isEqualTo(text);
                            return text;
                          }))
                  .isTrue();
              assertThat(out.accepts(start, JsonInput::readLong)).isFalse();
              out.endArray();
            }))
        .isEqualTo("[\"" + "a".repeat(before) + "\",\"" + text + "\"]");
  }

  @Test
  void anEncodersVerdictNeedNotBeOneOfTheText() {
    JsonEncoder<Object> strict =
        (_, out) -> {
          out.violation();
          out.writeNull();
        };
    assertThat(
            encode((value, out) -> {
              out.beginArray();
              out.item();
              assertThat(out.fits(strict, value)).isFalse();
              out.item();
              assertThat(out.fits((_, inner) -> inner.writeNull(), value)).isTrue();
              out.endArray();
            }))
        .isEqualTo("[null,null]");
    assertThat(
            encode((value, out) -> {
              out.violation();
              assertThat(out.fits((_, inner) -> inner.writeNull(), value)).isTrue();
            }))
        .isEqualTo("violation null");
    assertThat(
            encode((_, out) -> {
              out.undecided();
              out.writeNull();
            }))
        .isEqualTo("null");
    // One that cannot tell does not fit, and whoever asked finds out.
    assertThat(
            encode((value, out) ->
                assertThat(
                        out.fits(
                            (_, inner) -> {
                              inner.undecided();
                              inner.writeNull();
                            },
                            value))
                    .isFalse()))
        .isEqualTo("null");
    // What JSON has no room for stays wrong, whoever says that the text is right.
    assertThat(
            encode((value, out) ->
                assertThat(out.fits((_, inner) -> inner.writeDouble(Double.NaN), value)).isTrue()))
        .isEqualTo("violation null");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type":"a"}                 | 0
          {"type":"b"}                 | -1
          {"type":"c"}                 | 2
          {"type":"\\u0063","x":1}     | 2
          {"x":{"type":"a"},"type":"c"}| 2
          {"type":"other"}             | -1
          {"type":1}                   | -1
          {"x":"a"}                    | -1
          {}                           | -1
          [1]                          | -1
          {"type":"c                   | -1
          {"type                       | -1
          """)
  void aTextOfItsOwnNamesTheOnlyAlternative(String json, int only) {
    Candidates table =
        Candidates.of("type", List.of("a"), List.of("b"), List.of("c"), List.of("b", "d"));
    int[] read = new int[1];
    decode(
        in -> {
          read[0] = in.only(table);
          return skipped(in);
        },
        json);
    assertThat(read[0]).isEqualTo(only);
  }

  @Test
  void writingWithoutChecksIsForOneValue() {
    JsonEncoder<Object> strict =
        (value, out) -> {
          if (out.checking()) {
            out.violation();
          }
          out.writeNull();
        };

    assertThat(encode((value, out) -> out.writeUnchecked(strict, value))).isEqualTo("null");
    assertThat(
            encode((value, out) -> {
              out.beginArray();
              out.item();
              out.writeUnchecked(strict, value);
              out.item();
              strict.write(value, out);
              out.endArray();
            }))
        .isEqualTo("violation [null,null]");
  }

  @Test
  void octetsAreCharacters() {
    assertThat(decode(in -> Arrays.toString(in.readBinary()), "\"é\\u0000\""))
        .isEqualTo(new Decoded.Value<>("[-23, 0]"));
    assertThat(decode(in -> Arrays.toString(in.readBinary()), "\"€\""))
        .isEqualTo(new Decoded.Unrepresentable<>());
    assertThat(encode((value, out) -> out.writeBinary(new byte[] {-23, 34})))
        .isEqualTo("\"é\\\"\"");
  }

  @Test
  void decimalsAreTexts() {
    assertThat(decode(JsonInput::readDecimalText, "\"-1.50\""))
        .isEqualTo(new Decoded.Value<>(new BigDecimal("-1.50")));
    assertThat(decode(JsonInput::readDecimalText, "\"1e3\"")).isEqualTo(new Decoded.Refused<>());
    assertThat(encode((value, out) -> out.writeDecimalText(new BigDecimal("1E+3"))))
        .isEqualTo("\"1000\"");
    assertThat(encode((value, out) -> out.writeDecimalText(new BigDecimal("1E+1001"))))
        .isEqualTo("violation \"1E+1001\"");
  }

  @Test
  void urisThatAreNoneAreViolations() {
    assertThat(encode((value, out) -> out.writeUri(URI.create("urn:a")))).isEqualTo("\"urn:a\"");
    assertThat(encode((value, out) -> out.writeUri(URI.create("a")))).isEqualTo("violation \"a\"");
  }

  @Test
  void defaultsAreTextsInCode() {
    assertThat(Json.constant(JsonInput::readDate, "\"2020-02-29\"")).hasToString("2020-02-29");
    assertThatThrownBy(() -> Json.constant(JsonInput::readDate, "\"2021-02-29\""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("not a value of the schema: \"2021-02-29\"");
  }

  @ParameterizedTest
  @CsvSource({
    "'[1,1.0]', false",
    "'[\"a\",\"b\"]', true",
    "'[{\"a\":1,\"b\":2},{\"b\":2,\"a\":1}]', false"
  })
  void itemsAreComparedAsTheyAreWritten(String json, boolean unique) {
    JsonDecoder<Boolean> decoder =
        in -> {
          int start = in.position();
          in.skip();
          return JsonTrees.areUnique(in, start);
        };

    assertThat(decode(decoder, json)).isEqualTo(new Decoded.Value<>(unique));
  }

  @Test
  void itemsAreComparedAsTheyWillBeWritten() {
    UUID one = new UUID(1, 2);
    JsonEncoder<UUID> encoder = (value, out) -> out.writeUuid(value);

    assertThat(JsonTrees.areUnique(List.of(one, new UUID(1, 3)), encoder)).isTrue();
    assertThat(JsonTrees.areUnique(List.of(one, new UUID(1, 2)), encoder)).isFalse();
    assertThat(
            Constraints.areUniqueDecimals(List.of(new BigDecimal("1.0"), new BigDecimal("1.00"))))
        .isFalse();
    assertThat(Constraints.areUniqueDecimals(List.of(new BigDecimal("1"), new BigDecimal("10"))))
        .isTrue();
  }

  @Test
  void roundedNumbersHaveTheirRange() {
    assertThat(Constraints.isDouble(new BigDecimal("1E+308"))).isTrue();
    assertThat(Constraints.isDouble(new BigDecimal("-1E+309"))).isFalse();
    assertThat(Constraints.isFloat(new BigDecimal("3.4E+38"))).isTrue();
    assertThat(Constraints.isFloat(new BigDecimal("3.5E+38"))).isFalse();
    assertThat(Constraints.decimal(0.1)).isEqualTo(new BigDecimal("0.1"));
    assertThat(Constraints.decimal(0.1f)).isEqualTo(new BigDecimal("0.1"));
    assertThat(Constraints.decimal(Double.NaN)).isZero();
    assertThat(Constraints.decimal(Float.NEGATIVE_INFINITY)).isZero();
  }

  @Test
  void tablesTellWhatTheyKnow() {
    assertThat(KIND.contains("kind")).isTrue();
    assertThat(TextTable.EMPTY.contains("kind")).isFalse();
  }
}
