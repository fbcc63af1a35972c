/** How a document is read. */
@NullMarked
package io.brrtrouter.codegen.model;

import org.jspecify.annotations.NullMarked;
