/** Registers what {@code @HandlerFor} marks, at compile time and without reflection. */
@NullMarked
package io.brrtrouter.processor;

import org.jspecify.annotations.NullMarked;
