/** Tests of streams. */
@NullUnmarked
package io.brrtrouter.server.stream;

import org.jspecify.annotations.NullUnmarked;
