/**
 * What changed between two documents, and whom it hurts: every change with its rule, direction,
 * impact and both places. {@code docs/diff-rules.md} lists the rules.
 */
@NullMarked
package io.brrtrouter.openapi.diff;

import org.jspecify.annotations.NullMarked;
