/** What a server sends by itself: the requests of webhooks and callbacks. */
@NullMarked
package io.brrtrouter.outbound;

import org.jspecify.annotations.NullMarked;
