package io.brrtrouter.schema;

import io.brrtrouter.schema.pattern.EcmaPattern;
import io.brrtrouter.schema.pattern.PatternRefused;
import org.jspecify.annotations.Nullable;

/**
 * One schema object being compiled.
 *
 * @param schema its keywords
 * @param context how it is used
 * @param target what the keywords become part of
 */
record SchemaCompilation(
    ProgramBuilder builder,
    CompilerOptions options,
    SchemaObject schema,
    Context context,
    Subschema target) {

  /** The program for a part of the instance. */
  Subschema child(Location location) {
    return builder.subschema(location, context.child());
  }

  /** The program for the instance itself. */
  Subschema inPlace(Location location) {
    return builder.subschema(location, context);
  }

  /** The program for testing the instance itself without consequence for it. */
  Subschema condition(Location location) {
    return builder.subschema(location, context.asWritten());
  }

  boolean isDropped(Location location) {
    return builder.isDropped(location, context.view());
  }

  /** Compiles a regular expression; null, with a problem recorded, when it is refused. */
  @Nullable EcmaPattern pattern(Location place, String keyword, String text) {
    try {
      return EcmaPattern.compile(text, options.allowBacktrackingPatterns());
    } catch (PatternRefused e) {
      builder
          .problems()
          .addAt(place, keyword, "the pattern " + text + " is refused: " + e.getMessage());
      return null;
    }
  }
}
