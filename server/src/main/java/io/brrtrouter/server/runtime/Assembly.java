package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.auth.SecurityOptions;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.cors.CorsPolicy;
import io.brrtrouter.server.dispatch.CompiledApi;
import io.brrtrouter.server.dispatch.DispatchOptions;
import io.brrtrouter.server.dispatch.Endpoint;
import io.brrtrouter.server.dispatch.ExchangeListener;
import io.brrtrouter.server.dispatch.Fallback;
import io.brrtrouter.server.dispatch.Filter;
import io.brrtrouter.server.dispatch.Mount;
import io.brrtrouter.server.dispatch.ServedOperation;
import io.brrtrouter.server.limit.RateLimits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns configuration and builder into what the dispatcher asks for. */
final class Assembly {
  private final ServerConfig config;
  private final Fixtures fixtures;

  Assembly(ServerConfig config, Fixtures fixtures) {
    this.config = config;
    this.fixtures = fixtures;
  }

  Fallback fallback(Optional<Fallback> given) {
    return given.orElse(config.mock() ? Fallback.MOCK : Fallback.NONE);
  }

  DispatchOptions options(
      List<Filter> filters,
      List<ExchangeListener> listeners,
      Fallback fallback,
      SecuritySetup security,
      RateLimits limits,
      List<Mount> mounts) {
    List<ExchangeListener> all = new ArrayList<>(List.of(fixtures.metrics()));
    if (config.endpoints().securityDecisions().isPresent()) {
      all.add(fixtures.decisions());
    }
    LogKeys.access(config.values(), config.endpoints(), config.trustedProxies())
        .ifPresent(all::add);
    all.addAll(listeners);
    return DispatchOptions.builder()
        .fallback(fallback)
        .responseCheck(config.responseCheck())
        .limits(config.dispatchLimits())
        .problemBase(config.problemBase())
        .filters(filters)
        .listeners(all)
        .strictQuery(config.strictQuery())
        .development(config.security().development())
        .security(new SecurityOptions(security.providers(), true, config.security().lenient()))
        .cors(config.cors())
        .csrf(config.csrf())
        .securityHeaders(
            isLoopback(config.host())
                ? config.securityHeaders().withoutHsts()
                : config.securityHeaders())
        .proxies(config.trustedProxies())
        .rateLimits(limits)
        .compression(config.compression())
        .reload(config.reload())
        .mounts(mounts)
        .tracing(fixtures.tracing())
        .build();
  }

  /** {@return who verifies nothing yet; what it makes has to be closed} */
  SecuritySetup setup() {
    return new SecuritySetup(config.values(), SecurityKeys.SOURCES, System.getenv());
  }

  /** {@return the same, what it makes being the claim's} */
  SecuritySetup setup(SharedParts.Claim claim) {
    return new SecuritySetup(
        config.values(), SecurityKeys.SOURCES, System.getenv(), Optional.of(claim));
  }

  /**
   * Finds who verifies the credentials of a document.
   *
   * @param loaded the document, which may have errors
   * @param given providers that code gives
   * @param setup takes them
   */
  void secure(Loaded loaded, Map<String, SecurityProvider> given, SecuritySetup setup) {
    boolean loopback = isLoopback(config.host());
    loaded.api().ifPresent(api -> setup.assemble(given, api, loopback));
    if (!loopback) {
      config
          .endpoints()
          .securityDecisions()
          .ifPresent(path -> setup.refuseDecisions(place(ConfigKeys.SECURITY_DECISIONS), path));
    }
    refuseProxies(setup);
  }

  private SourceLocation place(ConfigKey<?> key) {
    return config.values().place(key);
  }

  /** A proxy on this machine makes everybody who asks it a client of this machine. */
  private void refuseProxies(SecuritySetup setup) {
    List<String> proxies = new ArrayList<>();
    if (!config.trustedProxies().ranges().isEmpty()) {
      proxies.add(ProxyKeys.TRUSTED.name());
    }
    config.proxies().ifPresent(_ -> proxies.add(ConfigKeys.PROXY_PROTOCOL.name()));
    if (proxies.isEmpty()) {
      return;
    }
    String set = String.join(" and ", proxies);
    if (config.security().development()) {
      setup.refuse(
          place(SecurityKeys.DEVELOPMENT),
          "security.development is on, and by "
              + set
              + " proxies hand on the requests of others:"
              + " everybody knows the credentials for development",
          "remove " + set + ", or configure providers");
    }
    config
        .endpoints()
        .securityDecisions()
        .ifPresent(path ->
            setup.refuse(
                place(ConfigKeys.SECURITY_DECISIONS),
                "endpoints.security_decisions = "
                    + path
                    + " tells why requests are refused, and by "
                    + set
                    + " proxies hand on the requests of others",
                "remove " + set + ", or turn it off"));
  }

  /**
   * {@return how much clients may ask for}
   *
   * @param loaded the document, which may have errors
   * @param setup knows what is configured
   * @param claim has who counts
   */
  RateLimits limits(Loaded loaded, RateLimitSetup setup, SharedParts.Claim claim) {
    return loaded.api().map(api -> setup.limits(api, claim)).orElse(RateLimits.NONE);
  }

  /** {@return what the server answers by itself about itself and a document it serves} */
  Map<String, Endpoint> endpoints(Loaded loaded, CompiledApi api) {
    return BuiltInEndpoints.of(
        config.endpoints(),
        fixtures.ready(),
        fixtures.metrics(),
        fixtures.decisions(),
        fixtures.reloads(),
        ServedDocument.of(loaded, api));
  }

  /** {@return what is odd about serving a document like this, beside what lint says of it} */
  List<Finding> warnings(
      CompiledApi api, LintedDocument document, CorsPolicy cors, List<Finding> compiled) {
    List<Finding> warnings = new ArrayList<>(config.warnings());
    warnings.addAll(config.plainSecrets());
    warnings.addAll(new IdleLimits(config.values()).in(api.document()));
    if (cors == config.cors()) {
      warnings.addAll(new UnsentFields(config.values(), api.document()).findings());
    }
    warnings.addAll(new RefusedOrigins(config, cors).in(api));
    warnings.addAll(replaced(api));
    List<Finding> further = new ArrayList<>(compiled);
    further.removeAll(document.findings());
    // There is one at most, and it must not be lost among many.
    warnings.addAll(further.reversed());
    return warnings;
  }

  /** {@return a warning for each built-in endpoint that a path of the document replaces} */
  private List<Finding> replaced(CompiledApi api) {
    List<Finding> replaced = new ArrayList<>();
    config
        .endpoints()
        .byName()
        .forEach((name, path) ->
            api.operationAt(path).ifPresent(by -> replaced.add(replaced(name, path, by))));
    return replaced;
  }

  private static Finding replaced(String endpoint, String path, ServedOperation by) {
    String matches = by.path().equals(path) ? "" : ", which matches " + path;
    return new Finding(
        "endpoint-replaced",
        Severity.WARNING,
        by.operation().location(),
        "the document has a path %s%s, so the built-in endpoint %s is not served"
            .formatted(by.path(), matches, endpoint),
        "give endpoints.%s another path, or off".formatted(endpoint));
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
