/**
 * The end-to-end figure: CPU of a server for each request of a validated exchange over the same
 * exchange on bare Netty, unvalidated.
 */
@NullMarked
package io.brrtrouter.benchmarks.endtoend;

import org.jspecify.annotations.NullMarked;
