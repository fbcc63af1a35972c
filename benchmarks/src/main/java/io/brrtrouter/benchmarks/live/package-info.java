/** What large content and many long connections cost. */
@NullMarked
package io.brrtrouter.benchmarks.live;

import org.jspecify.annotations.NullMarked;
