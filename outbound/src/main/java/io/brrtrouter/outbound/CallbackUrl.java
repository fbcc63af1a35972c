package io.brrtrouter.outbound;

import io.brrtrouter.openapi.model.ExpressionTemplate;
import io.brrtrouter.openapi.model.ExpressionTemplate.Embedded;
import io.brrtrouter.openapi.model.ExpressionTemplate.Literal;
import io.brrtrouter.outbound.address.DotSegments;
import io.brrtrouter.server.dispatch.Request;
import io.brrtrouter.server.http.HttpResponse;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
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
 * 2.3). It is no part of the host, and what makes a segment {@code .} or {@code ..} of it is
 * refused, so that it cannot lead elsewhere.
 */
public final class CallbackUrl {
  private final String text;
  private final boolean ofResponse;
  private final List<Part> parts;

  /** A part of the text. */
  private sealed interface Part {
    /** What stands there as it is. */
    record Fixed(String text) implements Part {}

    /** What a message is asked for. */
    record Asked(MessageValues value) implements Part {}
  }

  private CallbackUrl(String text, ExpressionTemplate template) {
    this.text = text;
    this.ofResponse = template.ofResponse();
    this.parts = template.pieces().stream().map(CallbackUrl::part).toList();
  }

  private static Part part(ExpressionTemplate.Piece piece) {
    return switch (piece) {
      case Literal(String literal) -> new Part.Fixed(literal);
      case Embedded(var expression) -> new Part.Asked(new MessageValues(expression));
    };
  }

  /**
   * {@return the URL that a key of a Callback Object describes}
   *
   * @param template the key: {@code {$request.body#/url}} for example
   * @throws IllegalArgumentException if that is no text with runtime expressions, or has one in a
   *     host that it begins with
   */
  public static CallbackUrl of(String template) {
    ExpressionTemplate parsed =
        ExpressionTemplate.parse(template)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "\""
                        + template
                        + "\" is not a text with runtime expressions; write for example"
                        + " {$request.body#/callbackUrl}"));
    if (!parsed.namesWholeHost()) {
      throw new IllegalArgumentException(
          "\""
              + template
              + "\" lets a request choose a part of the host; expressions stand behind it, or"
              + " begin the URL");
    }
    return new CallbackUrl(template, parsed);
  }

  /**
   * {@return where the callback of a request goes; nothing if the request does not have what an
   * expression names, or has JSON's {@code null} there: who sent it wants no callback}
   *
   * @param request the request
   * @throws RefusedReceiverException if what it has makes no absolute URL of {@code http} or {@code
   *     https}, or one with dot segments
   * @throws IllegalStateException if an expression names something of the response
   */
  public Optional<URI> from(Request request) {
    if (ofResponse) {
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
   * @throws RefusedReceiverException if that makes no absolute URL of {@code http} or {@code
   *     https}, or one with dot segments
   * @throws IllegalStateException if an expression names a place in the response's body, and that
   *     is not there before it is sent
   */
  public Optional<URI> from(Request request, HttpResponse response) {
    return evaluated(request, response);
  }

  private Optional<URI> evaluated(Request request, @Nullable HttpResponse response) {
    StringBuilder url = new StringBuilder();
    boolean first = true;
    for (Part part : parts) {
      switch (part) {
        case Part.Fixed(String fixed) -> url.append(fixed);
        case Part.Asked(MessageValues asked) -> {
          String value = asked.find(request, response);
          if (value == null) {
            return Optional.empty();
          }
          if (!first && !ExpressionTemplate.namesWholeHost(url.toString())) {
            throw refused();
          }
          url.append(first ? value : PercentEncoding.component(value));
        }
      }
      first = false;
    }
    return Optional.of(absolute(url.toString()));
  }

  /** What the address leads to is looked at when something is sent to it. */
  private URI absolute(String url) {
    try {
      URI uri = new URI(url);
      if ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme())) {
        if (uri.getRawAuthority() != null) {
          return direct(uri);
        }
      }
    } catch (URISyntaxException refusedBelow) {
      // What a client sent is not repeated: it may be a secret.
    }
    throw refused();
  }

  private URI direct(URI uri) {
    if (DotSegments.areIn(uri.getRawPath())) {
      throw new RefusedReceiverException(
          "what \"" + text + "\" names has \".\" or \"..\" in its path, which lead to other paths");
    }
    return uri;
  }

  private RefusedReceiverException refused() {
    return new RefusedReceiverException(
        "what \"" + text + "\" names is no absolute URL; it must be like https://example.com/hook");
  }

  /** {@return the text it was made of} */
  @Override
  public String toString() {
    return text;
  }
}
