/** Tests of the string formats, each a single pass over the text without allocation. */
@NullMarked
package io.brrtrouter.schema.format;

import org.jspecify.annotations.NullMarked;
