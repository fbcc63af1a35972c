/** Values of RFC 9110: methods, header fields, media types, requests and responses. */
@NullMarked
package io.brrtrouter.server.http;

import org.jspecify.annotations.NullMarked;
