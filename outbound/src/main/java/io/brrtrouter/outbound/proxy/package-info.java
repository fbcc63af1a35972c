/** Operations that other services answer: requests are handed on, and responses handed back. */
@NullMarked
package io.brrtrouter.outbound.proxy;

import org.jspecify.annotations.NullMarked;
