/** Handlers: from typed requests to typed responses. */
@NullMarked
package io.brrtrouter.examples.insurance.claims.api;

import org.jspecify.annotations.NullMarked;
