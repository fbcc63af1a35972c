package io.brrtrouter.server.dispatch;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a compiled API needs to know beyond the document. Immutable.
 *
 * @param fallback what answers operations without a handler
 * @param responseCheck the check of responses, unless the operation has {@code
 *     x-brrtrouter-response-check}
 * @param limits bounds on requests
 * @param problemBase what stands before the slug in the {@code type} of a problem
 * @param loopback whether the server listens on a loopback address only
 * @param filters filters, outermost first
 * @param listeners who is told about exchanges
 * @param endpoints built-in endpoints by path template
 * @param strictQuery whether query parameters that nobody declares are violations
 * @param mockSecured whether operations that demand credentials answer from examples even where
 *     they have a handler
 */
public record DispatchOptions(
    Fallback fallback,
    ResponseCheckMode responseCheck,
    DispatchLimits limits,
    String problemBase,
    boolean loopback,
    List<Filter> filters,
    List<ExchangeListener> listeners,
    Map<String, Endpoint> endpoints,
    boolean strictQuery,
    boolean mockSecured) {

  /** The options unless configured otherwise: nothing mocked, responses checked and logged. */
  public static final DispatchOptions DEFAULT =
      new DispatchOptions(
          Fallback.NONE,
          ResponseCheckMode.LOG,
          DispatchLimits.DEFAULT,
          ProblemType.DEFAULT_BASE,
          true,
          List.of(),
          List.of(),
          Map.of(),
          false,
          false);

  /** Copies the collections, keeping their order. */
  public DispatchOptions {
    filters = List.copyOf(filters);
    listeners = List.copyOf(listeners);
    endpoints = Collections.unmodifiableMap(new LinkedHashMap<>(endpoints));
  }

  /** {@return the same options with other built-in endpoints} */
  DispatchOptions withEndpoints(Map<String, Endpoint> others) {
    return new DispatchOptions(
        fallback,
        responseCheck,
        limits,
        problemBase,
        loopback,
        filters,
        listeners,
        others,
        strictQuery,
        mockSecured);
  }

  /** {@return the same options with another answer to undeclared query parameters} */
  DispatchOptions withStrictQuery(boolean strict) {
    return new DispatchOptions(
        fallback,
        responseCheck,
        limits,
        problemBase,
        loopback,
        filters,
        listeners,
        endpoints,
        strict,
        mockSecured);
  }
}
