package io.brrtrouter.openapi.model;

import io.brrtrouter.openapi.model.RuntimeExpression.Message;
import io.brrtrouter.openapi.model.RuntimeExpression.Part;
import io.brrtrouter.openapi.model.RuntimeExpression.Source;
import java.util.Optional;

/** What may stand behind {@code $request.} and {@code $response.}. */
final class ExpressionSyntax {
  /** What a token has beside letters and digits (RFC 9110 section 5.6.2). */
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private ExpressionSyntax() {}

  static Optional<RuntimeExpression> source(Message message, String text) {
    if (text.startsWith("header.")) {
      return named(message, Part.HEADER, text.substring("header.".length()))
          .filter(source -> isToken(source.name()))
          .map(source -> source);
    }
    if (text.startsWith("query.")) {
      return named(message, Part.QUERY, text.substring("query.".length())).map(source -> source);
    }
    if (text.startsWith("path.")) {
      return named(message, Part.PATH, text.substring("path.".length())).map(source -> source);
    }
    if (text.equals("body") || text.equals("body#")) {
      return Optional.of(new Source(message, Part.BODY, ""));
    }
    return text.startsWith("body#/") && isPointer(text)
        ? Optional.of(new Source(message, Part.BODY, text.substring("body#".length())))
        : Optional.empty();
  }

  private static Optional<Source> named(Message message, Part part, String name) {
    return Optional.of(new Source(message, part, name));
  }

  private static boolean isToken(String name) {
    return !name.isEmpty()
        && name.chars()
            .allMatch(c ->
                (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || TOKEN_MARKS.indexOf(c) >= 0);
  }

  /** A tilde begins an escape of two (RFC 6901 section 3). */
  private static boolean isPointer(String text) {
    for (int tilde = text.indexOf('~'); tilde >= 0; tilde = text.indexOf('~', tilde + 1)) {
      char next = tilde + 1 < text.length() ? text.charAt(tilde + 1) : ' ';
      if (next != '0' && next != '1') {
        return false;
      }
    }
    return true;
  }
}
