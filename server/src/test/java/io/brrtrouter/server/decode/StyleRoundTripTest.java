package io.brrtrouter.server.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.server.decode.MarkdownTable.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Random arrays and objects, written in each style as RFC 6570 does, come back as they were. */
class StyleRoundTripTest {
  private static final int ROUNDS = 500;
  private static final TestSchemas SCHEMAS =
      TestSchemas.of(
          (ObjectNode)
              TestSchemas.JSON.readTree(
                  """
                  {
                    "strings": {"type": "array", "items": {"type": "string"}},
                    "free": {"type": "object", "additionalProperties": {"type": "string"}}
                  }
                  """));

  @ParameterizedTest
  @CsvSource({
    "path, matrix, false",
    "path, matrix, true",
    "path, label, false",
    "path, label, true",
    "path, simple, false",
    "path, simple, true",
    "query, form, false",
    "query, form, true",
    "query, spaceDelimited, false",
    "query, pipeDelimited, false",
    "query, deepObject, true",
    "cookie, form, true"
  })
  void comesBack(String in, String style, boolean explode) {
    TestParameter arrays = parameter(in, style, explode, "strings");
    TestParameter objects = parameter(in, style, explode, "free");
    String unsafe = style.equals("spaceDelimited") ? " " : style.equals("pipeDelimited") ? "|" : "";
    Random random = new Random(42);
    for (int round = 0; round < ROUNDS; round++) {
      Map<String, String> members = members(random, unsafe, in.equals("cookie"));
      ObjectNode object = TestSchemas.JSON.createObjectNode();
      members.forEach(object::put);
      assertThat(objects.valueIn(objects.decode(object(style, explode, in, members), true)))
          .isEqualTo(object);
      if (!style.equals("deepObject")) {
        List<String> items = new ArrayList<>(members.values());
        items.addFirst("first"); // an array of one empty text is the empty array
        ArrayNode array = TestSchemas.JSON.createArrayNode();
        items.forEach(array::add);
        assertThat(arrays.valueIn(arrays.decode(array(style, explode, in, items), true)))
            .isEqualTo(array);
      }
    }
  }

  private static TestParameter parameter(String in, String style, boolean explode, String schema) {
    return TestParameter.of(
        new Row(
            0,
            Map.of("in", in, "style", style, "explode", String.valueOf(explode), "schema", schema)),
        SCHEMAS);
  }

  private static Map<String, String> members(Random random, String unsafe, boolean tokens) {
    Map<String, String> members = new LinkedHashMap<>();
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      String name = tokens ? "k" + i : "k" + i + text(random, unsafe + "[]");
      members.put(name, text(random, unsafe));
    }
    return members;
  }

  private static String text(Random random, String without) {
    String alphabet = "ab1,;=.&|[] %+\"\\/?#\u00e9\u2764\u0000";
    return random
        .ints(random.nextInt(6), 0, alphabet.length())
        .mapToObj(i -> alphabet.substring(i, i + 1))
        .filter(character -> !without.contains(character))
        .collect(Collectors.joining());
  }

  private static String array(String style, boolean explode, String in, List<String> items) {
    String between =
        switch (style) {
          case "matrix" -> explode ? ";color=" : ",";
          case "label" -> explode ? "." : ",";
          case "form" -> explode ? (in.equals("cookie") ? "; color=" : "&color=") : ",";
          case "spaceDelimited" -> "%20";
          case "pipeDelimited" -> "%7C";
          default -> ",";
        };
    return prefix(style)
        + items.stream().map(StyleRoundTripTest::encode).collect(Collectors.joining(between));
  }

  private static String object(
      String style, boolean explode, String in, Map<String, String> members) {
    if (style.equals("deepObject")) {
      return join(members, "&", member -> "color%5B" + encode(member.getKey()) + "%5D=");
    }
    if (!explode) {
      String between = style.equals("spaceDelimited") ? "+" : style.startsWith("pipe") ? "|" : ",";
      return prefix(style) + join(members, between, member -> encode(member.getKey()) + between);
    }
    String between =
        switch (style) {
          case "matrix" -> ";";
          case "label" -> ".";
          case "form" -> in.equals("cookie") ? "; " : "&";
          default -> ",";
        };
    String first = style.equals("matrix") || style.equals("label") ? between : "";
    return first + join(members, between, member -> encode(member.getKey()) + "=");
  }

  private static String join(
      Map<String, String> members,
      String between,
      Function<Map.Entry<String, String>, String> name) {
    return members.entrySet().stream()
        .map(member -> name.apply(member) + encode(member.getValue()))
        .collect(Collectors.joining(between));
  }

  private static String prefix(String style) {
    return switch (style) {
      case "matrix" -> ";color=";
      case "label" -> ".";
      case "simple" -> "";
      default -> "color=";
    };
  }

  /** Everything but letters and digits, so that no character of a value can separate. */
  private static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      if (Character.isLetterOrDigit(octet) && octet > 0) {
        encoded.append((char) octet);
      } else {
        encoded.append(String.format("%%%02X", octet & 0xff));
      }
    }
    return encoded.toString();
  }
}
