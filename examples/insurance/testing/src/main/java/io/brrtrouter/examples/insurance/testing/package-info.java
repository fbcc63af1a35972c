/** How both services are tested. */
@NullMarked
package io.brrtrouter.examples.insurance.testing;

import org.jspecify.annotations.NullMarked;
