package io.brrtrouter.server.limit;

/**
 * What is counted together for each client.
 *
 * @param scope what of the server it is about: an operation or the name of a handler; empty for
 *     what counts before authentication
 * @param quota how much
 * @param key by what clients are told apart
 */
public record Limit(String scope, Quota quota, RateLimits.Key key) {}
