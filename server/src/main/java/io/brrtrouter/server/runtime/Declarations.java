package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.schema.SourceLocation;
import io.brrtrouter.server.config.ConfigKey;
import io.brrtrouter.server.config.ConfigReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Finds settings of an application that could be mistaken for others. */
final class Declarations {
  private static final SourceLocation PLACE =
      new SourceLocation("settings of the application", 0, 0);

  private Declarations() {}

  /**
   * {@return an error for each setting that cannot be added}
   *
   * @param known the settings there are
   * @param added those to be added
   */
  static List<Finding> clashes(List<ConfigKey<?>> known, List<ConfigKey<String>> added) {
    List<ConfigKey<?>> all = new ArrayList<>(known);
    List<Finding> clashes = new ArrayList<>();
    for (ConfigKey<String> key : added) {
      clash(key, all)
          .ifPresent(
              problem -> clashes.add(finding(key.name() + " " + problem, "give it another name")));
      all.add(key);
    }
    return clashes;
  }

  /**
   * {@return the settings of an application}
   *
   * @throws ConfigException if one is declared wrongly, or there is null where a setting should be
   */
  static List<DeclaredSetting> of(BrrtApplication application) {
    try {
      List<DeclaredSetting> settings = application.settings();
      if (settings == null || settings.stream().anyMatch(Objects::isNull)) {
        throw new WrongDeclaration(
            "settings() answered " + (settings == null ? "null" : "a list with null in it"),
            "List.of() is none");
      }
      return settings;
    } catch (WrongDeclaration wrong) {
      throw new ConfigException(List.of(wrong.finding()));
    } catch (ExceptionInInitializerError failed) {
      if (failed.getCause() instanceof WrongDeclaration wrong) {
        throw new ConfigException(List.of(wrong.finding()));
      }
      throw failed;
    }
  }

  static Finding finding(String problem, String fix) {
    return new Finding("config-declaration", Severity.ERROR, PLACE, problem, fix);
  }

  private static Optional<String> clash(ConfigKey<String> key, List<ConfigKey<?>> others) {
    if (ConfigReader.FOREIGN_VARIABLES.contains(key.variable())) {
      return Optional.of("would have the variable " + key.variable() + ", which is no setting's");
    }
    return others.stream()
        .flatMap(other -> clash(key, other).stream())
        .findFirst()
        .or(() -> guestInSection(key));
  }

  private static Optional<String> clash(ConfigKey<String> key, ConfigKey<?> other) {
    if (key.name().equals(other.name())) {
      boolean server = ConfigKeys.ALL.contains(other);
      return Optional.of(server ? "is a setting of the server" : "is declared twice");
    }
    if (key.name().startsWith(other.name() + ".") || other.name().startsWith(key.name() + ".")) {
      return Optional.of("and " + other.name() + " would be a setting and a section in one");
    }
    return key.variable().equals(other.variable())
        ? Optional.of("would have the variable of " + other.name() + ", " + key.variable())
        : Optional.empty();
  }

  /** A later version of the server may have a setting of that name. */
  private static Optional<String> guestInSection(ConfigKey<String> key) {
    String section = key.name().substring(0, key.name().indexOf('.') + 1);
    boolean guest =
        !section.isEmpty()
            && ConfigKeys.ALL.stream().anyMatch(other -> other.name().startsWith(section));
    return guest ? Optional.of("stands in a section of the server's") : Optional.empty();
  }
}
