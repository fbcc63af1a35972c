package io.brrtrouter.openapi.model;

import java.util.Optional;

/**
 * Names something of an HTTP message that is known only when it is there (OpenAPI 3.1.1 section
 * 4.8.20.4): {@code $request.body#/callbackUrl} for example. Immutable.
 */
public sealed interface RuntimeExpression {

  /** {@code $url}, the URL of the request. */
  record Url() implements RuntimeExpression {
    @Override
    public String toString() {
      return "$url";
    }
  }

  /** {@code $method}, the method of the request. */
  record RequestMethod() implements RuntimeExpression {
    @Override
    public String toString() {
      return "$method";
    }
  }

  /** {@code $statusCode}, the status of the response. */
  record StatusCode() implements RuntimeExpression {
    @Override
    public String toString() {
      return "$statusCode";
    }
  }

  /**
   * A part of the request or of the response.
   *
   * @param message which of them
   * @param part where in it
   * @param name the name of a header field or parameter; the JSON Pointer (RFC 6901) of a place in
   *     the body, empty for all of it
   */
  record Source(Message message, Part part, String name) implements RuntimeExpression {
    @Override
    public String toString() {
      String from = message == Message.REQUEST ? "$request." : "$response.";
      return from
          + switch (part) {
            case HEADER -> "header." + name;
            case QUERY -> "query." + name;
            case PATH -> "path." + name;
            case BODY -> name.isEmpty() ? "body" : "body#" + name;
          };
    }
  }

  /** Which message is meant. */
  enum Message {
    /** The request. */
    REQUEST,
    /** The response. */
    RESPONSE
  }

  /** Where in a message. */
  enum Part {
    /** A header field. */
    HEADER,
    /** A query parameter. */
    QUERY,
    /** A path parameter. */
    PATH,
    /** The body, or a place in it. */
    BODY
  }

  /** {@return whether it can only be told once there is a response} */
  default boolean ofResponse() {
    return switch (this) {
      case Url(), RequestMethod() -> false;
      case StatusCode() -> true;
      case Source source -> source.message == Message.RESPONSE;
    };
  }

  /**
   * {@return the expression that a text is; nothing if it is none}
   *
   * @param text the text, without braces
   */
  static Optional<RuntimeExpression> parse(String text) {
    return switch (text) {
      case "$url" -> Optional.of(new Url());
      case "$method" -> Optional.of(new RequestMethod());
      case "$statusCode" -> Optional.of(new StatusCode());
      default ->
          text.startsWith("$request.")
              ? ExpressionSyntax.source(Message.REQUEST, text.substring("$request.".length()))
              : text.startsWith("$response.")
                  ? ExpressionSyntax.source(Message.RESPONSE, text.substring("$response.".length()))
                  : Optional.empty();
    };
  }
}
