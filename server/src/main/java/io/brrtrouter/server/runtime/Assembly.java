package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.server.dispatch.DispatchOptions;
import io.brrtrouter.server.dispatch.Endpoint;
import io.brrtrouter.server.dispatch.ExchangeListener;
import io.brrtrouter.server.dispatch.Fallback;
import io.brrtrouter.server.dispatch.Filter;
import io.brrtrouter.server.metrics.ServerMetrics;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns configuration and builder into what the dispatcher asks for. */
final class Assembly {
  private final ServerConfig config;
  private final Lifecycle lifecycle;
  private final ServerMetrics metrics = new ServerMetrics();

  Assembly(ServerConfig config, Lifecycle lifecycle) {
    this.config = config;
    this.lifecycle = lifecycle;
  }

  ServerMetrics metrics() {
    return metrics;
  }

  Fallback fallback(@Nullable Boolean mock, boolean echo) {
    if (echo) {
      return Fallback.ECHO;
    }
    return (mock == null ? config.mock() : mock) ? Fallback.MOCK : Fallback.NONE;
  }

  DispatchOptions options(
      Loaded loaded, List<Filter> filters, List<ExchangeListener> listeners, Fallback fallback) {
    List<ExchangeListener> all = new ArrayList<>(List.of(metrics));
    all.addAll(listeners);
    return new DispatchOptions(
        fallback,
        config.responseCheck(),
        config.dispatchLimits(),
        config.problemBase(),
        isLoopback(config.host()),
        filters,
        all,
        endpoints(loaded));
  }

  private Map<String, Endpoint> endpoints(Loaded loaded) {
    return loaded.api().isEmpty()
        ? Map.of()
        : BuiltInEndpoints.of(
            config.endpoints(), lifecycle::readiness, metrics, ServedDocument.of(loaded));
  }

  /** A name that does not resolve is no loopback; binding will say what is wrong with it. */
  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }
}
