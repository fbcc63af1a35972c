package io.brrtrouter.server.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A media type with its parameters, as in a {@code Content-Type} field (RFC 9110 section 8.3).
 * Immutable.
 *
 * @param type the type, in lower case, such as {@code application}
 * @param subtype the subtype, in lower case, such as {@code problem+json}
 * @param parameters the parameters, in order
 */
public record ContentType(String type, String subtype, List<Parameter> parameters) {
  /** {@code application/json}. */
  public static final ContentType JSON = new ContentType("application", "json", List.of());

  /**
   * A parameter of a media type (RFC 9110 section 5.6.6).
   *
   * @param name the name, in lower case
   * @param value the value, without quotes
   */
  public record Parameter(String name, String value) {
    /** Refuses a name that is no token. */
    public Parameter {
      requireLowerToken(name, "parameter name");
    }
  }

  /** Refuses a type or subtype that is no token or a wildcard. */
  public ContentType {
    requireLowerToken(type, "type");
    requireLowerToken(subtype, "subtype");
    if (type.equals("*") || subtype.equals("*")) {
      throw new IllegalArgumentException(
          type + "/" + subtype + " is a range of media types, not one");
    }
    parameters = List.copyOf(parameters);
  }

  private static void requireLowerToken(String text, String what) {
    if (!Tokens.isToken(text) || !text.equals(text.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "a " + what + " is a token in lower case, not \"" + text + "\"");
    }
  }

  /**
   * {@return the media type of a field value, or nothing if it is none} A parameter given twice
   * makes it none (RFC 6838 section 4.3): readers differ in which of the two counts.
   *
   * @param value the value of a {@code Content-Type} field
   */
  public static Optional<ContentType> parse(String value) {
    FieldReader reader = new FieldReader(value);
    reader.skipSpace();
    String type = reader.readLowerToken();
    String subtype = type != null && reader.read('/') ? reader.readLowerToken() : null;
    List<Parameter> parameters = subtype == null ? null : readParameters(reader);
    if (type == null
        || subtype == null
        || parameters == null
        || hasDouble(parameters)
        || !reader.atEnd()
        || type.equals("*")
        || subtype.equals("*")) {
      return Optional.empty();
    }
    return Optional.of(new ContentType(type, subtype, parameters));
  }

  private static boolean hasDouble(List<Parameter> parameters) {
    if (parameters.size() < 2) {
      return false;
    }
    Set<String> names = new HashSet<>();
    return !parameters.stream().allMatch(parameter -> names.add(parameter.name()));
  }

  /** {@return the parameters that are next, or null if they are malformed} */
  static @Nullable List<Parameter> readParameters(FieldReader reader) {
    List<Parameter> parameters = List.of();
    reader.skipSpace();
    while (reader.read(';')) {
      reader.skipSpace();
      String name = reader.readLowerToken();
      if (name != null) {
        String value = reader.read('=') ? reader.readTokenOrQuoted() : null;
        if (value == null) {
          return null;
        }
        parameters = parameters.isEmpty() ? new ArrayList<>(2) : parameters;
        parameters.add(new Parameter(name, value));
      }
      reader.skipSpace();
    }
    return parameters;
  }

  /**
   * {@return the value of the parameter of a name}
   *
   * @param name the name, in lower case
   */
  public Optional<String> parameter(String name) {
    for (Parameter parameter : parameters) {
      if (parameter.name().equals(name)) {
        return Optional.of(parameter.value());
      }
    }
    return Optional.empty();
  }

  /** {@return type and subtype without parameters, such as {@code text/html}} */
  public String essence() {
    return type + "/" + subtype;
  }

  /**
   * {@return whether content of this type is JSON: the subtype is {@code json} or has the
   * structured syntax suffix {@code +json} (RFC 6839 section 3.1)}
   */
  public boolean isJson() {
    return subtype.equals("json") || subtype.endsWith("+json");
  }

  /** {@return the media type as a field value} */
  @Override
  public String toString() {
    return render(essence(), parameters);
  }

  static String render(String essence, List<Parameter> parameters) {
    StringBuilder text = new StringBuilder(essence);
    for (Parameter parameter : parameters) {
      text.append("; ").append(parameter.name()).append('=');
      if (Tokens.isToken(parameter.value())) {
        text.append(parameter.value());
      } else {
        String escaped = parameter.value().replace("\\", "\\\\").replace("\"", "\\\"");
        text.append('"').append(escaped).append('"');
      }
    }
    return text.toString();
  }
}
