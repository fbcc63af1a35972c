package io.brrtrouter.server.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Everything there is to know about one setting; the configuration reference is generated from it.
 *
 * @param name the name in dotted form, {@code http.max_requests} for example; a segment in angle
 *     brackets stands for a name of the user's, and the setting for as many as there are such names
 * @param type the values it takes
 * @param fallback the value unless configured
 * @param description what it does, in one or two sentences
 * @param secret whether its value must not be shown
 * @param <T> the Java type of its values
 */
record ConfigKey<T>(
    String name, ConfigType<T> type, T fallback, String description, boolean secret) {

  /** Prefix of the environment variables. */
  static final String PREFIX = "BRRTR_";

  ConfigKey(String name, ConfigType<T> type, T fallback, String description) {
    this(name, type, fallback, description, false);
  }

  /** {@return whether it stands for as many settings as users give names} */
  boolean isPattern() {
    return name.indexOf('<') >= 0;
  }

  /**
   * {@return the setting that a pattern stands for}
   *
   * @param names names of the user's, one for each segment in angle brackets
   */
  ConfigKey<T> of(String... names) {
    StringBuilder concrete = new StringBuilder();
    int next = 0;
    for (String segment : ConfigName.split(name)) {
      concrete.append(concrete.isEmpty() ? "" : ".");
      concrete.append(ConfigName.isOpen(segment) ? ConfigName.segment(names[next++]) : segment);
    }
    return new ConfigKey<>(concrete.toString(), type, fallback, description, secret);
  }

  /**
   * {@return this setting, or the one it stands for, if that has the name; else null}
   *
   * @param wanted a dotted name
   */
  @Nullable ConfigKey<T> named(String wanted) {
    if (!isPattern()) {
      return name.equals(wanted) ? this : null;
    }
    List<String> pattern = ConfigName.split(name);
    List<String> segments = ConfigName.split(wanted);
    return segments.size() == pattern.size() && ConfigName.begins(pattern, segments)
        ? new ConfigKey<>(wanted, type, fallback, description, secret)
        : null;
  }

  /** {@return whether it stands in a section, or one that it stands for does} */
  boolean isBelow(String section) {
    if (!isPattern()) {
      return name.startsWith(section + ".");
    }
    List<String> pattern = ConfigName.split(name);
    List<String> segments = ConfigName.split(section);
    return segments.size() < pattern.size() && ConfigName.begins(pattern, segments);
  }

  /**
   * {@return the names of the user's in a variable that this pattern stands for, null if it stands
   * for none such} Capitals as they are in the variable.
   *
   * @param variable name of an environment variable
   */
  @Nullable List<String> namesIn(String variable) {
    List<String> literals = new ArrayList<>();
    String rest = variable();
    for (int open = rest.indexOf('<'); open >= 0; open = rest.indexOf('<')) {
      literals.add(rest.substring(0, open));
      rest = rest.substring(rest.indexOf('>') + 1);
    }
    return isPattern() ? namesBetween(literals, rest, variable) : null;
  }

  private static @Nullable List<String> namesBetween(
      List<String> literals, String end, String variable) {
    List<String> names = new ArrayList<>();
    if (!variable.startsWith(literals.getFirst()) || !variable.endsWith(end)) {
      return null;
    }
    int at = literals.getFirst().length();
    for (String literal : literals.subList(1, literals.size())) {
      int next = variable.indexOf(literal, at + 1);
      if (next < 0) {
        return null;
      }
      names.add(variable.substring(at, next));
      at = next + literal.length();
    }
    int last = variable.length() - end.length();
    if (last <= at) {
      return null;
    }
    names.add(variable.substring(at, last));
    return names;
  }

  /** {@return the environment variable, {@code BRRTR_HTTP_MAX_REQUESTS} for example} */
  String variable() {
    return PREFIX + name.replace('.', '_').toUpperCase(Locale.ROOT);
  }
}
