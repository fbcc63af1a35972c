package io.brrtrouter.server.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A media type or media range (RFC 9110 sections 8.3.1 and 12.5.1), such as {@code
 * application/json; charset=utf-8} or {@code image/*}. Type, subtype and parameter names are kept
 * in lower case. Immutable.
 *
 * @param type the type, or {@code *}
 * @param subtype the subtype, or {@code *}
 * @param parameters parameter values by name, in order; a name that comes twice keeps the first
 */
public record MediaRange(String type, String subtype, Map<String, String> parameters) {

  /** Copies the parameters. */
  public MediaRange {
    parameters = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /**
   * {@return the media range written in a text, or empty if it is none}
   *
   * @param text one media range with its parameters
   */
  public static Optional<MediaRange> parse(String text) {
    int slash = text.indexOf('/');
    int end = text.indexOf(';');
    String type = slash < 0 ? "" : text.substring(0, slash).strip().toLowerCase(Locale.ROOT);
    String subtype =
        slash < 0 || (end >= 0 && end < slash)
            ? ""
            : text.substring(slash + 1, end < 0 ? text.length() : end)
                .strip()
                .toLowerCase(Locale.ROOT);
    if (!Tokens.isToken(type)
        || !Tokens.isToken(subtype)
        || (type.equals("*") && !subtype.equals("*"))) {
      return Optional.empty();
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    boolean sound = end < 0 || parameters(text, end, parameters);
    return sound ? Optional.of(new MediaRange(type, subtype, parameters)) : Optional.empty();
  }

  /** Reads {@code ;name=value} pairs; empty ones are allowed (RFC 9110 section 5.6.6). */
  private static boolean parameters(String text, int from, Map<String, String> parameters) {
    int at = from;
    while (at < text.length()) {
      at++;
      int end = endOfParameter(text, at);
      String parameter = text.substring(at, end).strip();
      at = end;
      if (parameter.isEmpty()) {
        continue;
      }
      int equals = parameter.indexOf('=');
      String name = equals < 0 ? "" : parameter.substring(0, equals).toLowerCase(Locale.ROOT);
      Optional<String> value =
          equals < 0 ? Optional.empty() : value(parameter.substring(equals + 1));
      if (!Tokens.isToken(name) || value.isEmpty()) {
        return false;
      }
      parameters.putIfAbsent(name, value.get());
    }
    return true;
  }

  private static int endOfParameter(String text, int from) {
    boolean quoted = false;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '\\' && quoted) {
        i++;
      } else if (c == ';' && !quoted) {
        return i;
      }
    }
    return text.length();
  }

  /** A token as it is, a quoted string without quotes and escapes. */
  private static Optional<String> value(String raw) {
    if (!raw.startsWith("\"")) {
      return Tokens.isToken(raw) ? Optional.of(raw) : Optional.empty();
    }
    StringBuilder value = new StringBuilder(raw.length());
    for (int i = 1; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '"') {
        return i == raw.length() - 1 ? Optional.of(value.toString()) : Optional.empty();
      }
      if (c == '\\' && ++i < raw.length()) {
        c = raw.charAt(i);
      }
      value.append(c);
    }
    return Optional.empty();
  }

  /** {@return whether type or subtype is {@code *}} */
  public boolean isRange() {
    return subtype.equals("*");
  }

  /**
   * {@return whether some media type is in both this range and another}
   *
   * <p>Parameters must agree where both have them. One that only {@code other} has is no obstacle;
   * one that only this range has is, except {@code charset}: everything here is UTF-8 unless said
   * otherwise.
   *
   * @param other the other range
   */
  public boolean intersects(MediaRange other) {
    if (!type.equals(other.type) && !type.equals("*") && !other.type.equals("*")) {
      return false;
    }
    if (!subtype.equals(other.subtype) && !isRange() && !other.isRange()) {
      return false;
    }
    for (Map.Entry<String, String> parameter : parameters.entrySet()) {
      String theirs = other.parameters.get(parameter.getKey());
      boolean agrees =
          theirs == null
              ? parameter.getKey().equals("charset")
              : theirs.equalsIgnoreCase(parameter.getValue());
      if (!agrees) {
        return false;
      }
    }
    return true;
  }

  /** {@return {@code type/subtype}, without parameters} */
  public String essence() {
    return type + "/" + subtype;
  }

  /** {@return whether the content is JSON: {@code application/json} or a {@code +json} suffix} */
  public boolean isJson() {
    return subtype.endsWith("+json") || essence().equals("application/json");
  }
}
