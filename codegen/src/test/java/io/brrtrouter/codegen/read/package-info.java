/** How a document is read. */
@NullMarked
package io.brrtrouter.codegen.read;

import org.jspecify.annotations.NullMarked;
