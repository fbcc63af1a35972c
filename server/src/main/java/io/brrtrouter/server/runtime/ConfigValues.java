package io.brrtrouter.server.runtime;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.Stream;
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
      ConfigKey<?> named = key.named(name);
      if (named != null) {
        return named;
      }
    }
    return null;
  }

  /**
   * {@return the names that users gave in a section, in the order given}
   *
   * @param section the dotted name of a section whose members users name
   */
  SequencedSet<String> names(String section) {
    List<String> segments = ConfigName.split(section);
    SequencedSet<String> names = new LinkedHashSet<>();
    for (ConfigKey<?> key : given.keySet()) {
      List<String> name = ConfigName.split(key.name());
      if (name.size() > segments.size() && name.subList(0, segments.size()).equals(segments)) {
        names.add(name.get(segments.size()));
      }
    }
    return names;
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
    return keys.stream().flatMap(this::concrete).<Setting>map(this::setting).toList();
  }

  /** A pattern is no setting; those that were given and that it stands for are. */
  private Stream<ConfigKey<?>> concrete(ConfigKey<?> key) {
    return key.isPattern()
        ? given.keySet().stream().filter(each -> key.named(each.name()) != null)
        : Stream.of(key);
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
