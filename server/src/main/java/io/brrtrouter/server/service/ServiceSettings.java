package io.brrtrouter.server.service;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigName;
import io.brrtrouter.server.config.ConfigValues;
import io.brrtrouter.server.config.PlainSecret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@code services} says about one service. Immutable. */
public final class ServiceSettings {
  /** The section that has a member for each service. */
  public static final String SECTION = "services";

  /** What the names of all settings of services begin with. */
  public static final String PREFIX = "services.<service>.";

  static final String RULE = "service-settings";

  private final ConfigValues values;
  private final String name;

  /**
   * Puts together what is known.
   *
   * @param values all settings
   * @param name the name of the service as the configuration has it
   */
  public ServiceSettings(ConfigValues values, String name) {
    this.values = values;
    this.name = name;
  }

  /**
   * {@return what is configured for a service, if anything is} A variable has capitals only, so
   * that its name may differ from that of a document.
   *
   * @param values all settings
   * @param service the name that a document has
   */
  public static Optional<ServiceSettings> named(ConfigValues values, String service) {
    Set<String> names = values.names(SECTION);
    Optional<String> known =
        names.contains(service)
            ? Optional.of(service)
            : names.stream()
                .filter(each -> ConfigName.inVariable(each).equals(ConfigName.inVariable(service)))
                .findFirst();
    return known.map(name -> new ServiceSettings(values, name));
  }

  /** {@return the name of the service as the configuration has it} */
  public String name() {
    return name;
  }

  /**
   * {@return the value of a setting}
   *
   * @param key one of {@link ServiceSource#keys}
   * @param <T> its type
   */
  public <T> T get(ConfigKey<T> key) {
    return values.get(key.of(name));
  }

  /**
   * {@return an error about a setting, at its place}
   *
   * @param key one of {@link ServiceSource#keys}
   * @param what what is wrong, the rest of a sentence that begins with the name of the setting;
   *     without the value if that is a secret
   * @param fix one clause that says what would be right
   */
  public Finding mistake(ConfigKey<?> key, String what, String fix) {
    return finding(Severity.ERROR, key, what, fix);
  }

  /**
   * {@return a warning about a setting, at its place}
   *
   * @param key one of {@link ServiceSource#keys}
   * @param what what is unwise, the rest of a sentence that begins with the name of the setting
   * @param fix one clause that says what would be better
   */
  public Finding warning(ConfigKey<?> key, String what, String fix) {
    return finding(Severity.WARNING, key, what, fix);
  }

  private Finding finding(Severity severity, ConfigKey<?> key, String what, String fix) {
    ConfigKey<?> setting = key.of(name);
    return new Finding(RULE, severity, values.place(setting), setting.name() + " " + what, fix);
  }

  /** {@return the addresses of the service for people, without credentials; empty without any} */
  public String addresses() {
    ConfigKey<?> url = values.key(path() + ".url");
    return url == null ? "" : values.shown(url);
  }

  /** {@return where the section of the service is} */
  public SourceLocation place() {
    return values.section(path());
  }

  /** {@return all that is said of the service: equal where it is the same, wherever it stands} */
  public Object substance() {
    return List.of(SECTION, name, values.below(path()));
  }

  /** {@return a warning for each secret that stands in the configuration file itself} */
  public List<Finding> plainSecrets() {
    return values.inForce().stream()
        .filter(key -> key.secret() && key.isBelow(path()) && values.isInFile(key))
        .map(this::plain)
        .toList();
  }

  private Finding plain(ConfigKey<?> key) {
    List<String> ways = new ArrayList<>();
    ConfigKey<?> file = values.key(key.name() + "_file");
    if (file != null) {
      ways.add("name a file that has it with " + ConfigName.last(file.name()));
    }
    return PlainSecret.warning(key.name(), key, values, ways);
  }

  private String path() {
    return SECTION + "." + ConfigName.segment(name);
  }
}
