package io.brrtrouter.server.runtime;

import io.brrtrouter.server.cors.CsrfGuard;
import io.brrtrouter.server.cors.CsrfPolicy;
import io.brrtrouter.server.dispatch.OperationAccess;
import io.brrtrouter.server.http.TrustedProxies;
import io.brrtrouter.server.limit.Quota;
import io.brrtrouter.server.limit.RateLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Says in words what keeps requests from an operation whatever their credentials are worth: from
 * which pages they come, and how many. A line each.
 *
 * @param method the operation's method
 * @param access what was compiled of it
 * @param config the configuration
 */
record AccessRules(String method, OperationAccess access, ServerConfig config) {

  /** {@return which requests that other sites make a browser send are refused} */
  String forgery() {
    CsrfGuard guard = access.browsers().csrf();
    return "Forged by another site (CSRF): "
        + switch (guard.scope()) {
          case GUARDED -> guarded(guard);
          case NOTHING_ADDED -> "cannot be; browsers add none of these credentials by themselves";
          case CHANGES_NOTHING -> "let in, because " + method + " changes nothing";
          case OFF -> "let in, because security.csrf.enabled is false";
        };
  }

  private static String guarded(CsrfGuard guard) {
    CsrfPolicy policy = guard.policy();
    List<String> trusted = new ArrayList<>(policy.trustedOrigins());
    if (policy.allowSameSite()) {
      trusted.addFirst("hosts of the same site");
    }
    return "refused when the browser has added "
        + String.join(" or ", guard.ambient())
        + (trusted.isEmpty()
            ? "; nobody is trusted by security.csrf.trusted_origins or security.csrf.allow_same_site"
            : "; trusted: " + String.join(", ", trusted));
  }

  /** {@return from pages of which origins it may be called} */
  String pages() {
    return "From pages of other origins (CORS): " + access.browsers().cors().description();
  }

  /** {@return how many requests are let through} */
  String counts() {
    List<String> told = new ArrayList<>();
    if (!access.isPublic()) {
      config.rateLimit().authFailures().ifPresent(quota -> told.add(refused(quota)));
    }
    access
        .beforeAuthentication()
        .ifPresent(limit ->
            told.add(
                limit.quota().of("request")
                    + " from one address, before credentials are looked at"));
    access
        .limit()
        .ifPresent(limit -> told.add(limit.quota().of("request") + " " + whose(limit.key())));
    return "Rate limits: " + (told.isEmpty() ? "none" : String.join("; ", told));
  }

  private String refused(Quota quota) {
    return quota.of("refused credential")
        + " from one address to all operations together"
        + (access.takesGuessable()
            ? ""
            : " (beyond them good ones are let in, and others get a 429)");
  }

  private static String whose(RateLimits.Key key) {
    return switch (key) {
      case SUBJECT_THEN_IP -> "by one subject or key, or from one address where there is neither";
      case SUBJECT -> "by one subject or key";
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
