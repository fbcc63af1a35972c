/** Measurements of the router. */
@NullMarked
package io.brrtrouter.conformance.router;

import org.jspecify.annotations.NullMarked;
