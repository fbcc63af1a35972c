/** What both services do with the shared models. */
@NullMarked
package io.brrtrouter.examples.insurance.common;

import org.jspecify.annotations.NullMarked;
