package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.CompiledSchema;
import io.brrtrouter.schema.JsonLimits;
import io.brrtrouter.schema.SchemaCompiler;
import io.brrtrouter.schema.View;

/**
 * What compiling decoders asks of schemas.
 *
 * @param compiler compiles them
 * @param shapes reads their shapes
 * @param view which side of an exchange is decoded
 * @param json bounds on JSON inside of texts
 * @param violations how many violations of a value are told
 */
record Schemas(
    SchemaCompiler compiler, ShapeReader shapes, View view, JsonLimits json, int violations) {

  /** {@return what compiling the decoders of requests asks of schemas} */
  static Schemas of(SchemaCompiler compiler, DecodeLimits limits) {
    return of(compiler, limits, View.REQUEST);
  }

  static Schemas of(SchemaCompiler compiler, DecodeLimits limits, View view) {
    ShapeReader shapes =
        new ShapeReader((from, reference) ->
            compiler
                .target(from.resource(), from.pointer(), reference)
                .map(target -> new Schema(target.resource(), target.pointer())));
    return new Schemas(compiler, shapes, view, limits.json(), limits.violations());
  }

  CompiledSchema compile(Schema schema) {
    return compiler.compile(schema.resource(), schema.pointer(), view);
  }

  Shape shape(Schema schema) {
    return shapes.read(schema);
  }
}
