/** Handlers: from typed requests to typed responses. */
@NullMarked
package io.brrtrouter.examples.insurance.policies.api;

import org.jspecify.annotations.NullMarked;
