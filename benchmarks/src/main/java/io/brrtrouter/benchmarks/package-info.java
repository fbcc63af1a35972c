/** Measurements; {@code docs/performance.md} has the commands and the results. */
@NullMarked
package io.brrtrouter.benchmarks;

import org.jspecify.annotations.NullMarked;
