/** The directions between rooms. */
@NullMarked
package io.brrtrouter.conformance.architecture;

import org.jspecify.annotations.NullMarked;
