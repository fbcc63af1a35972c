/**
 * What a server tells whoever records requests in traces, and where those are found: a contract
 * that knows no tracing system. Implementations live in modules of their own.
 */
@NullMarked
package io.brrtrouter.server.trace;

import org.jspecify.annotations.NullMarked;
