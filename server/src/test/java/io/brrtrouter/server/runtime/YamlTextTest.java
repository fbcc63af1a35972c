package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.brrtrouter.openapi.source.DocumentLimits;
import io.brrtrouter.openapi.source.DocumentReader;
import io.brrtrouter.openapi.source.ReadResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class YamlTextTest {

  private static JsonNode read(byte[] text, String name) {
    ReadResult result = DocumentReader.read(text, Path.of(name), DocumentLimits.DEFAULT);
    assertThat(result)
        .as(new String(text, StandardCharsets.UTF_8))
        .isInstanceOf(ReadResult.Sound.class);
    return ((ReadResult.Sound) result).document().root();
  }

  private static JsonNode json(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8), "value.json");
  }

  @Test
  void is_written_in_blocks() {
    JsonNode value =
        json(
            """
            {"openapi": "3.2.0", "info": {"title": "Pets & more", "version": "1.0"},
             "tags": [{"name": "a"}, "b", []], "x": {}, "text": "two\\nlines\\n", "on": "off", "n": 1.50}
            """);
    assertThat(YamlText.of(value))
        .isEqualTo(
            """
            openapi: "3.2.0"
            info:
              title: "Pets & more"
              version: "1.0"
            tags:
              - name: a
              - b
              - []
            x: {}
            text: |
              two
              lines
            "on": "off"
            "n": 1.50
            """);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": [\"\", \" x\", \"x \", \"1\", \"-\", \"- a\", \"a: b\", \"a #b\", \"#\", \"true\", \"NULL\", \"~\"]}",
        "{\"a\": [\"0x1f\", \"1e3\", \".5\", \".nan\", \"2026-01-01\", \"a,b\", \"[x]\", \"{x}\", \"*a\", \"&a\", \"!t\"]}",
        "{\"a\": [\"a\\tb\", \"a\\u0000b\", \"\\u00e9\", \"\\ud83d\\ude00\", \"\\u2028\", \"'\", \"\\\"\", \"\\\\\", \"%\", \"@\"]}",
        "{\"a\": [\"x\\n\", \"x\\n\\n\", \"\\nx\\n\", \"x\\n\\ny\\n\", \" x\\ny\\n\", \"x\\ny\", \"x\\n  y\\n\", \"x\\r\\ny\\n\"]}",
        "{\"k\": {\"x\\ny\\n\": \"a\\nb\\n\", \"\": 1, \"a b\": null, \"1\": true, \"-\": [], \"? x\": {}}}",
        "{\"l\": \"x\\n\\ny\\n\", \"m\": \"x\\n  y\\n z\\n\", \"n\": \"x\\n\\n\\n\", \"o\": \"#x\\ny: z\\n\"}",
        "{\"n\": [0, -1, 1.10, 1e400, 123456789012345678901234567890, -0.5E-7, true, false, null]}",
        "[[1, [2, []], {\"a\": [{\"b\": {}}]}], \"x\"]",
        "\"text\"",
        "42",
        "[]",
        "{}"
      })
  void is_read_back_as_the_same_value(String text) {
    JsonNode value = json(text);
    assertThat(read(YamlText.of(value).getBytes(StandardCharsets.UTF_8), "value.yaml"))
        .isEqualTo(value);
  }
}
