package io.brrtrouter.schema;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Makes an example instance of a schema: from its {@code const}, {@code enum}, {@code examples} or
 * {@code default} where there are any, else from its types, formats, patterns and bounds. Optional
 * properties are included unless they would recur or the instance would become very large. There is
 * none where the schema asks for a very large one: more than a few thousand values, or 64 KiB of
 * strings that are made up.
 *
 * <p>Deterministic. Every instance was found valid by the compiled schema before it is answered.
 */
public final class InstanceGenerator {
  private InstanceGenerator() {}

  /**
   * Generates an instance.
   *
   * @param resource the document the schema is in
   * @param pointer JSON Pointer of the schema in the document
   * @param view which side of an exchange the instance is for; what the view drops is left out
   * @param compiler what compiles the schema and finds the documents it refers to
   * @return a valid instance, or empty when none was found within bounded effort
   * @throws SchemaException when the schema does not compile
   */
  public static Optional<JsonNode> generate(
      SchemaResource resource, String pointer, View view, SchemaCompiler compiler) {
    CompiledSchema schema = compiler.compile(resource, pointer, view);
    Location location = compiler.locate(resource, pointer);
    for (boolean everything : new boolean[] {true, false}) {
      JsonNode found = new InstanceSearch(compiler, view, everything).find(location);
      if (found != null) {
        JsonNode instance = schema.strip(found);
        if (schema.isValid(instance)) {
          return Optional.of(instance);
        }
      }
    }
    return Optional.empty();
  }
}
