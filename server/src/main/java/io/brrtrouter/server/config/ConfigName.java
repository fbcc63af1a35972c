package io.brrtrouter.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Dotted names of settings. Where a section has members that users name, such as {@code
 * security.api_keys.<scheme>.key}, those names may have dots themselves and stand in quotes then:
 * {@code security.api_keys."my.scheme".key}.
 */
public final class ConfigName {
  private ConfigName() {}

  /** {@return the segments of a name, without quotes} */
  static List<String> split(String name) {
    List<String> segments = new ArrayList<>();
    StringBuilder segment = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == '.' && !quoted) {
        segments.add(segment.toString());
        segment.setLength(0);
      } else {
        segment.append(c);
      }
    }
    segments.add(segment.toString());
    return segments;
  }

  /**
   * {@return a segment as it stands in a name}
   *
   * @param text the segment
   */
  public static String segment(String text) {
    return text.indexOf('.') < 0 ? text : '"' + text + '"';
  }

  /** {@return whether a segment stands for a name of the user's} */
  static boolean isOpen(String segment) {
    return segment.startsWith("<");
  }

  /** {@return whether a name begins like a pattern, in which some segments are open} */
  static boolean begins(List<String> pattern, List<String> segments) {
    if (segments.size() > pattern.size()) {
      return false;
    }
    for (int i = 0; i < segments.size(); i++) {
      boolean fits =
          isOpen(pattern.get(i))
              ? !segments.get(i).isEmpty()
              : pattern.get(i).equals(segments.get(i));
      if (!fits) {
        return false;
      }
    }
    return true;
  }

  /**
   * {@return a text as it stands in the name of an environment variable}
   *
   * @param text the text
   */
  public static String inVariable(String text) {
    return text.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
  }

  /**
   * {@return the last part of a name}
   *
   * @param name the name
   */
  public static String last(String name) {
    return split(name).getLast();
  }
}
