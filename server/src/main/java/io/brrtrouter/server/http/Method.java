package io.brrtrouter.server.http;

import java.util.List;

/**
 * An HTTP method (RFC 9110 section 9), case-sensitive.
 *
 * @param token the method's token
 */
public record Method(String token) {
  /** Most characters of a method that arrives, longer than any registered one; beyond: 501. */
  public static final int LONGEST = 32;

  /** {@code GET}. */
  public static final Method GET = new Method("GET");

  /** {@code HEAD}. */
  public static final Method HEAD = new Method("HEAD");

  /** {@code POST}. */
  public static final Method POST = new Method("POST");

  /** {@code PUT}. */
  public static final Method PUT = new Method("PUT");

  /** {@code PATCH}. */
  public static final Method PATCH = new Method("PATCH");

  /** {@code DELETE}. */
  public static final Method DELETE = new Method("DELETE");

  /** {@code OPTIONS}. */
  public static final Method OPTIONS = new Method("OPTIONS");

  /** {@code TRACE}. */
  public static final Method TRACE = new Method("TRACE");

  /** {@code QUERY} (OpenAPI 3.2 section 4.9). */
  public static final Method QUERY = new Method("QUERY");

  /** The methods above. */
  public static final List<Method> CONSTANTS =
      List.of(GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, TRACE, QUERY);

  /** Refuses what is not a token (RFC 9110 section 5.6.2). */
  public Method {
    if (!Tokens.isToken(token)) {
      throw new IllegalArgumentException("a method is a token, not \"" + token + "\"");
    }
  }

  /**
   * {@return the method of this token, a constant where there is one}
   *
   * @param token the token
   * @throws IllegalArgumentException if it is not a token
   */
  public static Method of(String token) {
    return switch (token) {
      case "GET" -> GET;
      case "HEAD" -> HEAD;
      case "POST" -> POST;
      case "PUT" -> PUT;
      case "PATCH" -> PATCH;
      case "DELETE" -> DELETE;
      case "OPTIONS" -> OPTIONS;
      case "TRACE" -> TRACE;
      case "QUERY" -> QUERY;
      default -> new Method(token);
    };
  }

  @Override
  public String toString() {
    return token;
  }
}
