package io.brrtrouter.server.cors;

import io.brrtrouter.openapi.model.ParameterLocation;
import io.brrtrouter.openapi.model.SecurityRequirement;
import io.brrtrouter.openapi.model.SecurityScheme;
import io.brrtrouter.server.http.Cookie;
import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.Method;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the requests of one operation that another site has forged: they change something, a
 * browser has added the cookie that lets them in, and a page of somebody else has sent them. Which
 * page, browsers tell by Fetch Metadata ({@code Sec-Fetch-Site}), older ones by {@code Origin} or
 * {@code Referer}. Immutable.
 */
public final class CsrfGuard {
  /** Refuses nothing. */
  public static final CsrfGuard NONE = new CsrfGuard(CsrfPolicy.DEFAULT, CorsPolicy.OFF, Set.of());

  /** What changes nothing (RFC 9110 section 9.2.1), so that forging it gains nothing. */
  private static final Set<Method> SAFE =
      Set.of(Method.GET, Method.HEAD, Method.OPTIONS, Method.TRACE, Method.QUERY);

  private final CsrfPolicy policy;
  private final CorsPolicy cors;

  /** The cookies that are credentials. */
  private final Set<String> cookies;

  private CsrfGuard(CsrfPolicy policy, CorsPolicy cors, Set<String> cookies) {
    this.policy = policy;
    this.cors = cors;
    this.cookies = cookies;
  }

  /**
   * {@return the guard of an operation}
   *
   * @param policy who is trusted
   * @param cors the operation's policy: origins that may send cookies by it are trusted too
   * @param method the operation's method
   * @param cookies the names of the cookies that are credentials to it
   */
  public static CsrfGuard of(
      CsrfPolicy policy, CorsPolicy cors, Method method, Collection<String> cookies) {
    return !policy.enabled() || SAFE.contains(method) || cookies.isEmpty()
        ? NONE
        : new CsrfGuard(policy, cors, Set.copyOf(cookies));
  }

  /**
   * {@return the names of the cookies that a document calls credentials}
   *
   * @param requirements what an operation requires
   * @param schemes the document's security schemes by name
   */
  public static Set<String> cookies(
      List<SecurityRequirement> requirements, Map<String, SecurityScheme> schemes) {
    Set<String> cookies = new HashSet<>();
    for (SecurityRequirement requirement : requirements) {
      for (String name : requirement.schemes().keySet()) {
        SecurityScheme scheme = schemes.get(name);
        if (scheme != null
            && scheme.type().equals("apiKey")
            && scheme.in().equals(Optional.of(ParameterLocation.COOKIE))) {
          scheme.name().ifPresent(cookies::add);
        }
      }
    }
    return cookies;
  }

  /**
   * {@return whether a request is refused} Never blocks, unless the predicate of the {@link
   * CorsPolicy} does.
   *
   * @param head the head of a request of the operation
   */
  public boolean refuses(HttpRequest head) {
    return !cookies.isEmpty() && hasCookie(head.headers()) && !isTrusted(head.headers());
  }

  private boolean hasCookie(Headers headers) {
    boolean[] found = {false};
    for (String field : headers.all("Cookie")) {
      Cookie.read(
          field,
          (from, nameEnd, _, _) -> {
            found[0] |= cookies.contains(field.substring(from, nameEnd));
            return !found[0];
          });
    }
    return found[0];
  }

  private boolean isTrusted(Headers headers) {
    String site = headers.get("Sec-Fetch-Site");
    String origin = headers.get("Origin");
    String host = headers.get("Host");
    if (site != null) {
      return switch (site) {
        case "same-origin", "none" -> true;
        case "same-site" -> policy.allowSameSite() || isListed(origin);
        default -> isListed(origin);
      };
    }
    String referer = origin == null ? headers.get("Referer") : null;
    String from = referer == null ? origin : Origins.ofUrl(referer);
    // Whoever sends none of the three is no browser, and nobody can make it forge anything.
    return from == null ? referer == null : Origins.isSame(from, host) || isListed(from);
  }

  private boolean isListed(@Nullable String origin) {
    return origin != null
        && (policy.trustedOrigins().contains(origin) || cors.trustsWithCredentials(origin));
  }
}
