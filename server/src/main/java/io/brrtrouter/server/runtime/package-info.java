/** Wires everything: the server, its builder, configuration and built-in endpoints. */
@NullMarked
package io.brrtrouter.server.runtime;

import org.jspecify.annotations.NullMarked;
