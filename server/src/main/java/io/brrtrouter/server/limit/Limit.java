package io.brrtrouter.server.limit;

/**
 * What is counted together for each client.
 *
 * @param scope name of an operation's handler; empty for what counts before authentication
 * @param quota how much
 */
public record Limit(String scope, Quota quota) {}
