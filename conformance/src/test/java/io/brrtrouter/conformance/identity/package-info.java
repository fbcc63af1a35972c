/** Servers with identity providers of others. */
@NullMarked
package io.brrtrouter.conformance.identity;

import org.jspecify.annotations.NullMarked;
