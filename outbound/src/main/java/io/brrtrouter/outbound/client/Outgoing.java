package io.brrtrouter.outbound.client;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * A request as it is sent.
 *
 * @param method the method
 * @param url where to
 * @param headers all header fields but {@code Host} and those of the connection
 * @param body the body; empty without one
 */
@SuppressWarnings("ArrayRecordComponent") // identity of the body is never asked for
public record Outgoing(
    String method, URI url, List<Map.Entry<String, String>> headers, byte[] body) {}
