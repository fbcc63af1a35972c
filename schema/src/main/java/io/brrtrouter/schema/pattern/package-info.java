/**
 * Regular expressions of {@code pattern} and {@code patternProperties}: ECMA-262 syntax, matched in
 * time linear in the text.
 */
@NullMarked
package io.brrtrouter.schema.pattern;

import org.jspecify.annotations.NullMarked;
