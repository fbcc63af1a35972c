package io.brrtrouter.server.decode;

import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.decode.RequestViolation.In;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the value of a body must be, once it is decoded.
 *
 * @param schema what the value must satisfy, null if anything will do
 * @param source where the document describes the body
 * @param most how many violations are told
 */
record BodyCheck(@Nullable CompiledSchema schema, SourceLocation source, int most) {

  /** {@return the body, checked, without the properties a request does not set} */
  DecodedBody settle(JsonNode value, List<Part> parts, Flaws flaws) {
    if (flaws.size() == 0 && (schema == null || schema.isValid(value))) {
      return accepted(value, parts);
    }
    ViolationList violations = new ViolationList(most);
    List<Flaws.Flaw> found = flaws.drain();
    List<String> unchecked = found.stream().map(Flaws.Flaw::pointer).toList();
    found.stream()
        .filter(flaw -> !flaw.isOpaque())
        .forEach(flaw -> violations.add(In.BODY, "", "", flaw, source));
    if (schema != null && !unchecked.contains("")) {
      violations.add(In.BODY, "", schema.check(value, most + unchecked.size()), unchecked);
    }
    // What only an opaque part was blamed for is no violation.
    return violations.isEmpty() ? accepted(value, parts) : violations.asBody();
  }

  private DecodedBody accepted(JsonNode value, List<Part> parts) {
    return new DecodedBody.Value(schema == null ? value : schema.strip(value), parts);
  }
}
