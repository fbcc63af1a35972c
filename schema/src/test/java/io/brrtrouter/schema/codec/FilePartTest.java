package io.brrtrouter.schema.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

class FilePartTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final FilePart CAT = new FilePart(new byte[] {1, 2}, "cat.png", "image/png");
  private static final FilePart DOG = new FilePart(new byte[] {3}, null, null);

  private static Decoded<List<FilePart>> decoded(ArrayNode array) {
    return JsonTrees.decode(
        in -> {
          in.beginArray();
          List<FilePart> files = new ArrayList<>();
          while (in.nextItem()) {
            files.add(in.readFile());
          }
          return files;
        },
        array,
        List.of(CAT, DOG));
  }

  @Test
  void is_equal_by_octets_and_what_is_said_about_them() {
    FilePart same = new FilePart(new byte[] {1, 2}, "cat.png", "image/png");

    assertThat(CAT).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(CAT)
        .isNotEqualTo(FilePart.of(new byte[] {1, 2}))
        .isNotEqualTo(new FilePart(new byte[] {1}, "cat.png", "image/png"))
        .isNotEqualTo(new FilePart(new byte[] {1, 2}, "dog.png", "image/png"))
        .isNotEqualTo(new FilePart(new byte[] {1, 2}, "cat.png", "image/gif"));
    assertThat(CAT).hasToString("FilePart[fileName=cat.png, contentType=image/png, 2 octets]");
  }

  @Test
  void is_read_where_a_place_stands_for_it() {
    ArrayNode places = NODES.arrayNode().add(JsonTrees.fileAt(1)).add(JsonTrees.fileAt(0));

    assertThat(decoded(places)).isEqualTo(new Decoded.Value<>(List.of(DOG, CAT)));
  }

  @Test
  void is_the_octets_of_a_string_elsewhere() {
    ArrayNode strings = NODES.arrayNode().add("a\u00ff").add("");

    assertThat(decoded(strings))
        .isEqualTo(
            new Decoded.Value<>(
                List.of(FilePart.of(new byte[] {'a', (byte) 0xff}), FilePart.of(new byte[] {}))));
    assertThat(decoded(NODES.arrayNode().add("\u0100")))
        .isInstanceOf(Decoded.Unrepresentable.class);
  }

  @Test
  void is_nothing_that_only_looks_like_a_place() {
    for (String text : List.of("\uffff", "\uffff2", "\uffff-1", "\uffffx", "\uffff99999999999")) {
      assertThat(decoded(NODES.arrayNode().add(text))).isInstanceOf(Decoded.Unrepresentable.class);
    }
  }

  @Test
  void is_nothing_but_a_string() {
    for (JsonNode other : List.of(NODES.arrayNode(), NODES.numberNode(1), NODES.nullNode())) {
      assertThat(decoded(NODES.arrayNode().add(other))).isInstanceOf(Decoded.Unrepresentable.class);
    }
  }

  @Test
  void is_written_as_its_octets() {
    byte[] json =
        Json.encode((FilePart file, JsonOutput out) -> out.writeFile(file), DOG, Checks.ALL).json();

    assertThat(new String(json, StandardCharsets.UTF_8)).isEqualTo("\"\\u0003\"");
  }
}
