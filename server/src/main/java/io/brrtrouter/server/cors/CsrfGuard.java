package io.brrtrouter.server.cors;

import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.Method;
import io.brrtrouter.server.http.TrustedProxies;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tells the requests of one operation that another site has forged: they change something, a
 * browser has added the credential that lets them in, and a page of somebody else has sent them. By
 * itself a browser adds cookies, what its user once typed for HTTP authentication such as Basic,
 * and the certificate of a connection; it never adds bearer tokens or keys in header fields. Which
 * page has sent a request, browsers tell by Fetch Metadata ({@code Sec-Fetch-Site}), older ones by
 * {@code Origin} or {@code Referer}. Immutable.
 */
public final class CsrfGuard {
  /** What changes nothing (RFC 9110 section 9.2.1), so that forging it gains nothing. */
  private static final Set<Method> SAFE =
      Set.of(Method.GET, Method.HEAD, Method.OPTIONS, Method.TRACE, Method.QUERY);

  private final CsrfPolicy policy;
  private final CorsPolicy cors;
  private final AmbientCredentials ambient;
  private final Scope scope;
  private final TrustedProxies proxies;

  /** Whether a guard has something to refuse, and if not, why. */
  public enum Scope {
    /** It refuses forged requests. */
    GUARDED,
    /** Browsers add none of the operation's credentials by themselves. */
    NOTHING_ADDED,
    /** Forging what changes nothing gains nothing. */
    CHANGES_NOTHING,
    /** It is turned off. */
    OFF
  }

  private CsrfGuard(
      CsrfPolicy policy,
      CorsPolicy cors,
      AmbientCredentials ambient,
      Scope scope,
      TrustedProxies proxies) {
    this.proxies = proxies;
    this.policy = policy;
    this.cors = cors;
    this.ambient = ambient;
    this.scope = scope;
  }

  /**
   * {@return the guard of an operation}
   *
   * @param policy who is trusted
   * @param cors the operation's policy: origins that may send credentials by it are trusted too
   * @param method the operation's method
   * @param webSocket whether it begins a WebSocket, by which anything may be changed
   * @param ambient the credentials of the operation that browsers add by themselves
   * @param proxies who is believed about what a request was sent to
   */
  public static CsrfGuard of(
      CsrfPolicy policy,
      CorsPolicy cors,
      Method method,
      boolean webSocket,
      AmbientCredentials ambient,
      TrustedProxies proxies) {
    boolean safe = SAFE.contains(method) && !webSocket;
    return new CsrfGuard(policy, cors, ambient, scope(policy, safe, ambient), proxies);
  }

  private static Scope scope(CsrfPolicy policy, boolean safe, AmbientCredentials ambient) {
    if (ambient.isNone()) {
      return Scope.NOTHING_ADDED;
    }
    if (!policy.enabled()) {
      return Scope.OFF;
    }
    return safe ? Scope.CHANGES_NOTHING : Scope.GUARDED;
  }

  /**
   * {@return whether a request is refused} Never blocks, unless the predicate of the {@link
   * CorsPolicy} does.
   *
   * @param head the head of a request of the operation
   */
  public boolean refuses(HttpRequest head) {
    if (scope != Scope.GUARDED) {
      return false;
    }
    if (ambient.hasUnasked(head)) {
      return !isTrusted(head, cors::trustsWithCredentials);
    }
    // A page may also have written this field itself, which it needs to be allowed to by CORS.
    return ambient.hasAuthorization(head) && !isTrusted(head, cors::trustsWithAuthorization);
  }

  /** {@return whether it refuses anything} */
  public Scope scope() {
    return scope;
  }

  /** {@return the credentials of the operation that browsers add by themselves, in words} */
  public List<String> ambient() {
    return ambient.names();
  }

  /** {@return who is trusted} */
  public CsrfPolicy policy() {
    return policy;
  }

  private boolean isTrusted(HttpRequest head, Predicate<String> byCors) {
    Headers headers = head.headers();
    String site = headers.get("Sec-Fetch-Site");
    String origin = headers.get("Origin");
    if (site != null) {
      return switch (site) {
        case "same-origin", "none" -> true;
        case "same-site" -> policy.allowSameSite() || isListed(origin, byCors);
        default -> isListed(origin, byCors);
      };
    }
    String referer = origin == null ? headers.get("Referer") : null;
    String from = referer == null ? origin : Origins.ofUrl(referer);
    // Whoever sends none of the three is no browser, and nobody can make it forge anything.
    return from == null
        ? referer == null
        : Origins.isSame(from, head, proxies) || isListed(from, byCors);
  }

  private boolean isListed(@Nullable String origin, Predicate<String> byCors) {
    return origin != null && (policy.trustedOrigins().contains(origin) || byCors.test(origin));
  }
}
