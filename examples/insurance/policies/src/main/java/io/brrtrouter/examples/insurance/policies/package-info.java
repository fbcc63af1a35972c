/** The service of policies: quotes, contracts and what they cost. */
@NullMarked
package io.brrtrouter.examples.insurance.policies;

import org.jspecify.annotations.NullMarked;
