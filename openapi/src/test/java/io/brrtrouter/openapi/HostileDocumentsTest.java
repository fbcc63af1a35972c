package io.brrtrouter.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a document holds, loading gives findings, soon, and never an exception. */
class HostileDocumentsTest {
  private static final Path VALID = Path.of("src/test/resources/valid");
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> STRANGE =
      List.of(
          "null",
          "true",
          "7",
          "-1.5",
          "1e400",
          "\"\"",
          "\"$ref\"",
          "\"#/\"",
          "\"#\"",
          "[]",
          "{}",
          "[[]]",
          "{\"$ref\": \"#\"}",
          "{\"$ref\": 7}",
          "{\"$ref\": \"#/components/schemas/Pet\"}",
          "{\"$ref\": \"#/paths\"}",
          "{\"x-a\": {}}",
          "{\"\": {\"\": []}}",
          "\"\\ud800\"",
          "\"%\"");

  private static final String GARBAGE = "{}[]:,&*!|>'\"%@`#-? \t\n\\\u0000\u00ff";

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"pets-3.0.yaml", "pets-3.1.yaml", "pets-3.2.yaml"})
  void values_of_other_types_are_no_surprise(String name) throws IOException {
    JsonNode root =
        OpenApiLoader.load(VALID.resolve(name), LoadOptions.defaults())
            .documents()
            .getFirst()
            .root();
    Random random = new Random(20_261_122);
    Path file = directory.resolve("api.json");
    for (int round = 0; round < 400; round++) {
      JsonNode changed = root.deepCopy();
      for (int i = 0; i <= random.nextInt(3); i++) {
        change(changed, random);
      }
      Files.write(file, changed.toString().getBytes(UTF_8));
      Loaded loaded = OpenApiLoader.load(file, LoadOptions.defaults());
      if (!loaded.documents().isEmpty()) {
        assertThat(Bundle.of(loaded).isObject()).isTrue();
      }
      assertThat(loaded.files()).isNotEmpty();
    }
  }

  /** Puts something strange somewhere, or gives a member another name. */
  private static void change(JsonNode root, Random random) {
    List<JsonNode> containers = new ArrayList<>();
    collect(root, containers);
    JsonNode strange = JSON.readTree(STRANGE.get(random.nextInt(STRANGE.size())));
    JsonNode container = containers.get(random.nextInt(containers.size()));
    if (container instanceof ArrayNode array) {
      array.set(random.nextInt(array.size()), strange);
    } else if (container instanceof ObjectNode object) {
      List<String> names = List.copyOf(object.propertyNames());
      String name = names.get(random.nextInt(names.size()));
      if (random.nextInt(4) == 0) {
        object.set(name + "x", object.remove(name));
      } else {
        object.set(name, strange);
      }
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainer() && !node.isEmpty()) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"pets-3.1.yaml", "pets-3.2.yaml"})
  void texts_cut_and_garbled_are_no_surprise(String name) throws IOException {
    byte[] text = Files.readAllBytes(VALID.resolve(name));
    Random random = new Random(3);
    for (int round = 0; round < 300; round++) {
      byte[] garbled = text.clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        garbled[random.nextInt(garbled.length)] =
            (byte) GARBAGE.charAt(random.nextInt(GARBAGE.length()));
      }
      Path file = directory.resolve(round % 2 == 0 ? "api.yaml" : "api.json");
      Files.write(file, garbled);
      assertThat(OpenApiLoader.load(file, LoadOptions.defaults()).files()).isNotEmpty();
    }
  }

  @Test
  void long_lists_take_time_in_proportion() throws IOException {
    StringBuilder text =
        new StringBuilder("openapi: 3.2.0\ninfo: {title: T, version: '1'}\ntags:\n");
    for (int i = 0; i < 20_000; i++) {
      text.append("  - {name: t").append(i).append(", parent: t").append(i + 1).append("}\n");
    }
    text.append("servers:\n  - url: https://example.com/");
    for (int i = 0; i < 20_000; i++) {
      text.append("{v").append(i).append('}');
    }
    text.append("\npaths:\n  /a:\n    parameters:\n");
    for (int i = 0; i < 20_000; i++) {
      text.append("      - {name: p").append(i).append(", in: query, schema: {}}\n");
    }
    text.append("    get:\n      parameters:\n");
    for (int i = 0; i < 20_000; i++) {
      text.append("        - {name: p").append(i).append(", in: query, schema: {}}\n");
    }
    text.append("components:\n  pathItems:\n");
    for (int i = 0; i < 20_000; i++) {
      text.append("    i%d: {$ref: '#/components/pathItems/i%d'}\n".formatted(i, i + 1));
    }
    Path file = directory.resolve("api.yaml");
    Files.write(file, text.toString().getBytes(UTF_8));

    Loaded loaded = OpenApiLoader.load(file, LoadOptions.defaults());

    assertThat(loaded.findings().size()).isEqualTo(10_001);
  }
}
