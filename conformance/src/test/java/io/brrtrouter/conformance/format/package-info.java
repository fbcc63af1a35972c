/** The string formats and regular expressions against suites and documents written by others. */
@NullMarked
package io.brrtrouter.conformance.format;

import org.jspecify.annotations.NullMarked;
