package io.brrtrouter.server.cors;

import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.Method;
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
  /** Refuses nothing. */
  public static final CsrfGuard NONE =
      new CsrfGuard(CsrfPolicy.DEFAULT, CorsPolicy.OFF, AmbientCredentials.NONE);

  /** What changes nothing (RFC 9110 section 9.2.1), so that forging it gains nothing. */
  private static final Set<Method> SAFE =
      Set.of(Method.GET, Method.HEAD, Method.OPTIONS, Method.TRACE, Method.QUERY);

  private final CsrfPolicy policy;
  private final CorsPolicy cors;
  private final AmbientCredentials ambient;

  private CsrfGuard(CsrfPolicy policy, CorsPolicy cors, AmbientCredentials ambient) {
    this.policy = policy;
    this.cors = cors;
    this.ambient = ambient;
  }

  /**
   * {@return the guard of an operation}
   *
   * @param policy who is trusted
   * @param cors the operation's policy: origins that may send credentials by it are trusted too
   * @param method the operation's method
   * @param ambient the credentials of the operation that browsers add by themselves
   */
  public static CsrfGuard of(
      CsrfPolicy policy, CorsPolicy cors, Method method, AmbientCredentials ambient) {
    return !policy.enabled() || SAFE.contains(method) || ambient.isNone()
        ? NONE
        : new CsrfGuard(policy, cors, ambient);
  }

  /**
   * {@return whether a request is refused} Never blocks, unless the predicate of the {@link
   * CorsPolicy} does.
   *
   * @param head the head of a request of the operation
   */
  public boolean refuses(HttpRequest head) {
    if (ambient.isNone()) {
      return false;
    }
    if (ambient.hasUnasked(head)) {
      return !isTrusted(head.headers(), cors::trustsWithCredentials);
    }
    // A page may also have written this field itself, which it needs to be allowed to by CORS.
    return ambient.hasAuthorization(head)
        && !isTrusted(head.headers(), cors::trustsWithAuthorization);
  }

  /** {@return the credentials that it looks for, in words; none where it refuses nothing} */
  public List<String> guarded() {
    return ambient.names();
  }

  private boolean isTrusted(Headers headers, Predicate<String> byCors) {
    String site = headers.get("Sec-Fetch-Site");
    String origin = headers.get("Origin");
    String host = headers.get("Host");
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
    return from == null ? referer == null : Origins.isSame(from, host) || isListed(from, byCors);
  }

  private boolean isListed(@Nullable String origin, Predicate<String> byCors) {
    return origin != null && (policy.trustedOrigins().contains(origin) || byCors.test(origin));
  }
}
