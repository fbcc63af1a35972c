package io.brrtrouter.schema;

import static io.brrtrouter.schema.Schemas.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

@DisplayName("A JSON text")
class JsonReaderTest {

  /** The bytes of a text in which {@code ~41} stands for a byte and {@code ~~} for a tilde. */
  private static byte[] bytes(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int i = 0; i < text.length(); ) {
      if (text.charAt(i) == '~') {
        out.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
        i += 3;
      } else {
        int end = text.offsetByCodePoints(i, 1);
        out.writeBytes(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
        i = end;
      }
    }
    return out.toByteArray();
  }

  static Stream<String> malformed() throws IOException {
    try (InputStream in = JsonReaderTest.class.getResourceAsStream("malformed.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().skip(1).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void thatIsMalformedIsRefusedWithItsPlace(String row) {
    String[] cells = row.split(" \\| ", 3);
    byte[] text = bytes(cells[0]);
    ParsedJson.Malformed malformed =
        (ParsedJson.Malformed) JsonReader.read(text, JsonLimits.DEFAULT);
    assertThat(malformed.line() + ":" + malformed.column()).isEqualTo(cells[1]);
    assertThat(malformed.message()).isEqualTo(cells[2]);
    assertThat(Schemas.compile("true").parse(text, JsonLimits.DEFAULT)).isEqualTo(malformed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [[[[1]]]]                  | 1:4  | arrays and objects are nested deeper than 3
          {"a":[{"b":{}}]}           | 1:12 | arrays and objects are nested deeper than 3
          ["12345"]                  |      |
          ["123456"]                 | 1:2  | a string is longer than 5 characters
          ["1234\\u0035"]            |      |
          ["1234\\u0035\\u0036"]     | 1:2  | a string is longer than 5 characters
          {"1234":1}                 |      |
          {"12345":1}                | 1:2  | a member name is longer than 4 characters
          [123456]                   |      |
          [1234567]                  | 1:2  | a number is longer than 6 characters
          [-1.5e-7]                  | 1:2  | a number is longer than 6 characters
          [1,2,3,4,5,6,7,8]          |      |
          [1,2,3,4,5,6,7,8,9]        | 1:19 | the text has more than 10 tokens
          {"a":1,"b":2,"c":3}        |      |
          {"a":1,"b":2,"c":3,"d":4}  | 1:20 | an object has more than 3 members
          """)
  void beyondALimitIsRefused(String text, String place, String message) {
    JsonLimits limits = new JsonLimits(3, 5, 4, 6, 10, 3, 1_000);
    ParsedJson parsed = JsonReader.read(bytes(text.replace("\\\\", "\\")), limits);
    if (place == null) {
      assertThat(parsed).isInstanceOf(ParsedJson.Valid.class);
    } else {
      ParsedJson.Malformed malformed = (ParsedJson.Malformed) parsed;
      assertThat(malformed.line() + ":" + malformed.column()).isEqualTo(place);
      assertThat(malformed.message()).isEqualTo(message);
    }
  }

  @Test
  void isReadWithoutLosingADigit() {
    String text =
        "[9223372036854775807,-9223372036854775808,9223372036854775808,0.1,1.10,1E400,"
            + "123456789012345678901234567890.123456789,-0.0,2147483648,-0]";
    JsonNode value = json(text);
    assertThat(value.get(0).isLong()).isTrue();
    assertThat(value.get(2).isBigInteger()).isTrue();
    assertThat(value.get(3).isBigDecimal()).isTrue();
    assertThat(value)
        .hasToString(
            "[9223372036854775807,-9223372036854775808,9223372036854775808,0.1,1.10,1E+400,"
                + "123456789012345678901234567890.123456789,0.0,2147483648,0]");
  }

  @Test
  void mayHaveEveryEscapeAndPlane() {
    String text = "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e4\\uD83D\\uDE00 ä€😀\"";
    assertThat(json(text).stringValue()).isEqualTo("\"\\/\b\f\n\r\tä😀 ä€😀");
    assertThat(json("{\"\\u0061\": 1}").get("a").intValue()).isEqualTo(1);
  }

  @Test
  void ofTheGreatestDepthIsRead() {
    String text = "[".repeat(128) + "]".repeat(128);
    assertThat(json(text).size()).isEqualTo(1);
    assertThat(JsonReader.read(bytes("[" + text + "]"), JsonLimits.DEFAULT))
        .isEqualTo(
            new ParsedJson.Malformed(1, 129, "arrays and objects are nested deeper than 128"));
  }

  @Test
  void withALongNameShowsItsStartOnly() {
    String name = "n".repeat(100);
    assertThat(
            JsonReader.read(bytes("{\"" + name + "\":1,\"" + name + "\":2}"), JsonLimits.DEFAULT))
        .isEqualTo(
            new ParsedJson.Malformed(
                1, 107, "the object already has a member \"" + "n".repeat(64) + "...\""));
  }

  @Nested
  @DisplayName("with a fault anywhere")
  class Faults {
    private static final String TEXT =
        """
        {"a": [1, -2.5e3, true, false, null, "x\\n\\u00e4\\ud83d\\ude00"],
         "ä": {"b": {}, "c": [], "d": "😀"}, "0": 0}\
        """;

    /** Reading and diagnosing are two pieces of code that must not differ in what JSON is. */
    @Test
    void isRefusedByTheReaderExactlyWhenTheDiagnosisFindsIt() {
      Random random = new Random(7);
      byte[] interesting = bytes("{}[]:,\"\\\\u0eE+-.19 ~0A~00~80~C3~EDtnf~FF");
      int accepted = 0;
      for (int i = 0; i < 20_000; i++) {
        byte[] text = bytes(TEXT);
        for (int change = 0; change <= random.nextInt(2); change++) {
          text[random.nextInt(text.length)] = interesting[random.nextInt(interesting.length)];
        }
        if (random.nextInt(4) == 0) {
          text = Arrays.copyOf(text, random.nextInt(text.length));
        }
        ParsedJson parsed = JsonReader.read(text, JsonLimits.DEFAULT);
        String diagnosis = JsonDiagnosis.of(text, JsonLimits.DEFAULT).message();
        boolean faultless = diagnosis.equals("the text cannot be read as JSON");
        assertThat(parsed instanceof ParsedJson.Valid)
            .as("%s: %s", new String(text, StandardCharsets.ISO_8859_1), diagnosis)
            .isEqualTo(faultless);
        accepted += faultless ? 1 : 0;
      }
      assertThat(accepted).isBetween(300, 18_000);
    }
  }
}
