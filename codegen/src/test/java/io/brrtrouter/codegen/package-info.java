/** Generated code held against the formatter, the compiler and golden files. */
@NullMarked
package io.brrtrouter.codegen;

import org.jspecify.annotations.NullMarked;
