/**
 * Values of RFC 9110: methods, header fields, media types, requests and responses; and the contract
 * between what reads requests and what answers them, {@link io.brrtrouter.server.http.HeadHandler}.
 */
@NullMarked
package io.brrtrouter.server.http;

import org.jspecify.annotations.NullMarked;
