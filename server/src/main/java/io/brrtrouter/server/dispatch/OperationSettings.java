package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.model.Operation;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * What an operation's {@code x-brrtrouter-*} extensions change of the server's options.
 *
 * @param bodyLimit most bytes of a body
 * @param deadlineMillis milliseconds the handler may take, 0 for any time
 * @param responseCheck how its responses are checked
 */
record OperationSettings(int bodyLimit, long deadlineMillis, ResponseCheckMode responseCheck) {
  static final String BODY_LIMIT = "x-brrtrouter-body-limit";
  static final String DEADLINE = "x-brrtrouter-deadline-ms";
  static final String RESPONSE_CHECK = "x-brrtrouter-response-check";

  /** A day: a larger deadline is a mistake of units. */
  private static final long LONGEST_DEADLINE = 86_400_000;

  static OperationSettings of(
      Operation operation, DispatchOptions options, List<Finding> findings) {
    DispatchLimits limits = options.limits();
    Reader reader = new Reader(operation, findings);
    long bodyLimit =
        reader.number(BODY_LIMIT, 1, limits.bodyCeiling(), "bytes").orElse((long) limits.body());
    long deadline =
        reader
            .number(DEADLINE, 0, LONGEST_DEADLINE, "milliseconds")
            .orElse(limits.deadlineMillis());
    ResponseCheckMode check =
        reader
            .read(RESPONSE_CHECK, OperationSettings::mode, "off, log, enforce or sample:RATE")
            .orElse(options.responseCheck());
    return new OperationSettings((int) bodyLimit, deadline, check);
  }

  private static Optional<ResponseCheckMode> mode(JsonNode value) {
    return value.isString() ? ResponseCheckMode.parse(value.stringValue()) : Optional.empty();
  }

  private record Reader(Operation operation, List<Finding> findings) {

    Optional<Long> number(String name, long least, long most, String unit) {
      return read(
          name,
          value ->
              value.isIntegralNumber()
                      && value.canConvertToLong()
                      && value.longValue() >= least
                      && value.longValue() <= most
                  ? Optional.of(value.longValue())
                  : Optional.empty(),
          "a number of " + unit + " from " + least + " to " + most);
    }

    <T> Optional<T> read(String name, Function<JsonNode, Optional<T>> parse, String wanted) {
      JsonNode value = operation.extensions().get(name);
      if (value == null) {
        return Optional.empty();
      }
      Optional<T> parsed = parse.apply(value);
      if (parsed.isEmpty()) {
        findings.add(
            new Finding(
                "extension-value",
                Severity.ERROR,
                operation.location(),
                name + " has a value it cannot have",
                "write " + wanted));
      }
      return parsed;
    }
  }
}
