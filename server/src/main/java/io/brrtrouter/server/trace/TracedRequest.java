package io.brrtrouter.server.trace;

import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.TrustedProxies;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request as it is known when its span begins. Immutable.
 *
 * @param head its head
 * @param template the path template of its operation, base path included; null when none matches
 * @param operationId the operation's {@code operationId}; null without one
 * @param requestId the request id, which every response has
 * @param secrets names of query parameters that carry credentials
 * @param proxies who may say for whom it forwards the request
 */
public record TracedRequest(
    HttpRequest head,
    @Nullable String template,
    @Nullable String operationId,
    String requestId,
    Set<String> secrets,
    TrustedProxies proxies) {
  /** Copies the names, if they are not immutable. */
  public TracedRequest {
    secrets = Set.copyOf(secrets);
  }
}
