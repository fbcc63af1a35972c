/** How code is printed. */
@NullMarked
package io.brrtrouter.codegen.print;

import org.jspecify.annotations.NullMarked;
