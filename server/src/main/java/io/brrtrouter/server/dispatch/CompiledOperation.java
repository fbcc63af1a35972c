package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Operation;

/**
 * One operation, ready to serve. Immutable.
 *
 * @param operation the operation, as the document describes it
 * @param template the path template it is served under, base path included
 * @param handlerName name of its handler
 */
record CompiledOperation(Operation operation, String template, String handlerName) {}
