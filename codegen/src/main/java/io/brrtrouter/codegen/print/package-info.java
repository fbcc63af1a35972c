/** Writes down what the model decided, as google-java-format would leave it. */
@NullMarked
package io.brrtrouter.codegen.print;

import org.jspecify.annotations.NullMarked;
