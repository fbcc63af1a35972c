package io.brrtrouter.testing.telemetry;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A span as it was received. Immutable.
 *
 * @param resource attributes of who sent it, {@code service.name} among them
 * @param scope the instrumentation scope
 * @param traceId 32 hexadecimal digits
 * @param spanId 16 hexadecimal digits
 * @param parentSpanId 16 hexadecimal digits; empty where the trace begins
 * @param traceState the list members of {@code tracestate}, as in the field; empty without
 * @param name its name
 * @param kind {@code SERVER}, {@code CLIENT}, {@code INTERNAL}, {@code PRODUCER} or {@code
 *     CONSUMER}
 * @param status {@code UNSET}, {@code OK} or {@code ERROR}
 * @param attributes its attributes: text, {@code Long}, {@code Double}, {@code Boolean}, or lists
 * @param events the names of its events, {@code exception} for example
 * @param startNanos when it began, in nanoseconds since 1970
 * @param endNanos when it ended
 */
public record ReceivedSpan(
    Map<String, Object> resource,
    String scope,
    String traceId,
    String spanId,
    String parentSpanId,
    String traceState,
    String name,
    String kind,
    String status,
    Map<String, Object> attributes,
    List<String> events,
    long startNanos,
    long endNanos) {
  /** Copies the collections. */
  public ReceivedSpan {
    resource = Map.copyOf(resource);
    attributes = Map.copyOf(attributes);
    events = List.copyOf(events);
  }

  /**
   * {@return an attribute as text; empty without}
   *
   * @param attribute its name
   */
  public Optional<String> text(String attribute) {
    return Optional.ofNullable(attributes.get(attribute)).map(Object::toString);
  }
}
