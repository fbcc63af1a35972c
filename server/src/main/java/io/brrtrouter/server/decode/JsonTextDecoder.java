package io.brrtrouter.server.decode;

import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.JsonReader;
import io.brrtrouter.schema.ParsedJson;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * Decodes a text whose {@code content} is JSON, strictly (RFC 8259).
 *
 * @param percent how the text is written
 * @param limits bounds on the JSON text
 */
record JsonTextDecoder(Percent percent, JsonLimits limits) implements TextDecoder {

  @Override
  public JsonNode decode(String raw, int start, int end, Flaws flaws) {
    String text = percent.decode(raw, start, end);
    if (text == null) {
      flaws.addEncoding(percent, raw, start, end);
      return StringNode.valueOf("");
    }
    // What is not percent-encoded holds an octet in each character.
    Charset charset =
        percent == Percent.NONE ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
    return switch (JsonReader.read(text.getBytes(charset), limits)) {
      case ParsedJson.Valid(JsonNode value) -> value;
      case ParsedJson.Invalid(JsonNode value, var _) -> value;
      case ParsedJson.Malformed(int line, int column, String message) -> {
        flaws.addMalformedJson(line, column, message);
        yield StringNode.valueOf("");
      }
    };
  }
}
