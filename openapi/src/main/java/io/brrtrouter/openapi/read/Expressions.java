package io.brrtrouter.openapi.read;

/** Runtime expressions (OpenAPI 3.1.1 section 4.8.20.4). */
final class Expressions {
  private Expressions() {}

  /** {@return whether a text is a runtime expression, or has such in braces, or has no braces} */
  static boolean isTemplate(String text) {
    if (text.startsWith("$")) {
      return isExpression(text);
    }
    int at = 0;
    while (at < text.length()) {
      int open = text.indexOf('{', at);
      int close = text.indexOf('}', at);
      if (open < 0) {
        return close < 0;
      }
      if (close < open || !isExpression(text.substring(open + 1, close))) {
        return false;
      }
      at = close + 1;
    }
    return !text.isEmpty();
  }

  static boolean isExpression(String text) {
    return switch (text) {
      case "$url", "$method", "$statusCode" -> true;
      default ->
          (text.startsWith("$request.") && isSource(text.substring("$request.".length())))
              || (text.startsWith("$response.") && isSource(text.substring("$response.".length())));
    };
  }

  private static boolean isSource(String source) {
    if (source.startsWith("header.")) {
      return Names.isToken(source.substring("header.".length()));
    }
    return source.startsWith("query.")
        || source.startsWith("path.")
        || source.equals("body")
        || source.equals("body#")
        || (source.startsWith("body#/") && !source.matches(".*~(?![01]).*"));
  }
}
