package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.model.Operation;
import java.util.List;

/**
 * A handler's response that does not match the document.
 *
 * @param operation the operation
 * @param template the path template it is served under, base path included
 * @param requestId the request id
 * @param status the status of the handler's response; 500 where that could not be written at all
 * @param violations what is wrong, each with what would be right and where the document says so;
 *     repeats no values, of a {@code Content-Type} only type and subtype
 */
public record ContractBreach(
    Operation operation, String template, String requestId, int status, List<String> violations) {
  /** Copies the list. */
  public ContractBreach {
    violations = List.copyOf(violations);
  }
}
