package io.brrtrouter.server.decode;

import io.brrtrouter.openapi.model.Parameter;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.schema.codec.WrongText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One reason why a request does not fit its operation. Immutable.
 *
 * @param in the part of the request
 * @param name the parameter's name as the document writes it, {@code ""} for the body
 * @param pointer JSON Pointer (RFC 6901) into the decoded value, {@code ""} for the whole value
 * @param keyword the JSON Schema keyword that refused; {@code required} for a missing parameter,
 *     {@code style} for text that is not in the parameter's serialisation, {@code content} for text
 *     that is not of its media type
 * @param message one sentence that says what is wrong and what would be right; never repeats the
 *     value sent
 * @param expected what the keyword asks for where it helps a reader, else null
 * @param source where the document says so
 */
public record RequestViolation(
    In in,
    String name,
    String pointer,
    String keyword,
    String message,
    @Nullable JsonNode expected,
    SourceLocation source) {

  /** The parts of a request that carry values. */
  public enum In {
    /** A path parameter. */
    PATH("path"),
    /** A query parameter, or the query as a whole. */
    QUERY("query"),
    /** A header parameter. */
    HEADER("header"),
    /** A cookie parameter. */
    COOKIE("cookie"),
    /** The body. */
    BODY("body");

    private final String word;

    In(String word) {
      this.word = word;
    }

    /** {@return the word a problem uses, for example {@code query}} */
    public String word() {
      return word;
    }
  }

  private static final String UNREPRESENTABLE =
      "has an integer beyond 64 bits, a URI or time of a form, or alternatives nested in alternatives,"
          + " that this server cannot take";

  /**
   * {@return that a valid parameter is none that the server can take}
   *
   * @param parameter the parameter
   */
  public static RequestViolation unrepresentable(Parameter parameter) {
    In in =
        switch (parameter.in()) {
          case PATH -> In.PATH;
          case QUERY, QUERYSTRING -> In.QUERY;
          case HEADER -> In.HEADER;
          case COOKIE -> In.COOKIE;
        };
    return new RequestViolation(
        in, parameter.name(), "", "type", UNREPRESENTABLE, null, parameter.location());
  }

  /** {@return the same violation of a value that is at a place in another one} */
  RequestViolation under(String place) {
    return new RequestViolation(in, name, place + pointer, keyword, message, expected, source);
  }

  /**
   * {@return that a valid body is none that the server can take}
   *
   * @param text the string in it that should be JSON, null where it is something else
   */
  static RequestViolation unrepresentable(@Nullable WrongText text, SourceLocation source) {
    return text == null
        ? new RequestViolation(In.BODY, "", "", "type", UNREPRESENTABLE, null, source)
        : new RequestViolation(
            In.BODY,
            "",
            text.pointer(),
            text.json() ? "contentSchema" : "contentMediaType",
            text.message(),
            null,
            source);
  }
}
