package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.openapi.model.OperationExtension;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.limit.Limit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What an operation's {@link OperationExtension}s change of the server's options.
 *
 * @param bodyLimit most bytes of a body
 * @param streamsBody whether the body is read while it comes
 * @param inMemory most bytes of a multipart body that are kept in memory if it is
 * @param deadlineMillis milliseconds the handler may take, 0 for any time
 * @param maxInFlight most requests of it in flight, 0 for as many as the server takes
 * @param concurrency the adaptive limit it asks for; null for none
 * @param responseCheck how its responses are checked
 * @param beforeAuthentication how much each address may ask of it before credentials are looked at;
 *     null for any
 * @param limit how much each client may ask of it; null for any
 * @param violations how many violations of a request are told
 */
record OperationSettings(
    long bodyLimit,
    boolean streamsBody,
    int inMemory,
    long deadlineMillis,
    int maxInFlight,
    @Nullable OperationConcurrency concurrency,
    ResponseCheckMode responseCheck,
    @Nullable Limit beforeAuthentication,
    @Nullable Limit limit,
    int violations) {

  /** Reads them; a document with a value that means nothing was refused when it was read. */
  static OperationSettings of(
      Operation operation, DispatchOptions options, List<Finding> findings) {
    DispatchLimits limits = options.limits();
    boolean streams = OperationExtension.streamsBody(operation);
    long bodyLimit =
        OperationExtension.BODY_LIMIT
            .of(operation)
            .map(JsonNode::longValue)
            .orElse(streams ? Long.MAX_VALUE : limits.body());
    if (!streams && bodyLimit > limits.bodyCeiling()) {
      findings.add(aboveCeiling(operation, bodyLimit, limits.bodyCeiling()));
    }
    long deadline =
        OperationExtension.DEADLINE
            .of(operation)
            .map(JsonNode::longValue)
            .orElse(limits.deadlineMillis());
    int maxInFlight =
        OperationExtension.MAX_IN_FLIGHT.of(operation).map(JsonNode::intValue).orElse(0);
    ResponseCheckMode check =
        OperationExtension.RESPONSE_CHECK
            .of(operation)
            .flatMap(value -> ResponseCheckMode.parse(value.stringValue()))
            .orElse(options.responseCheck());
    Limit limit = OperationLimit.of(operation, options.rateLimits(), findings);
    Limit before = options.rateLimits().beforeAuthentication(operation.method(), operation.path());
    return new OperationSettings(
        bodyLimit,
        streams,
        limits.body(),
        deadline,
        maxInFlight,
        OperationConcurrency.of(operation, options.concurrency()),
        check,
        before,
        limit,
        limits.decode().violations());
  }

  private static Finding aboveCeiling(Operation operation, long limit, int ceiling) {
    String name = OperationExtension.BODY_LIMIT.field();
    SourceLocation place = operation.extensionLocations().getOrDefault(name, operation.location());
    return new Finding(
        ServingRule.EXTENSION_VALUE.id(),
        Severity.ERROR,
        place,
        name + " asks for " + limit + " bytes, more than the ceiling of " + ceiling,
        "lower it, or raise body.ceiling_bytes in the configuration");
  }
}
