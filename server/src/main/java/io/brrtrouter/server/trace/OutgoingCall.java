package io.brrtrouter.server.trace;

/**
 * A request that this server sends on behalf of one it answers. Immutable.
 *
 * @param method the method
 * @param scheme {@code http} or {@code https}
 * @param host the host, an IPv6 address without brackets
 * @param port the port
 * @param target path and query, percent-encoded
 * @param resends how often it was sent before
 */
public record OutgoingCall(
    String method, String scheme, String host, int port, String target, int resends) {}
