/** The guides' examples, compiled and run. */
@NullMarked
package io.brrtrouter.conformance.guide;

import org.jspecify.annotations.NullMarked;
