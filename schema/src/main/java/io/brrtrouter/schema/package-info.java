/**
 * JSON Schema draft 2020-12. A {@link io.brrtrouter.schema.SchemaCompiler} turns schemas into
 * immutable {@link io.brrtrouter.schema.CompiledSchema} programs, which give a verdict without
 * allocating and explain a failure with every violation and its place.
 */
@NullMarked
package io.brrtrouter.schema;

import org.jspecify.annotations.NullMarked;
