package io.brrtrouter.server.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class JsonTextTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static String text(JsonNode value) {
    return new String(JsonText.of(value), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "\"\"",
        "null",
        "true",
        "false",
        "0",
        "-1",
        "9",
        "10",
        "99",
        "100",
        "9223372036854775807",
        "-9223372036854775808",
        "123456789012345678901234567890",
        "1.5",
        "-0.25",
        "[1,[2,{\"a\":[]}]]",
        "{\"a\":{\"b\":null},\"c\":[true,false]}",
        "\"plain\"",
        "\"\\\"\\\\\\b\\t\\n\\f\\r\\u0000\\u001F\"",
        "\"/\u007f\"",
        "\"caf\u00e9 \u20ac \ud83d\ude00\"",
        "{\"\u00fc\":1}"
      })
  void a_text_is_written_as_it_was_read(String json) {
    assertThat(text(JsonMapper.shared().readTree(json))).isEqualTo(json);
  }

  @Test
  void numbers_keep_their_digits() {
    assertThat(text(JSON.numberNode(new BigDecimal("1.10")))).isEqualTo("1.10");
    assertThat(text(JSON.numberNode(new BigDecimal("1E+400")))).isEqualTo("1E+400");
    assertThat(text(JSON.numberNode(BigInteger.TWO.pow(70)))).isEqualTo("1180591620717411303424");
    assertThat(text(JSON.numberNode(0.1f))).isEqualTo("0.1");
    assertThat(text(JSON.numberNode((short) 3))).isEqualTo("3");
    assertThat(text(JSON.numberNode(Double.NaN))).isEqualTo("\"NaN\"");
    assertThat(text(JSON.numberNode(Double.NEGATIVE_INFINITY))).isEqualTo("\"-Infinity\"");
  }

  @Test
  void half_a_character_is_escaped() {
    assertThat(text(JSON.stringNode("a\ud83d"))).isEqualTo("\"a\\uD83D\"");
    assertThat(text(JSON.stringNode("\ude00b"))).isEqualTo("\"\\uDE00b\"");
    assertThat(text(JSON.stringNode("\ud83dx"))).isEqualTo("\"\\uD83Dx\"");
  }

  @Test
  void values_of_java_are_left_to_jackson() {
    assertThat(text(JSON.binaryNode(new byte[] {1, 2, 3}))).isEqualTo("\"AQID\"");
    assertThat(text(JSON.pojoNode(new int[] {1}))).isEqualTo("[1]");
  }

  @RepeatedTest(50)
  void any_value_is_written_as_jackson_writes_it(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    JsonNode value = any(random, 5);

    assertThat(JsonText.of(value)).isEqualTo(JsonMapper.shared().writeValueAsBytes(value));
  }

  private static JsonNode any(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 8 : 10)) {
      case 0 -> JSON.nullNode();
      case 1 -> JSON.booleanNode(random.nextBoolean());
      case 2 -> JSON.numberNode(random.nextInt());
      case 3 -> JSON.numberNode(random.nextLong());
      case 4 -> JSON.numberNode(random.nextDouble() * 1e10);
      case 5 -> JSON.numberNode(new BigDecimal(BigInteger.valueOf(random.nextLong()), 5));
      case 6, 7 -> JSON.stringNode(string(random));
      case 8 -> {
        ArrayNode array = JSON.arrayNode();
        for (int i = random.nextInt(6); i > 0; i--) {
          array.add(any(random, depth - 1));
        }
        yield array;
      }
      default -> {
        ObjectNode object = JSON.objectNode();
        for (int i = random.nextInt(6); i > 0; i--) {
          object.set(string(random), any(random, depth - 1));
        }
        yield object;
      }
    };
  }

  private static String string(Random random) {
    StringBuilder text = new StringBuilder();
    int[] bounds = {128, 0x800, 0xD800, 0x110000};
    for (int i = random.nextInt(700) / (1 + random.nextInt(50)); i > 0; i--) {
      int point = random.nextInt(bounds[random.nextInt(10) < 7 ? 0 : random.nextInt(4)]);
      text.appendCodePoint(point >= 0xD800 && point < 0xE000 ? 'x' : point);
    }
    return text.toString();
  }
}
