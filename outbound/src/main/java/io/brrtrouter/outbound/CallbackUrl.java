package io.brrtrouter.outbound;

import io.brrtrouter.openapi.model.ExpressionTemplate;
import io.brrtrouter.openapi.model.ExpressionTemplate.Embedded;
import io.brrtrouter.openapi.model.ExpressionTemplate.Literal;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.HttpResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a callback goes: the key of a Callback Object, a text with runtime expressions (OpenAPI
 * 3.1.1 sections 4.8.18 and 4.8.20.4), told from the request that asked for it. Immutable.
 *
 * <pre>{@code
 * private static final CallbackUrl STATUS = CallbackUrl.of("{$request.body#/callbackUrl}");
 * ...
 * STATUS.from(request).ifPresent(url -> deliveries.send(Receiver.of(url), message));
 * }</pre>
 *
 * <p>The value of an expression with which the text begins is taken as it is, for it is a URL: that
 * which the client gave. Any other one stands within a URL: everything but letters, digits, {@code
 * -}, {@code .}, {@code _} and {@code ~} is percent-encoded in UTF-8 (RFC 3986 sections 2.1 and
 * 2.3), so that it cannot lead elsewhere.
 */
public final class CallbackUrl {
  private final String text;
  private final ExpressionTemplate template;

  private CallbackUrl(String text, ExpressionTemplate template) {
    this.text = text;
    this.template = template;
  }

  /**
   * {@return the URL that a key of a Callback Object describes}
   *
   * @param template the key: {@code {$request.body#/url}} for example
   * @throws IllegalArgumentException if that is no text with runtime expressions
   */
  public static CallbackUrl of(String template) {
    return new CallbackUrl(
        template,
        ExpressionTemplate.parse(template)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "\""
                        + template
                        + "\" is not a text with runtime expressions; write for example"
                        + " {$request.body#/callbackUrl}")));
  }

  /**
   * {@return where the callback of a request goes; nothing if the request does not have what an
   * expression names, or has JSON's {@code null} there: who sent it wants no callback}
   *
   * @param request the request
   * @throws RefusedReceiverException if what it has makes no absolute URL of {@code http} or {@code
   *     https}
   * @throws IllegalStateException if an expression names something of the response
   */
  public Optional<URI> from(Request request) {
    if (template.ofResponse()) {
      throw new IllegalStateException(
          "\"" + text + "\" names something of the response; call from(request, response)");
    }
    return evaluated(request, null);
  }

  /**
   * {@return where the callback of a request goes, once it is known what it is answered with;
   * nothing as for {@link #from(Request)}}
   *
   * @param request the request
   * @param response what it is answered with
   * @throws RefusedReceiverException if that makes no absolute URL of {@code http} or {@code https}
   * @throws IllegalStateException if an expression names a place in the response's body, and that
   *     is not there before it is sent
   */
  public Optional<URI> from(Request request, HttpResponse response) {
    return evaluated(request, response);
  }

  private Optional<URI> evaluated(Request request, @Nullable HttpResponse response) {
    StringBuilder url = new StringBuilder();
    for (ExpressionTemplate.Piece piece : template.pieces()) {
      switch (piece) {
        case Literal(String literal) -> url.append(literal);
        case Embedded(var expression) -> {
          String value = MessageValues.find(expression, request, response);
          if (value == null) {
            return Optional.empty();
          }
          url.append(url.isEmpty() ? value : PercentEncoding.component(value));
        }
      }
    }
    return Optional.of(absolute(url.toString()));
  }

  /** What the address leads to is looked at when something is sent to it. */
  private URI absolute(String url) {
    try {
      URI uri = new URI(url);
      if ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme())) {
        if (uri.getRawAuthority() != null) {
          return uri;
        }
      }
    } catch (URISyntaxException refusedBelow) {
      // What a client sent is not repeated: it may be a secret.
    }
    throw new RefusedReceiverException(
        "what \"" + text + "\" names is no absolute URL; it must be like https://example.com/hook");
  }

  /** {@return the text it was made of} */
  @Override
  public String toString() {
    return text;
  }
}
