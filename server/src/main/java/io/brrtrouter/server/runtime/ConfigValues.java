package io.brrtrouter.server.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of settings with their sources. Immutable; a change is a new value. */
final class ConfigValues {
  private static final String DEFAULT = "default";

  private final List<ConfigKey<?>> keys;
  private final Map<ConfigKey<?>, Given<?>> given;

  private record Given<T>(T value, String source) {}

  private ConfigValues(List<ConfigKey<?>> keys, Map<ConfigKey<?>, Given<?>> given) {
    this.keys = keys;
    this.given = given;
  }

  /**
   * {@return every setting at its default}
   *
   * @param keys the settings there are
   */
  static ConfigValues defaults(List<ConfigKey<?>> keys) {
    return new ConfigValues(List.copyOf(keys), Map.of());
  }

  /**
   * {@return these values with further settings, at their defaults}
   *
   * @param more the settings
   */
  ConfigValues declaring(List<? extends ConfigKey<?>> more) {
    List<ConfigKey<?>> all = new ArrayList<>(keys);
    all.addAll(more);
    return new ConfigValues(List.copyOf(all), given);
  }

  /** {@return the settings there are} */
  List<ConfigKey<?>> keys() {
    return keys;
  }

  /**
   * {@return the setting of a name, or null}
   *
   * @param name the dotted name
   */
  @Nullable ConfigKey<?> key(String name) {
    for (ConfigKey<?> key : keys) {
      if (key.name().equals(name)) {
        return key;
      }
    }
    return null;
  }

  /**
   * {@return these values with one more}
   *
   * @param key the setting
   * @param value its value
   * @param source where it comes from
   * @param <T> the type
   */
  <T> ConfigValues with(ConfigKey<T> key, T value, String source) {
    Map<ConfigKey<?>, Given<?>> more = new LinkedHashMap<>(given);
    more.put(key, new Given<>(value, source));
    return new ConfigValues(keys, more);
  }

  /**
   * {@return the value in force}
   *
   * @param key the setting
   * @param <T> the type
   */
  @SuppressWarnings("unchecked") // with() is the only writer and takes a value of the key's type
  <T> T get(ConfigKey<T> key) {
    Given<?> value = given.get(key);
    return value == null ? key.fallback() : (T) value.value();
  }

  /**
   * {@return where the value in force comes from}
   *
   * @param key the setting
   */
  String source(ConfigKey<?> key) {
    Given<?> value = given.get(key);
    return value == null ? DEFAULT : value.source();
  }

  /** {@return every setting, for people to read} */
  List<Setting> settings() {
    return keys.stream().<Setting>map(this::setting).toList();
  }

  /**
   * {@return a setting, for people to read}
   *
   * @param key which
   * @param <T> its type
   */
  <T> Setting setting(ConfigKey<T> key) {
    String value = key.secret() ? Masked.MASK : Masked.passwords(key.type().render(get(key)));
    return new Setting(key.name(), value, source(key));
  }
}
