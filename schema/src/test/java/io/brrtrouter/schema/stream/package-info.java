@NullMarked
package io.brrtrouter.schema.stream;

import org.jspecify.annotations.NullMarked;
