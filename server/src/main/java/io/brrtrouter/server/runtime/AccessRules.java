package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.model.CorsExtension;
import io.brrtrouter.openapi.model.OpenApi;
import io.brrtrouter.openapi.model.Operation;
import io.brrtrouter.server.auth.SecurityProvider;
import io.brrtrouter.server.cors.AmbientCredentials;
import io.brrtrouter.server.cors.CorsPolicy;
import io.brrtrouter.server.cors.CsrfGuard;
import io.brrtrouter.server.cors.CsrfPolicy;
import io.brrtrouter.server.cors.OriginDecision;
import io.brrtrouter.server.dispatch.OperationLimit;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.TrustedProxies;
import io.brrtrouter.server.limit.Limit;
import io.brrtrouter.server.limit.Quota;
import io.brrtrouter.server.limit.RateLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says in words what keeps requests from an operation whatever their credentials are worth: from
 * which pages they come, and how many. A line each.
 *
 * @param api the document
 * @param operation one of its operations
 * @param config the configuration
 * @param providers who verifies, by name of the scheme
 */
record AccessRules(
    OpenApi api,
    Operation operation,
    ServerConfig config,
    Map<String, SecurityProvider> providers) {

  /** {@return why a request is refused whatever its credentials are worth, empty if it is not} */
  Optional<String> refusal(HttpRequest request) {
    if (cors().judge(request) instanceof OriginDecision.Refused) {
      return Optional.of("pages of its origin may not use this API");
    }
    return guard().refuses(request)
        ? Optional.of("a page of another site sent it, and the browser added the credential")
        : Optional.empty();
  }

  /** {@return which requests that other sites make a browser send are refused} */
  String forgery() {
    List<String> guarded = guard().guarded();
    return "Forged by another site (CSRF): "
        + (guarded.isEmpty() ? unguarded(config.csrf()) : guarded(config.csrf(), guarded));
  }

  private CsrfGuard guard() {
    return CsrfGuard.of(config.csrf(), cors(), Method.of(operation.method()), ambient());
  }

  private AmbientCredentials ambient() {
    return AmbientCredentials.of(
        operation.security(),
        api.components().securitySchemes(),
        name -> Optional.ofNullable(providers.get(name)).flatMap(SecurityProvider::cookieName));
  }

  private String unguarded(CsrfPolicy policy) {
    if (ambient().equals(AmbientCredentials.NONE)) {
      return "cannot be; browsers add none of these credentials by themselves";
    }
    return policy.enabled()
        ? "let in, because " + operation.method() + " changes nothing"
        : "let in, because security.csrf.enabled is false";
  }

  private static String guarded(CsrfPolicy policy, List<String> guarded) {
    List<String> trusted = new ArrayList<>(policy.trustedOrigins());
    if (policy.allowSameSite()) {
      trusted.addFirst("hosts of the same site");
    }
    return "refused when the browser has added "
        + String.join(" or ", guarded)
        + (trusted.isEmpty() ? "" : "; trusted: " + String.join(", ", trusted));
  }

  /** {@return from pages of which origins it may be called} */
  String pages() {
    return "From pages of other origins (CORS): " + cors().description();
  }

  /** Mistakes of the two together keep a document from being compiled, so there are none here. */
  private CorsPolicy cors() {
    return config.cors().with(CorsExtension.of(operation), new ArrayList<>());
  }

  /**
   * {@return how many requests are let through}
   *
   * @param findings takes what is wrong about that
   */
  String limits(List<Finding> findings) {
    RateLimitSetup setup = new RateLimitSetup(config.rateLimit());
    RateLimits limits = new RateLimits(setup.rules(api), RateLimits.Counting.alone(1));
    findings.addAll(setup.findings());
    boolean open = operation.security().isEmpty();
    List<String> told = new ArrayList<>();
    config
        .rateLimit()
        .authFailures()
        .filter(_ -> !open)
        .ifPresent(quota -> told.add(quota(quota, "refused credentials", "from one address")));
    add(
        open ? null : limits.beforeAuthentication(),
        "from one address before credentials are looked at",
        told);
    Limit own = OperationLimit.of(operation, limits, findings);
    add(own, own == null ? "" : whose(own.key()), told);
    return "Rate limits: " + (told.isEmpty() ? "none" : String.join("; ", told));
  }

  private static void add(@Nullable Limit limit, String whose, List<String> told) {
    if (limit != null) {
      told.add(quota(limit.quota(), "requests", whose));
    }
  }

  private static String quota(Quota quota, String what, String whose) {
    return "%d %s in %d s %s".formatted(quota.requests(), what, quota.window().toSeconds(), whose);
  }

  private static String whose(RateLimits.Key key) {
    return switch (key) {
      case SUBJECT_THEN_IP -> "by one subject, or from one address where there is no subject";
      case SUBJECT -> "by one subject";
      case IP -> "from one address";
    };
  }

  /** {@return whose address counts as the client's} */
  String address() {
    TrustedProxies proxies = config.trustedProxies();
    return "The client's address: "
        + (proxies.ranges().isEmpty()
            ? config.proxies().isPresent()
                ? "what the PROXY protocol says"
                : "that of who is connected"
            : "what "
                + proxies.ranges().stream().map(Object::toString).collect(Collectors.joining(", "))
                + " say in "
                + proxies.field().header());
  }
}
