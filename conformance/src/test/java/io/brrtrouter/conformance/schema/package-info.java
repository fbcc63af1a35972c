/** The schema engine against suites written by others. */
@NullMarked
package io.brrtrouter.conformance.schema;

import org.jspecify.annotations.NullMarked;
