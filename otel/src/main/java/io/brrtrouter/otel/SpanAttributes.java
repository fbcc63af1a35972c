package io.brrtrouter.otel;

import static io.opentelemetry.semconv.ClientAttributes.CLIENT_ADDRESS;
import static io.opentelemetry.semconv.HttpAttributes.HTTP_REQUEST_METHOD;
import static io.opentelemetry.semconv.HttpAttributes.HTTP_REQUEST_METHOD_ORIGINAL;
import static io.opentelemetry.semconv.HttpAttributes.HTTP_ROUTE;
import static io.opentelemetry.semconv.NetworkAttributes.NETWORK_PEER_ADDRESS;
import static io.opentelemetry.semconv.NetworkAttributes.NETWORK_PEER_PORT;
import static io.opentelemetry.semconv.NetworkAttributes.NETWORK_PROTOCOL_VERSION;
import static io.opentelemetry.semconv.ServerAttributes.SERVER_ADDRESS;
import static io.opentelemetry.semconv.ServerAttributes.SERVER_PORT;
import static io.opentelemetry.semconv.UrlAttributes.URL_PATH;
import static io.opentelemetry.semconv.UrlAttributes.URL_QUERY;
import static io.opentelemetry.semconv.UrlAttributes.URL_SCHEME;
import static io.opentelemetry.semconv.UserAgentAttributes.USER_AGENT_ORIGINAL;

import io.brrtrouter.server.http.HttpRequest;
import io.brrtrouter.server.http.TrustedProxies.Destination;
import io.brrtrouter.server.trace.TracedRequest;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a server span says of a request's head, by the semantic conventions of HTTP spans, 1.45.0.
 *
 * @param methods those that are named
 * @param queries hides secrets in queries
 */
record SpanAttributes(Set<String> methods, QueryRedaction queries) {
  /** The request id, as the response has it: what connects a span with log lines. */
  static final AttributeKey<List<String>> REQUEST_ID =
      AttributeKey.stringArrayKey("http.response.header.x-request-id");

  /** The operation, by its identifier in the document. */
  static final AttributeKey<String> OPERATION_ID =
      AttributeKey.stringKey("brrtrouter.operation_id");

  /** What a method is called that is none of those known. */
  private static final String OTHER = "_OTHER";

  /** How long a value that the client chooses may be. */
  private static final int LONGEST = 1_024;

  /** {@return the name of the span: method and route, of which there are few} */
  String name(TracedRequest request) {
    String token = request.head().method().token();
    String method = methods.contains(token) ? token : "HTTP";
    String template = request.template();
    return template == null ? method : method + " " + template;
  }

  /** Says what a sampler may decide by. */
  void sampled(SpanBuilder span, TracedRequest request) {
    HttpRequest head = request.head();
    String token = head.method().token();
    span.setAttribute(HTTP_REQUEST_METHOD, methods.contains(token) ? token : OTHER);
    span.setAttribute(URL_PATH, cut(head.rawPath()));
    String template = request.template();
    if (template != null) {
      span.setAttribute(HTTP_ROUTE, template);
    }
  }

  /** Says the rest, for a span that is recorded. */
  void recorded(Span span, TracedRequest request) {
    HttpRequest head = request.head();
    String token = head.method().token();
    if (!methods.contains(token)) {
      span.setAttribute(HTTP_REQUEST_METHOD_ORIGINAL, cut(token));
    }
    String query = head.rawQuery();
    if (!query.isEmpty()) {
      span.setAttribute(URL_QUERY, cut(queries.redact(query, request.secrets())));
    }
    destination(span, request);
    span.setAttribute(NETWORK_PROTOCOL_VERSION, version(head.version()));
    put(span, USER_AGENT_ORIGINAL, head.headers().get("User-Agent"));
    request
        .proxies()
        .client(head)
        .ifPresent(address -> span.setAttribute(CLIENT_ADDRESS, address.getHostAddress()));
    if (head.peer().address() instanceof InetSocketAddress peer && peer.getAddress() != null) {
      span.setAttribute(NETWORK_PEER_ADDRESS, peer.getAddress().getHostAddress());
      span.setAttribute(NETWORK_PEER_PORT, (long) peer.getPort());
    }
    put(span, OPERATION_ID, request.operationId());
    span.setAttribute(REQUEST_ID, List.of(request.requestId()));
  }

  /** What the client has asked: proxies that are trusted know better than the last connection. */
  private static void destination(Span span, TracedRequest request) {
    HttpRequest head = request.head();
    Optional<Destination> told = request.proxies().destination(head);
    boolean secure = head.peer().secure() || told.map(Destination::encrypted).orElse(false);
    span.setAttribute(URL_SCHEME, secure ? "https" : "http");
    String authority =
        told.map(Destination::authorities)
            .filter(all -> !all.isEmpty())
            .map(List::getLast)
            .orElse(head.headers().get("Host"));
    if (authority == null || authority.isEmpty()) {
      return;
    }
    int colon = authority.lastIndexOf(':');
    boolean hasPort = colon > authority.lastIndexOf(']');
    String host = hasPort ? authority.substring(0, colon) : authority;
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    span.setAttribute(SERVER_ADDRESS, cut(bracketed ? host.substring(1, host.length() - 1) : host));
    span.setAttribute(
        SERVER_PORT, hasPort ? port(authority.substring(colon + 1), secure) : usual(secure));
  }

  private static long port(String text, boolean secure) {
    try {
      return Integer.parseUnsignedInt(text);
    } catch (NumberFormatException _) {
      return usual(secure);
    }
  }

  private static long usual(boolean secure) {
    return secure ? 443 : 80;
  }

  /** {@code HTTP/1.1} is {@code 1.1}. */
  private static String version(String version) {
    return version.substring(version.indexOf('/') + 1);
  }

  private static void put(Span span, AttributeKey<String> key, @Nullable String value) {
    if (value != null) {
      span.setAttribute(key, cut(value));
    }
  }

  private static String cut(String value) {
    return value.length() > LONGEST ? value.substring(0, LONGEST) : value;
  }
}
