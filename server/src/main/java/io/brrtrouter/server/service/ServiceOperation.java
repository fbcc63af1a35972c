package io.brrtrouter.server.service;

import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.openapi.model.ServiceExtension;
import java.util.List;

/**
 * An operation that another service answers.
 *
 * @param operation the operation
 * @param target what it says about the service
 * @param schemes the security schemes of its document, whose credentials are for this server
 */
public record ServiceOperation(
    Operation operation, ServiceExtension target, List<SecurityScheme> schemes) {
  /** Copies the list. */
  public ServiceOperation {
    schemes = List.copyOf(schemes);
  }
}
