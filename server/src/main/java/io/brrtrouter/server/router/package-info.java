/**
 * Path templates in an immutable tree of segments: text in, a value and its parameters out. Has
 * never heard of HTTP.
 *
 * <p>{@link io.brrtrouter.server.router.Router} states the rules of matching.
 */
@NullMarked
package io.brrtrouter.server.router;

import org.jspecify.annotations.NullMarked;
