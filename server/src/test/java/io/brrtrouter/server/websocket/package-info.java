/** Tests of WebSockets. */
@NullMarked
package io.brrtrouter.server.websocket;

import org.jspecify.annotations.NullMarked;
