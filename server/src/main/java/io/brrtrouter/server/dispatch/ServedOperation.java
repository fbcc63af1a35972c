package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Operation;

/**
 * One operation at one path, as a client meets it.
 *
 * @param method the method
 * @param path the path template, base path included
 * @param handler the name of the handler that answers
 * @param operation the operation of the document
 */
public record ServedOperation(String method, String path, String handler, Operation operation) {}
