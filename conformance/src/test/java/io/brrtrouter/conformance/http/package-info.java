/** Inputs written by others, sent to whole servers. */
@NullMarked
package io.brrtrouter.conformance.http;

import org.jspecify.annotations.NullMarked;
