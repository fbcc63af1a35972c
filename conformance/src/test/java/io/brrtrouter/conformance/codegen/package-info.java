/** What generating costs. */
@NullMarked
package io.brrtrouter.conformance.codegen;

import org.jspecify.annotations.NullMarked;
