package io.brrtrouter.server.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Everything there is to know about one setting; the configuration reference is generated from it.
 * Two of one name are the same setting, and equal: what declares some may be asked more than once.
 *
 * @param name the name in dotted form, {@code http.max_requests} for example; a segment in angle
 *     brackets stands for a name of the user's, and the setting for as many as there are such names
 * @param type the values it takes
 * @param fallback the value unless configured
 * @param description what it does, in one or two sentences
 * @param secret whether its value must not be shown
 * @param otherNames what it is called elsewhere, in place of the last part of its name: who writes
 *     one of these is told the right one
 * @param <T> the Java type of its values
 */
public record ConfigKey<T>(
    String name,
    ConfigType<T> type,
    T fallback,
    String description,
    boolean secret,
    List<String> otherNames) {

  /** Prefix of the environment variables. */
  public static final String PREFIX = "BRRTR_";

  /** Copies what it is called elsewhere. */
  public ConfigKey {
    otherNames = List.copyOf(otherNames);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ConfigKey<?> key && key.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  /**
   * Describes a setting that may be shown.
   *
   * @param name the name in dotted form
   * @param type the values it takes
   * @param fallback the value unless configured
   * @param description what it does
   */
  public ConfigKey(String name, ConfigType<T> type, T fallback, String description) {
    this(name, type, fallback, description, false);
  }

  /**
   * Describes a setting.
   *
   * @param name the name in dotted form
   * @param type the values it takes
   * @param fallback the value unless configured
   * @param description what it does
   * @param secret whether its value must not be shown
   */
  public ConfigKey(
      String name, ConfigType<T> type, T fallback, String description, boolean secret) {
    this(name, type, fallback, description, secret, List.of());
  }

  /** {@return this setting, its value never shown} */
  public ConfigKey<T> asSecret() {
    return new ConfigKey<>(name, type, fallback, description, true, otherNames);
  }

  /**
   * {@return this setting, which whoever gives it another name is told of}
   *
   * @param names what it is called elsewhere: {@code issuer} for {@code iss}
   */
  public ConfigKey<T> alsoCalled(String... names) {
    return new ConfigKey<>(name, type, fallback, description, secret, List.of(names));
  }

  /** {@return this setting with another last part of its name} */
  ConfigKey<T> called(String other) {
    String section = name.substring(0, name.lastIndexOf('.') + 1);
    return new ConfigKey<>(section + other, type, fallback, description, secret, otherNames);
  }

  /** {@return whether it stands for as many settings as users give names} */
  public boolean isPattern() {
    return name.indexOf('<') >= 0;
  }

  /**
   * {@return the setting that a pattern stands for}
   *
   * @param names names of the user's, one for each segment in angle brackets
   */
  public ConfigKey<T> of(String... names) {
    StringBuilder concrete = new StringBuilder();
    int next = 0;
    for (String segment : ConfigName.split(name)) {
      concrete.append(concrete.isEmpty() ? "" : ".");
      concrete.append(ConfigName.isOpen(segment) ? ConfigName.segment(names[next++]) : segment);
    }
    return new ConfigKey<>(concrete.toString(), type, fallback, description, secret, otherNames);
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
        ? new ConfigKey<>(wanted, type, fallback, description, secret, otherNames)
        : null;
  }

  /**
   * {@return whether it stands in a section, or one that it stands for does}
   *
   * @param section the dotted name of the section
   */
  public boolean isBelow(String section) {
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
  public String variable() {
    return PREFIX
        + name.replace("\"", "").replaceAll("[^A-Za-z0-9<>]", "_").toUpperCase(Locale.ROOT);
  }
}
