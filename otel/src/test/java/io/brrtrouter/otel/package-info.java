@NullMarked
package io.brrtrouter.otel;

import org.jspecify.annotations.NullMarked;
