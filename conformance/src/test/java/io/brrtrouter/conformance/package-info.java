/**
 * Suites written by others, architecture rules, and tests of the whole product. What the suites
 * gave is written to {@code docs/conformance.md}.
 */
@NullMarked
package io.brrtrouter.conformance;

import org.jspecify.annotations.NullMarked;
