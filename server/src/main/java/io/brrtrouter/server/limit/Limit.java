package io.brrtrouter.server.limit;

/**
 * What is counted together for each client.
 *
 * @param scope what of the server it is about: an operation, before or after authentication, or the
 *     name of a handler; empty for all of it
 * @param quota how much
 * @param key by what clients are told apart
 */
public record Limit(String scope, Quota quota, RateLimits.Key key) {}
