/** Tests of streams. */
@NullMarked
package io.brrtrouter.server.stream;

import org.jspecify.annotations.NullMarked;
