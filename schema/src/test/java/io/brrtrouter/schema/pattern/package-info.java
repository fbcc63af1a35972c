@NullMarked
package io.brrtrouter.schema.pattern;

import org.jspecify.annotations.NullMarked;
