/** The service of claims: what happened, what shows it, and what is paid. */
@NullMarked
package io.brrtrouter.examples.insurance.claims;

import org.jspecify.annotations.NullMarked;
