package io.brrtrouter.server.cors;

import io.brrtrouter.server.http.Headers;
import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.TrustedProxies;

/**
 * What an operation has to do with browsers.
 *
 * @param cors which pages of other origins may use it
 * @param csrf tells requests that another site has forged
 */
public record BrowserRules(CorsPolicy cors, CsrfGuard csrf) {

  /**
   * {@return what becomes of a request that opens a WebSocket, by its {@code Origin}} No browser
   * keeps what comes on a WebSocket from the page that opened it (RFC 6455 section 10.2): one of
   * another origin is refused unless it is listed, whatever is said of unlisted ones, and where
   * there is no policy too.
   *
   * @param head the head of the request
   * @param proxies who is believed about what the request was sent to
   */
  public OriginDecision judgeWebSocket(HttpRequest head, TrustedProxies proxies) {
    OriginDecision decision = cors.judge(head, proxies);
    String origin = head.headers().get("Origin");
    return decision instanceof OriginDecision.Unmentioned(Headers vary)
            && origin != null
            && !CorsPolicy.isOwn(origin, head, proxies)
            && !csrf.policy().trustedOrigins().contains(origin)
        ? new OriginDecision.Refused(vary)
        : decision;
  }
}
