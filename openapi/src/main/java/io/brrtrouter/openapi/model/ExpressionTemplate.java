package io.brrtrouter.openapi.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text with {@linkplain RuntimeExpression runtime expressions} in braces, the key of a callback
 * for example (OpenAPI 3.1.1 sections 4.8.18.2 and 4.8.20.4). One that begins with {@code $} is an
 * expression as a whole. Immutable.
 *
 * @param pieces what it consists of, in order
 */
public record ExpressionTemplate(List<Piece> pieces) {

  /** A part of the text. */
  public sealed interface Piece {}

  /**
   * What stands there as it is.
   *
   * @param text the text; not empty
   */
  public record Literal(String text) implements Piece {}

  /**
   * What is known only when a message is there.
   *
   * @param expression names it
   */
  public record Embedded(RuntimeExpression expression) implements Piece {}

  /** Copies the list. */
  public ExpressionTemplate {
    pieces = List.copyOf(pieces);
  }

  /** {@return whether it can only be told once there is a response} */
  public boolean ofResponse() {
    return pieces.stream()
        .anyMatch(piece -> piece instanceof Embedded(var expression) && expression.ofResponse());
  }

  /**
   * {@return whether no expression stands in the host of the URL that this is (RFC 3986 section
   * 3.2.2), so that no message chooses a part of it} The text begins with an expression, which
   * gives the whole URL, or has none, or names scheme and host before the first one.
   */
  public boolean namesWholeHost() {
    return pieces.size() == 1
        || !(pieces.getFirst() instanceof Literal(String beginning))
        || namesWholeHost(beginning);
  }

  /**
   * {@return whether what follows the beginning of a URL is no part of its scheme, host or port}
   *
   * @param beginning what the URL begins with
   */
  public static boolean namesWholeHost(String beginning) {
    int authority = beginning.indexOf("://");
    return authority >= 0
        && beginning.chars().skip(authority + 3L).anyMatch(c -> c == '/' || c == '?' || c == '#');
  }

  /**
   * {@return the template that a text is; nothing if it is empty, has braces that do not match, or
   * something else than an expression in braces}
   *
   * @param text the text
   */
  public static Optional<ExpressionTemplate> parse(String text) {
    if (text.startsWith("$")) {
      return RuntimeExpression.parse(text)
          .map(whole -> new ExpressionTemplate(List.of(new Embedded(whole))));
    }
    List<Piece> pieces = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf('{', at);
      int close = text.indexOf('}', at);
      int end = open < 0 ? text.length() : open;
      if (close >= 0 && close < end) {
        return Optional.empty();
      }
      if (end > at) {
        pieces.add(new Literal(text.substring(at, end)));
      }
      if (open < 0) {
        break;
      }
      Optional<RuntimeExpression> expression =
          close < 0 ? Optional.empty() : RuntimeExpression.parse(text.substring(open + 1, close));
      if (expression.isEmpty()) {
        return Optional.empty();
      }
      pieces.add(new Embedded(expression.get()));
      at = close + 1;
    }
    return pieces.isEmpty() ? Optional.empty() : Optional.of(new ExpressionTemplate(pieces));
  }
}
