/** What stands in {@code deploy} holds together, and says what the product has. */
@NullMarked
package io.brrtrouter.conformance.deploy;

import org.jspecify.annotations.NullMarked;
