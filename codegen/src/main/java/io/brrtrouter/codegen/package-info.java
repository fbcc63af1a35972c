/** From an OpenAPI document to Java source files. */
@NullMarked
package io.brrtrouter.codegen;

import org.jspecify.annotations.NullMarked;
