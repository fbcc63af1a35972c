package io.brrtrouter.server.decode;

import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.decode.RequestViolation.In;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What one parameter must be, once its text is decoded. Immutable.
 *
 * @param in where it is sent
 * @param name its name
 * @param required whether it must be sent
 * @param defaultValue the value when it is not, null without one
 * @param schema what the value must satisfy, null if anything will do
 * @param source where the parameter is declared
 */
record ParameterPlan(
    In in,
    String name,
    boolean required,
    @Nullable JsonNode defaultValue,
    @Nullable CompiledSchema schema,
    SourceLocation source) {

  /**
   * {@return the value of the parameter, null if it has none}
   *
   * @param decoded what was sent: null for nothing, a missing node for an empty text that stands
   *     for nothing
   * @param flaws what is wrong with the text
   * @param violations takes what is wrong
   */
  @Nullable JsonNode settle(
      @Nullable JsonNode decoded, List<Flaws.Flaw> flaws, ViolationList violations) {
    if (decoded == null || decoded.isMissingNode()) {
      if (required && decoded == null) {
        violations.add(
            new RequestViolation(
                in, name, "", "required", "is required but was not sent", null, source));
      }
      flaws.forEach(flaw -> violations.add(in, name, "", flaw, source));
      return absent();
    }
    if (!flaws.isEmpty() || (schema != null && !schema.isValid(decoded))) {
      explain(decoded, flaws, violations);
    }
    return decoded;
  }

  /** A copy, lest one request change what another gets. */
  private @Nullable JsonNode absent() {
    return defaultValue == null ? null : defaultValue.deepCopy();
  }

  private void explain(JsonNode decoded, List<Flaws.Flaw> flaws, ViolationList violations) {
    flaws.forEach(flaw -> violations.add(in, name, "", flaw, source));
    List<String> flawed = flaws.stream().map(Flaws.Flaw::pointer).toList();
    if (schema != null && !flawed.contains("")) {
      violations.add(in, name, schema.check(decoded, violations.most() + flawed.size()), flawed);
    }
  }
}
