/**
 * One attempt: a request out, an answer or a failure in. The only room that names the HTTP client.
 */
@NullMarked
package io.brrtrouter.outbound.client;

import org.jspecify.annotations.NullMarked;
