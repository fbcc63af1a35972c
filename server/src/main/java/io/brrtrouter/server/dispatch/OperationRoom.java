package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Operation;

/**
 * How much room an operation with a bound of its own has. Immutable.
 *
 * @param operation the operation
 * @param template the path template it is served under, base path included
 * @param inFlight how many of its requests are in flight
 * @param limit how many may be
 */
public record OperationRoom(Operation operation, String template, int inFlight, int limit) {}
