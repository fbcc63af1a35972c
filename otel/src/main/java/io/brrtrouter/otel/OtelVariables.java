package io.brrtrouter.otel;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The standard variables of OpenTelemetry, as properties: {@code OTEL_TRACES_EXPORTER} is {@code
 * otel.traces.exporter}. System properties of these names go before the environment, as everywhere
 * in OpenTelemetry. Immutable.
 *
 * @param properties those that are set, by the names of properties
 */
record OtelVariables(Map<String, String> properties) {
  private static final String PREFIX = "otel.";
  private static final String DISABLED = "otel.sdk.disabled";
  private static final String EXPORTER = "otel.traces.exporter";

  /** Not standard, but what every instrumentation of HTTP takes. */
  private static final String KNOWN_METHODS = "otel.instrumentation.http.known-methods";

  private static final List<String> ENDPOINTS =
      List.of("otel.exporter.otlp.endpoint", "otel.exporter.otlp.traces.endpoint");

  /** RFC 9110 section 9.3, RFC 5789 and {@code QUERY}, as the semantic conventions have it. */
  private static final Set<String> METHODS =
      Set.of(
          "CONNECT", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "QUERY", "TRACE");

  /** Copies the map. */
  OtelVariables {
    properties = Map.copyOf(properties);
  }

  /**
   * {@return what is set}
   *
   * @param environment environment variables
   */
  static OtelVariables of(Map<String, String> environment) {
    Map<String, String> properties = new HashMap<>();
    environment.forEach((name, value) -> {
      String property = name.toLowerCase(Locale.ROOT).replace('_', '.');
      if (name.startsWith("OTEL_") && !value.isEmpty()) {
        properties.put(property, value);
      }
    });
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(PREFIX)) {
        properties.put(name, System.getProperty(name));
      }
    }
    return new OtelVariables(properties);
  }

  /**
   * {@return whether traces are asked for} By an exporter other than {@code none}, or by saying
   * where to; not by the default of an SDK, which is an exporter to a collector on this machine.
   */
  boolean ask() {
    if (Boolean.parseBoolean(properties.get(DISABLED))) {
      return false;
    }
    String exporter = properties.get(EXPORTER);
    return exporter == null
        ? ENDPOINTS.stream().anyMatch(properties::containsKey)
        : !exporter.strip().equals("none");
  }

  /** {@return the methods that traces name; any other one is {@code _OTHER} there} */
  Set<String> knownMethods() {
    String given = given(KNOWN_METHODS);
    if (given == null) {
      return METHODS;
    }
    Set<String> methods = new HashSet<>();
    for (String method : given.split(",", -1)) {
      if (!method.isBlank()) {
        methods.add(method.strip());
      }
    }
    return Set.copyOf(methods);
  }

  static Set<String> usualMethods() {
    return METHODS;
  }

  /** Of a variable nobody knows which underscores are hyphens. */
  private @Nullable String given(String name) {
    String exact = properties.get(name);
    return exact == null ? properties.get(name.replace('-', '.')) : exact;
  }
}
