package io.brrtrouter.server.decode;

import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.JsonReader;
import io.brrtrouter.schema.ParsedJson;
import io.brrtrouter.schema.Violations;
import io.brrtrouter.server.decode.RequestViolation.In;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * JSON (RFC 8259), parsed and checked in one pass.
 *
 * @param schema what the value must satisfy, null if anything will do
 * @param limits bounds on the text
 * @param most how many violations are told
 */
record JsonBody(@Nullable CompiledSchema schema, JsonLimits limits, int most)
    implements MediaDecoder {

  @Override
  public DecodedBody decode(byte[] body) {
    ParsedJson parsed =
        schema == null ? JsonReader.read(body, limits) : schema.parse(body, limits, most);
    return switch (parsed) {
      case ParsedJson.Valid(JsonNode value) -> new DecodedBody.Value(value, List.of());
      case ParsedJson.Invalid(JsonNode _, Violations found) -> {
        ViolationList violations = new ViolationList(most);
        violations.add(In.BODY, "", found, List.of());
        yield violations.asBody();
      }
      case ParsedJson.Malformed(int line, int column, String message) ->
          new DecodedBody.Malformed(line, column, message);
    };
  }

  @Override
  public long decodedBytes(byte[] body) {
    return DecodedSize.of(body);
  }

  @Override
  public boolean takesEmpty() {
    return false;
  }
}
