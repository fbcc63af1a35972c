package io.brrtrouter.server.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A list of tokens with parameters, as {@code Upgrade} (RFC 9110 section 7.8) and {@code
 * Sec-WebSocket-Extensions} (RFC 6455 section 9.1) have it. Immutable.
 *
 * @param elements in the order sent; empty elements are left out (RFC 9110 section 5.6.1)
 */
public record TokenList(List<Element> elements) {
  /**
   * An element.
   *
   * @param token the token
   * @param parameters in the order sent
   */
  public record Element(String token, List<Parameter> parameters) {
    /** Copies the list. */
    public Element {
      parameters = List.copyOf(parameters);
    }
  }

  /**
   * A parameter.
   *
   * @param name a token
   * @param value a token, or what was quoted; empty where there is none
   */
  public record Parameter(String name, Optional<String> value) {}

  /** Copies the list. */
  public TokenList {
    elements = List.copyOf(elements);
  }

  /**
   * {@return the list that a field value is; empty if it is none}
   *
   * @param field the value, of several fields joined by commas
   */
  public static Optional<TokenList> parse(String field) {
    FieldReader reader = new FieldReader(field);
    List<Element> elements = new ArrayList<>();
    while (true) {
      reader.skipSpace();
      if (reader.atEnd()) {
        return Optional.of(new TokenList(elements));
      }
      if (reader.read(',')) {
        continue;
      }
      Element element = element(reader);
      if (element == null || (!reader.atEnd() && !reader.read(','))) {
        return Optional.empty();
      }
      elements.add(element);
    }
  }

  private static @Nullable Element element(FieldReader reader) {
    // A protocol of Upgrade may have a version behind a slash.
    String token = reader.readToken();
    if (token == null) {
      return null;
    }
    if (reader.read('/')) {
      String version = reader.readToken();
      if (version == null) {
        return null;
      }
      token += "/" + version;
    }
    List<Parameter> parameters = new ArrayList<>();
    reader.skipSpace();
    while (reader.read(';')) {
      reader.skipSpace();
      String name = reader.readToken();
      if (name == null) {
        return null;
      }
      reader.skipSpace();
      String value = null;
      if (reader.read('=')) {
        reader.skipSpace();
        value = reader.readTokenOrQuoted();
        if (value == null) {
          return null;
        }
        reader.skipSpace();
      }
      parameters.add(new Parameter(name, Optional.ofNullable(value)));
    }
    return new Element(token, parameters);
  }

  /**
   * {@return whether a token is in the list, in whatever case}
   *
   * @param token the token
   */
  public boolean contains(String token) {
    return elements.stream().anyMatch(element -> element.token().equalsIgnoreCase(token));
  }
}
