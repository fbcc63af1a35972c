package io.brrtrouter.server.config;

import io.brrtrouter.schema.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Values of settings with their sources. Immutable; a change is a new value. */
public final class ConfigValues {
  private static final String DEFAULT = "default";
  private static final SourceLocation NOWHERE = new SourceLocation("configuration", 0, 0);

  private final List<ConfigKey<?>> keys;
  private final Map<ConfigKey<?>, Given<?>> given;

  /** Where sections stand in a file, by their names. */
  private final Map<String, SourceLocation> sections;

  private record Given<T>(T value, String source, SourceLocation place, boolean inFile) {}

  private ConfigValues(
      List<ConfigKey<?>> keys,
      Map<ConfigKey<?>, Given<?>> given,
      Map<String, SourceLocation> sections) {
    this.keys = keys;
    this.given = given;
    this.sections = sections;
  }

  /**
   * {@return every setting at its default}
   *
   * @param keys the settings there are
   */
  public static ConfigValues defaults(List<ConfigKey<?>> keys) {
    return new ConfigValues(List.copyOf(keys), Map.of(), Map.of());
  }

  /**
   * {@return these values with further settings, at their defaults}
   *
   * @param more the settings
   */
  public ConfigValues declaring(List<? extends ConfigKey<?>> more) {
    List<ConfigKey<?>> all = new ArrayList<>(keys);
    all.addAll(more);
    return new ConfigValues(List.copyOf(all), given, sections);
  }

  /** {@return the settings there are} */
  public List<ConfigKey<?>> keys() {
    return keys;
  }

  /**
   * {@return the setting of a name, or null}
   *
   * @param name the dotted name
   */
  public @Nullable ConfigKey<?> key(String name) {
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
  public SequencedSet<String> names(String section) {
    List<String> segments = ConfigName.split(section);
    SequencedSet<String> names = new LinkedHashSet<>();
    Stream.concat(sections.keySet().stream(), given.keySet().stream().map(ConfigKey::name))
        .map(ConfigName::split)
        .filter(name -> name.size() > segments.size())
        .filter(name -> name.subList(0, segments.size()).equals(segments))
        .forEach(name -> names.add(name.get(segments.size())));
    return names;
  }

  /**
   * {@return these values with one more}
   *
   * @param key the setting
   * @param value its value
   * @param source where it comes from
   * @param place the same for messages
   * @param <T> the type
   */
  <T> ConfigValues with(ConfigKey<T> key, T value, String source, SourceLocation place) {
    return with(key, new Given<>(value, source, place, false));
  }

  /** {@return these values with one more, from a file} */
  <T> ConfigValues fromFile(ConfigKey<T> key, T value, SourceLocation place) {
    return with(key, new Given<>(value, place.toString(), place, true));
  }

  private ConfigValues with(ConfigKey<?> key, Given<?> value) {
    Map<ConfigKey<?>, Given<?>> more = new LinkedHashMap<>(given);
    more.put(key, value);
    return new ConfigValues(keys, more, sections);
  }

  /** {@return these values with a section, which may have none of them} */
  ConfigValues withSection(String name, SourceLocation place) {
    Map<String, SourceLocation> more = new LinkedHashMap<>(sections);
    more.put(name, place);
    return new ConfigValues(keys, given, more);
  }

  /**
   * {@return the value in force}
   *
   * @param key the setting
   * @param <T> the type
   */
  @SuppressWarnings("unchecked") // with() is the only writer and takes a value of the key's type
  public <T> T get(ConfigKey<T> key) {
    Given<?> value = given.get(key);
    return value == null ? key.fallback() : (T) value.value();
  }

  /**
   * {@return where the value in force comes from}
   *
   * @param key the setting
   */
  public String source(ConfigKey<?> key) {
    Given<?> value = given.get(key);
    return value == null ? DEFAULT : value.source();
  }

  /**
   * {@return where a setting is given; its section, where it is not}
   *
   * @param key the setting, no pattern
   */
  public SourceLocation place(ConfigKey<?> key) {
    Given<?> value = given.get(key);
    return value == null
        ? section(key.name().substring(0, key.name().lastIndexOf('.')))
        : value.place();
  }

  /**
   * {@return where a section is: in the file, else where the first of its settings is given}
   *
   * @param name the dotted name
   */
  public SourceLocation section(String name) {
    SourceLocation inFile = sections.get(name);
    if (inFile != null) {
      return inFile;
    }
    return given.entrySet().stream()
        .filter(each -> each.getKey().isBelow(name))
        .map(each -> each.getValue().place())
        .findFirst()
        .orElse(NOWHERE);
  }

  /**
   * {@return all that is said in a section, by whichever source, in order: equal for two
   * configurations that say the same about it, wherever it stands}
   *
   * @param section the dotted name of the section
   */
  public List<Map.Entry<String, Object>> below(String section) {
    List<Map.Entry<String, Object>> said = new ArrayList<>();
    sections.keySet().stream()
        .filter(name -> name.startsWith(section + "."))
        .forEach(name -> said.add(Map.entry(name, "")));
    given.forEach((key, value) -> {
      if (key.isBelow(section)) {
        said.add(Map.entry(key.name(), value.value()));
      }
    });
    return List.copyOf(said);
  }

  /**
   * {@return these values, some of them as others have them}
   *
   * @param kept the settings, no patterns
   * @param from the others
   */
  public ConfigValues keeping(List<? extends ConfigKey<?>> kept, ConfigValues from) {
    Map<ConfigKey<?>, Given<?>> mixed = new LinkedHashMap<>(given);
    for (ConfigKey<?> key : kept) {
      Given<?> before = from.given.get(key);
      if (before == null) {
        mixed.remove(key);
      } else {
        mixed.put(key, before);
      }
    }
    return new ConfigValues(keys, mixed, sections);
  }

  /**
   * {@return whether a setting is given anywhere, be it what it would be anyway}
   *
   * @param key the setting, no pattern
   */
  public boolean isGiven(ConfigKey<?> key) {
    return given.containsKey(key);
  }

  /**
   * {@return whether a setting is given in the file, and not by what goes before that}
   *
   * @param key the setting, no pattern
   */
  public boolean isInFile(ConfigKey<?> key) {
    Given<?> value = given.get(key);
    return value != null && value.inFile();
  }

  /** {@return every setting in force, in order} */
  public List<ConfigKey<?>> inForce() {
    return keys.stream().<ConfigKey<?>>flatMap(this::concrete).toList();
  }

  /** A pattern is no setting; those that were given and that it stands for are. */
  private Stream<ConfigKey<?>> concrete(ConfigKey<?> key) {
    return key.isPattern()
        ? given.keySet().stream().filter(each -> key.named(each.name()) != null)
        : Stream.of(key);
  }

  /**
   * {@return the value in force, for people to read}
   *
   * @param key the setting
   * @param <T> its type
   */
  public <T> String shown(ConfigKey<T> key) {
    String text = key.type().render(get(key));
    // That there is none is no secret.
    return key.secret() && !text.isEmpty() ? Masked.MASK : Masked.passwords(text);
  }
}
