/**
 * The only room that names the HTTP library: sockets in, {@link
 * io.brrtrouter.server.http.HeadHandler} out.
 */
@NullMarked
package io.brrtrouter.server.transport;

import org.jspecify.annotations.NullMarked;
