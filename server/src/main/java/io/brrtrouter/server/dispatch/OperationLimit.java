package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.RateLimitExtension;
import io.brrtrouter.server.limit.Limit;
import io.brrtrouter.server.limit.Quota;
import io.brrtrouter.server.limit.RateLimits;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often each client may ask for an operation: what the configuration says of its handler, else
 * what its document says, filled up by the configuration, else what that says in general.
 */
final class OperationLimit {
  /** What clients know the quota by. */
  private static final String POLICY = "operation";

  private OperationLimit() {}

  /**
   * {@return the limit, null for any number}
   *
   * @param operation the operation
   * @param limits what the configuration says
   * @param findings takes what contradicts that in the document
   */
  static @Nullable Limit of(Operation operation, RateLimits limits, List<Finding> findings) {
    String handler = HandlerNames.of(operation);
    RateLimits.Terms base = limits.base(handler).orElse(null);
    return switch (RateLimitExtension.of(operation)) {
      case RateLimitExtension.Off _ when base != null -> null;
      case RateLimitExtension.Own own when base != null ->
          limits.isSkipped(operation.method()) ? null : own(operation, own, base, findings);
      case RateLimitExtension _ -> limits.of(handler, operation.method());
    };
  }

  private static Limit own(
      Operation operation,
      RateLimitExtension.Own own,
      RateLimits.Terms base,
      List<Finding> findings) {
    int requests = own.requests().orElse(base.quota().requests());
    int burst = own.burst().orElse(requests);
    if (burst > requests) {
      findings.add(burstAbove(operation, burst, requests));
    }
    Quota quota =
        new Quota(
            POLICY,
            requests,
            own.window().orElse(base.quota().window()),
            Math.min(burst, requests));
    // Not the handler: operations with limits of their own may have one in common.
    String scope = operation.method() + ":" + operation.path();
    return new Limit(scope, quota, own.key().flatMap(RateLimits.Key::parse).orElse(base.key()));
  }

  private static Finding burstAbove(Operation operation, int burst, int requests) {
    return new Finding(
        "extension-value",
        Severity.ERROR,
        operation.extensionLocations().getOrDefault(RateLimitExtension.FIELD, operation.location()),
        "%s.burst is %d, and rate_limit.requests is %d"
            .formatted(RateLimitExtension.FIELD, burst, requests),
        "add requests beside it, or lower it");
  }
}
