/** Counters and durations by operation. */
@NullMarked
package io.brrtrouter.server.metrics;

import org.jspecify.annotations.NullMarked;
