package io.brrtrouter.server.metrics;

import io.brrtrouter.openapi.model.Operation;

/**
 * What tells the series of one operation at one path from those of others.
 *
 * @param name the operationId, else method and path template
 * @param method the method
 * @param route the path template, base path included
 */
record OperationLabels(String name, String method, String route) {
  /** Those of requests without operation. */
  static OperationLabels none(String method) {
    return new OperationLabels("", method, "");
  }

  static OperationLabels of(Operation operation, String template) {
    return new OperationLabels(name(operation, template), operation.method(), template);
  }

  /** {@return what an operation is called} */
  static String name(Operation operation, String template) {
    return operation.operationId().orElse(operation.method() + " " + template);
  }
}
