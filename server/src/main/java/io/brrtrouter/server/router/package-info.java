/** Path templates in a radix tree; has never heard of HTTP. */
@NullMarked
package io.brrtrouter.server.router;

import org.jspecify.annotations.NullMarked;
