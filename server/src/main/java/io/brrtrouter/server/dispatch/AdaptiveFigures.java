package io.brrtrouter.server.dispatch;

/**
 * How it stands with the adaptive limit of an operation.
 *
 * @param limit what the limit is called: the name of the operation's handler, or of the class that
 *     shares it
 * @param operation the name of the operation's handler
 * @param priority how much the operation matters beside others that share the limit
 * @param most how many requests may be worked on at once now
 * @param inFlight how many are
 * @param refusals requests of the operation that found no room so far
 */
public record AdaptiveFigures(
    String limit, String operation, String priority, int most, int inFlight, long refusals) {}
