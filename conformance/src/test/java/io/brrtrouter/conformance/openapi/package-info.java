/** Documents written by others, read by the loader. */
@NullMarked
package io.brrtrouter.conformance.openapi;

import org.jspecify.annotations.NullMarked;
