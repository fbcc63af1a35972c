package io.brrtrouter.testing.telemetry;

import java.util.Map;

/**
 * A log record as it was received. Immutable.
 *
 * @param resource attributes of who sent it
 * @param traceId 32 hexadecimal digits; empty without
 * @param spanId 16 hexadecimal digits; empty without
 * @param severity {@code INFO} for example
 * @param body its text
 * @param attributes its attributes, as for spans
 */
public record ReceivedLog(
    Map<String, Object> resource,
    String traceId,
    String spanId,
    String severity,
    String body,
    Map<String, Object> attributes) {
  /** Copies the maps. */
  public ReceivedLog {
    resource = Map.copyOf(resource);
    attributes = Map.copyOf(attributes);
  }
}
