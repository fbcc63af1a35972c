/** What the whole product does and does not tell. */
@NullMarked
package io.brrtrouter.conformance.security;

import org.jspecify.annotations.NullMarked;
