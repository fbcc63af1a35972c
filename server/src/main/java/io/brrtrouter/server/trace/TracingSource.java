package io.brrtrouter.server.trace;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes {@link RequestTracing} of what the environment says. Modules that know a tracing system
 * offer one, which is found by {@link java.util.ServiceLoader}.
 */
@FunctionalInterface
public interface TracingSource {

  /**
   * {@return tracing; empty when the environment does not ask for it: then nothing is kept open,
   * and no request costs anything} Waits for nobody.
   *
   * @param settings what is configured
   * @throws IllegalArgumentException if the environment asks for what there is not, with a message
   *     that says so
   */
  Optional<RequestTracing> open(Settings settings);

  /**
   * What is configured. Immutable.
   *
   * @param environment the environment variables that the server was configured with, its own
   *     excluded; may have secrets
   * @param serviceName what the traced service is called, unless the environment says it
   * @param serviceVersion its version; empty if unknown
   * @param redacted names of query parameters whose values are not recorded
   */
  record Settings(
      Map<String, String> environment,
      String serviceName,
      String serviceVersion,
      List<String> redacted) {
    /** Copies the collections. */
    public Settings {
      environment = Map.copyOf(environment);
      redacted = List.copyOf(redacted);
    }

    /** {@return the settings without what must not be shown} */
    @Override
    public String toString() {
      return "Settings[" + serviceName + "]";
    }
  }
}
