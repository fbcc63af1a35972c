/** Decides every name, type and package from a loaded document. */
@NullMarked
package io.brrtrouter.codegen.read;

import org.jspecify.annotations.NullMarked;
