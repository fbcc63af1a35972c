/** What a server logs of each request, and what backends of logging do for a server. */
@NullMarked
package io.brrtrouter.server.log;

import org.jspecify.annotations.NullMarked;
