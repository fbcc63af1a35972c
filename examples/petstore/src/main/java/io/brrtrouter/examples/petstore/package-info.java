/** A pet store: the example of BRRTRouter. */
@NullMarked
package io.brrtrouter.examples.petstore;

import org.jspecify.annotations.NullMarked;
