/** WebSocket (RFC 6455) with compression (RFC 7692), over HTTP/1.1 and HTTP/2 (RFC 8441). */
@NullMarked
package io.brrtrouter.server.websocket;

import org.jspecify.annotations.NullMarked;
