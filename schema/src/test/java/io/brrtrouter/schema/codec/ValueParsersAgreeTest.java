package io.brrtrouter.schema.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.Format;
import io.brrtrouter.schema.Formats;
import io.brrtrouter.schema.JsonLimits;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Values parsed from bytes")
class ValueParsersAgreeTest {
  private static final int RUNS = 200_000;

  private final Random random = new Random(11);

  /** A string as JSON, some characters of it escaped. */
  private String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    boolean escape = random.nextInt(8) == 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || (escape && random.nextInt(8) == 0)) {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }

  /** A text with up to two changes. */
  private String mutated(String text, String alphabet) {
    String mutated = text;
    for (int i = random.nextInt(3); i > 0; i--) {
      mutated = mutate(mutated, alphabet);
    }
    return mutated;
  }

  private String mutate(String text, String alphabet) {
    int at = random.nextInt(text.length() + 1);
    char c = alphabet.charAt(random.nextInt(alphabet.length()));
    return switch (random.nextInt(4)) {
      case 0 -> text.substring(0, at) + c + text.substring(at);
      case 1 -> text.substring(0, at) + (at < text.length() ? text.substring(at + 1) : "");
      default -> text.substring(0, at) + c + (at < text.length() ? text.substring(at + 1) : "");
    };
  }

  /** Texts of a format, two in three mutated, against the test and the parser of the JDK. */
  private <T> int agree(
      String format,
      JsonDecoder<T> decoder,
      Supplier<String> texts,
      String alphabet,
      UnaryOperator<String> described,
      Function<T, String> describe) {
    Format test = Formats.named(format).orElseThrow();
    int accepted = 0;
    for (int i = 0; i < RUNS; i++) {
      String text = mutated(texts.get(), alphabet);
      boolean matches = test.matches(text);
      Optional<String> value = Values.decode(decoder, quoted(text)).map(describe);
      Optional<String> expected = matches ? Optional.of(described.apply(text)) : Optional.empty();
      Values.same(value, expected, () -> format + " " + text);
      accepted += matches ? 1 : 0;
    }
    assertThat(accepted).isBetween(RUNS / 5, RUNS * 4 / 5);
    return accepted;
  }

  @Test
  void areTheUuidsOfTheFormatAndTheJdk() {
    agree(
        "uuid",
        JsonInput::readUuid,
        () -> {
          String text = new UUID(random.nextLong(), random.nextLong()).toString();
          return random.nextBoolean() ? text : text.toUpperCase(Locale.ROOT);
        },
        "0189afAFgG- ä",
        text -> UUID.fromString(text).toString(),
        UUID::toString);
  }

  @Test
  void areTheDatesOfTheFormatAndTheJdk() {
    agree(
        "date",
        JsonInput::readDate,
        () ->
            "%04d-%02d-%02d"
                .formatted(
                    random.nextInt(3) == 0 ? random.nextInt(10_000) : 1896 + 4 * random.nextInt(55),
                    1 + random.nextInt(12),
                    1 + random.nextInt(31)),
        "0123456789- ä",
        text -> LocalDate.parse(text).toString(),
        LocalDate::toString);
  }

  @Nested
  class AreDateTimes {

    private String dateTime() {
      String fraction =
          switch (random.nextInt(4)) {
            case 0 -> "." + random.nextInt(1000);
            case 1 -> "." + String.valueOf(random.nextLong(1L << 62)).repeat(1 + random.nextInt(2));
            default -> "";
          };
      String offset =
          random.nextBoolean()
              ? "Z"
              : "%s%02d:%02d"
                  .formatted(
                      random.nextBoolean() ? "+" : "-", random.nextInt(24), random.nextInt(60));
      boolean leap = random.nextInt(8) == 0;
      return "%04d-%02d-%02d%s%02d:%02d:%02d%s%s"
          .formatted(
              random.nextInt(10_000),
              1 + random.nextInt(12),
              1 + random.nextInt(30),
              random.nextInt(8) == 0 ? "t" : "T",
              leap ? 23 : random.nextInt(24),
              leap ? 59 : random.nextInt(60),
              leap ? 60 : random.nextInt(60),
              fraction,
              offset);
    }

    /** What the JDK parses, of what it does. */
    private String described(String text) {
      if (text.startsWith("60", 17)) {
        return "leap";
      }
      try {
        int end = 19;
        while (end < text.length() && "0123456789.".indexOf(text.charAt(end)) >= 0) {
          end++;
        }
        String cut = text.substring(0, Math.min(end, 29)) + text.substring(end);
        return OffsetDateTime.parse(cut).toString();
      } catch (DateTimeException e) {
        return "beyond";
      }
    }

    private JsonDecoder<OffsetDateTime> decoder() {
      return JsonInput::readDateTime;
    }

    @Test
    void ofTheFormatAndTheJdk() {
      int[] special = new int[2];
      Format test = Formats.named("date-time").orElseThrow();
      int accepted = 0;
      for (int i = 0; i < RUNS; i++) {
        String text = mutated(dateTime(), "0123456789:.-+tTzZ6 ä");
        Optional<OffsetDateTime> value = Values.decode(decoder(), quoted(text));
        Values.same(value.isPresent(), test.matches(text), () -> text);
        if (value.isPresent()) {
          accepted++;
          String expected = described(text);
          switch (expected) {
            case "leap" -> special[0]++;
            case "beyond" -> special[1]++;
            default -> Values.same(value.get().toString(), expected, () -> text);
          }
        }
      }
      assertThat(accepted).isBetween(RUNS / 5, RUNS * 4 / 5);
      assertThat(special[0]).isGreaterThan(500);
      assertThat(special[1]).isGreaterThan(5_000);
    }

    @ParameterizedTest
    @CsvSource({
      "2016-12-31T23:59:60Z, 2016-12-31T23:59:59.999999999Z",
      "2016-12-31T23:59:60.25Z, 2016-12-31T23:59:59.999999999Z",
      "2016-12-31T15:59:60-08:00, 2016-12-31T15:59:59.999999999-08:00",
      "2017-01-01T22:58:60+22:59, 2016-12-31T23:59:59.999999999Z",
      "2016-12-31T22:59:60Z, ",
      "2026-01-01T00:00:00-00:00, 2026-01-01T00:00Z",
      "2026-01-01T00:00:00+18:00, 2026-01-01T00:00+18:00",
      "2026-01-01T00:00:00+18:01, 2025-12-31T05:59Z",
      "2026-01-01T00:00:00-23:59, 2026-01-01T23:59Z",
      "0000-01-01T00:00:00+23:59, -0001-12-31T00:01Z",
      "2026-01-01T00:00:00+24:00, ",
      "2026-01-01T24:00:00Z, ",
      "2026-01-01t01:02:03z, 2026-01-01T01:02:03Z",
      "2026-01-01T01:02:03.1234567899Z, 2026-01-01T01:02:03.123456789Z",
      "2026-01-01T01:02:03.Z, ",
      "2026-01-01T01:02:03, ",
      "2026-01-01T01:02Z, ",
      "2024-02-29T00:00:00Z, 2024-02-29T00:00Z",
      "2026-02-29T00:00:00Z, ",
      "1900-02-29T00:00:00Z, ",
      "2000-02-29T00:00:00Z, 2000-02-29T00:00Z",
      "2026-04-31T00:00:00Z, "
    })
    void atTheEdges(String text, String expected) {
      assertThat(Values.decode(decoder(), "\"" + text + "\"").map(OffsetDateTime::toString))
          .isEqualTo(Optional.ofNullable(expected));
      assertThat(Formats.named("date-time").orElseThrow().matches(text))
          .isEqualTo(expected != null);
    }
  }

  @Test
  void areTheOctetsOfTheFormatAndTheJdk() {
    agree(
        "byte",
        JsonInput::readBase64,
        () -> {
          byte[] octets = new byte[random.nextInt(9)];
          random.nextBytes(octets);
          return Base64.getEncoder().encodeToString(octets);
        },
        "AZaz09+/=-_ \n",
        text -> Values.latin1(Base64.getDecoder().decode(text)),
        Values::latin1);
  }

  @Test
  void areTheUrisOfTheFormatThatTheJdkCanHold() {
    String[] uris = {
      "https://example.com:8080/a/b?c=d#e",
      "urn:isbn:1",
      "mailto:a@b.c",
      "http://[::1]/",
      "a:",
      "x+y:z"
    };
    Format test = Formats.named("uri").orElseThrow();
    int[] outcomes = new int[3];
    for (int i = 0; i < RUNS; i++) {
      String text = mutated(uris[random.nextInt(uris.length)], "a1:/?#[]@%4Fv. ä\\");
      Decoded<URI> decoded =
          Json.decode(
              JsonInput::readUri, Values.utf8(quoted(text)), JsonLimits.DEFAULT, Checks.ALL);
      Values.same(decoded, expected(text, test), () -> text);
      outcomes[decoded instanceof Decoded.Value ? 0 : decoded instanceof Decoded.Refused ? 1 : 2]++;
    }
    assertThat(outcomes[0]).isGreaterThan(RUNS / 5);
    assertThat(outcomes[1]).isGreaterThan(RUNS / 5);
    assertThat(outcomes[2]).isGreaterThan(RUNS / 100);
  }

  private static Decoded<URI> expected(String text, Format test) {
    if (!test.matches(text)) {
      return new Decoded.Refused<>();
    }
    try {
      return new Decoded.Value<>(new URI(text));
    } catch (URISyntaxException e) {
      return new Decoded.Unrepresentable<>();
    }
  }

  @Nested
  class AreNumbers {
    private static final CompiledSchema INT32 =
        Values.schema("{\"type\":\"integer\",\"format\":\"int32\"}");
    private static final CompiledSchema INT64 =
        Values.schema("{\"type\":\"integer\",\"format\":\"int64\"}");
    private static final CompiledSchema INTEGER = Values.schema("{\"type\":\"integer\"}");
    private static final CompiledSchema FLOAT =
        Values.schema("{\"type\":\"number\",\"format\":\"float\"}");
    private static final CompiledSchema DOUBLE =
        Values.schema("{\"type\":\"number\",\"format\":\"double\"}");

    private void agree(String number) {
      boolean json = Values.decode(Values.SKIPPING, number).isPresent();
      Optional<BigDecimal> exact = Values.decode(JsonInput::readDecimal, number);
      Optional<BigDecimal> expected = json ? Optional.of(new BigDecimal(number)) : Optional.empty();
      Values.same(exact, expected, () -> number);
      agree(number, INT32, JsonInput::readInt, BigDecimal::intValueExact);
      agree(number, INT64, JsonInput::readLong, BigDecimal::longValueExact);
      if (exact.isEmpty() || exact.get().scale() > -JsonLimits.DEFAULT.exponent()) {
        agree(number, INTEGER, JsonInput::readInteger, BigDecimal::toBigIntegerExact);
      }
      agree(number, FLOAT, JsonInput::readFloat, value -> Float.parseFloat(number));
      agree(number, DOUBLE, JsonInput::readDouble, value -> Double.parseDouble(number));
    }

    private <T> void agree(
        String number,
        CompiledSchema schema,
        JsonDecoder<T> decoder,
        Function<BigDecimal, T> expected) {
      Optional<T> value =
          Values.isValid(schema, number)
              ? Optional.of(expected.apply(new BigDecimal(number)))
              : Optional.empty();
      Values.same(Values.decode(decoder, number), value, () -> number);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "0",
          "-0",
          "0.0",
          "-0.0",
          "-0e5",
          "1",
          "1.0",
          "1E2",
          "1e-2",
          "100e-2",
          "1.50e1",
          "1.5",
          "1e400",
          "0.0000001",
          "1e-400",
          "123456789012345678",
          "999999999999999999",
          "1234567890123456789",
          "2147483647",
          "2147483648",
          "-2147483648",
          "-2147483649",
          "2147483647.0",
          "21474836470e-1",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "-9223372036854775809",
          "9223372036854775807.000",
          "12345678901234567890e-10",
          "12345678900000000000e-10",
          "1e2147483647",
          "1e2147483648",
          "1e-2147483647",
          "1e-2147483648",
          "1.5e-2147483647",
          "-1e-1000000000",
          "0e2147483647",
          "0e-2147483648",
          "0e99999999999",
          "1e00000000000000000001",
          "3.4028234663852886e38",
          "3.4028235677973366e38",
          "3.4028234663852887e38",
          "340282346638528859811704183484516925440",
          "340282346638528859811704183484516925441",
          "1.7976931348623157e308",
          "1.7976931348623158e308",
          "1.797693134862315708145274237317043567981e308",
          "1.7976931348623159e308",
          "-1.7976931348623159e308",
          "9007199254740993",
          "9007199254740992e22",
          "0.1e23",
          "8.5e-23",
          "4.9e-324",
          "1.1754943508222875e-38",
          "16777217",
          "1.00000017881393421514957253748434595763683319091796875001",
          "01",
          "-",
          "1.",
          "1e",
          ".1",
          "+1",
          "--1",
          "1e1.5"
        })
    void atTheEdges(String number) {
      agree(number);
    }

    @Test
    void ofTheSchemaAndTheJdk() {
      RandomJson texts = new RandomJson(5);
      for (int i = 0; i < RUNS; i++) {
        String number = texts.number();
        agree(random.nextInt(4) == 0 ? mutate(number, "0123456789.eE+-") : number);
      }
    }

    @ParameterizedTest
    @CsvSource({
      "1e1000, true", "1e1001, false", "-1e1000000000, false", "1e2147483647, false",
      "12e999, true", "12e1000, false", "0e1000000000, true", "100000e-3, true"
    })
    void thatAreIntegersUpToALargestExponent(String number, boolean representable) {
      Decoded<BigInteger> decoded =
          Json.decode(JsonInput::readInteger, Values.utf8(number), JsonLimits.DEFAULT, Checks.ALL);
      assertThat(Values.isValid(INTEGER, number)).isTrue();
      assertThat(decoded)
          .isEqualTo(
              representable
                  ? new Decoded.Value<>(new BigDecimal(number).toBigIntegerExact())
                  : new Decoded.Unrepresentable<BigInteger>());
    }
  }
}
