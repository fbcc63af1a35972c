package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.openapi.model.RequestBody;
import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.schema.View;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The schemas of one document, compiled when somebody needs them. Lives while the document is
 * compiled.
 *
 * @param compiler compiles, and remembers what it has compiled
 * @param limits bounds on requests
 */
record SchemaPrograms(SchemaCompiler compiler, DispatchLimits limits) {

  CompiledSchema compile(Schema schema, View view) {
    return compiler.compile(schema.resource(), schema.pointer(), view);
  }

  /** {@return a value the schema accepts in a response} */
  Optional<JsonNode> example(Schema schema) {
    JsonNode node = schema.node();
    return Stream.of(
            node.at("/const"), node.at("/default"), node.at("/examples/0"), node.at("/enum/0"))
        .filter(value -> !value.isMissingNode())
        .findFirst();
  }

  ParameterDecoder parameters(List<Parameter> parameters, SourceLocation source) {
    return ParameterDecoder.compile(
        parameters,
        source,
        compiler,
        new ParameterDecoder.Options(false, limits.json(), limits.form()));
  }

  BodyDecoder body(Optional<RequestBody> body) {
    return BodyDecoder.compile(body, compiler, limits.json(), limits.form());
  }
}
