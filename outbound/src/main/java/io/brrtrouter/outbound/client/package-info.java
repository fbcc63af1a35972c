/**
 * One attempt: a request out, an answer or a failure in. Only this room and that of the proxy name
 * the HTTP client.
 */
@NullMarked
package io.brrtrouter.outbound.client;

import org.jspecify.annotations.NullMarked;
