package io.brrtrouter.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One reason why an instance is invalid.
 *
 * @param instanceLocation JSON Pointer into the instance, {@code ""} for the whole
 * @param evaluationPath JSON Pointer of keywords walked from the compiled schema, through {@code
 *     $ref} (JSON Schema core section 12.4.2, "evaluationPath")
 * @param schemaLocation absolute URI of the keyword, with a JSON Pointer fragment
 * @param source file, line and column of the keyword's name; for the schema {@code false} those of
 *     the member whose value it is, or its own when it is the value of none
 * @param keyword the keyword that refused, for example {@code maximum}
 * @param expected the keyword's value where it helps a reader (a bound, an enum, a type), else null
 * @param message one clear sentence that says what is wrong and what would be right; never contains
 *     the instance's own text beyond a property name
 */
public record Violation(
    String instanceLocation,
    String evaluationPath,
    String schemaLocation,
    SourceLocation source,
    String keyword,
    @Nullable JsonNode expected,
    String message) {}
