package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.Spelling;
import io.brrtrouter.openapi.source.LocatedDocument;
import io.brrtrouter.schema.SourceLocation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Collects values and complaints from the sources, in the order file, environment, flags: the later
 * wins. Not safe for use by several threads.
 */
final class ConfigReader {
  /** Variables that are no settings: commands and the launcher read them. */
  static final List<String> FOREIGN_VARIABLES =
      List.of(
          ConfigKey.PREFIX + "STACK_SIZE",
          ConfigKey.PREFIX + "CONFIG",
          ConfigKey.PREFIX + "VERBOSE",
          ConfigKey.PREFIX + "TYPED_IN");

  /** Set by many hosting platforms. */
  private static final String PLAIN_PORT = "PORT";

  private final List<Finding> findings = new ArrayList<>();
  private ConfigValues values;

  ConfigReader(List<ConfigKey<?>> keys) {
    this(ConfigValues.defaults(keys));
  }

  ConfigReader(ConfigValues start) {
    this.values = start;
  }

  /** {@return what was read} */
  ConfigValues values() {
    return values;
  }

  /** {@return what was complained about, in the order found} */
  List<Finding> findings() {
    return findings;
  }

  /**
   * Reads a file.
   *
   * @param document its content
   */
  void file(LocatedDocument document) {
    if (document.root().isObject()) {
      section(document, document.root(), "", "");
    } else if (!document.root().isNull()) {
      error(
          "config-section",
          document.locate(""),
          "a configuration is a mapping of settings, not " + kind(document.root()),
          "write one setting per line, for example \"port: 8080\"");
    }
  }

  private void section(LocatedDocument document, JsonNode node, String pointer, String prefix) {
    node.forEachEntry((name, child) -> {
      String at = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
      member(document, child, at, prefix + ConfigName.segment(name));
    });
  }

  private void member(LocatedDocument document, JsonNode node, String pointer, String name) {
    ConfigKey<?> key = values.key(name);
    if (key != null) {
      read(key, node, document.locate(pointer));
    } else if (!isSection(name)) {
      // What is below a section nobody knows is known to nobody either.
      boolean section = node.isObject();
      error(
          "config-unknown-key",
          document.locateName(pointer),
          section ? "there is no section " + name : unknown(name),
          section ? nearestSection(name) : nearest(name));
    } else if (node.isObject()) {
      section(document, node, pointer, name + ".");
    } else if (!node.isNull()) {
      error(
          "config-section",
          document.locate(pointer),
          name + " is a section, not " + kind(node),
          "put its settings below it, indented");
    }
  }

  private boolean isSection(String name) {
    return values.keys().stream().anyMatch(key -> key.isBelow(name));
  }

  private <T> void read(ConfigKey<T> key, JsonNode node, SourceLocation location) {
    T value = key.type().read(node);
    if (value == null) {
      boolean shown = node.isValueNode() && !node.isNull() && !key.secret();
      refuse(key, location, shown ? Masked.passwords(node.toString()) : kind(node));
    } else {
      values = values.with(key, value, location.toString());
    }
  }

  /**
   * Reads environment variables: {@code PORT}, then every one that begins with {@code BRRTR_}.
   *
   * @param environment all variables
   */
  void environment(Map<String, String> environment) {
    String port = environment.get(PLAIN_PORT);
    ConfigKey<?> portKey = values.key("port");
    // Platforms that leave the port to us set the variable to nothing.
    if (port != null && !port.isBlank() && portKey != null) {
      text(portKey, port, PLAIN_PORT, "environment variable " + PLAIN_PORT);
    }
    new TreeMap<>(environment)
        .forEach((name, text) -> {
          if (name.startsWith(ConfigKey.PREFIX) && !FOREIGN_VARIABLES.contains(name)) {
            variable(name, text);
          }
        });
  }

  private void variable(String name, String text) {
    for (ConfigKey<?> key : values.keys()) {
      if (key.variable().equals(name)) {
        text(key, text, name, "environment variable " + name);
        return;
      }
    }
    ConfigKey<?> pattern = pattern(name);
    if (pattern != null) {
      text(pattern, text, name, "environment variable " + name);
      return;
    }
    // What all variables begin with brings none of them nearer.
    String given = name.substring(ConfigKey.PREFIX.length());
    List<String> variables =
        values.keys().stream()
            .map(key -> key.variable().substring(ConfigKey.PREFIX.length()))
            .toList();
    findings.add(
        new Finding(
            "config-unknown-variable",
            Severity.WARNING,
            new SourceLocation("environment variable " + name, 0, 0),
            "no setting has this variable",
            didYouMean(Spelling.nearest(given, variables).map(ConfigKey.PREFIX::concat))
                .orElse(
                    "that of %s is %s, for example; %s"
                        .formatted(
                            ConfigKeys.MAX_REQUESTS.name(),
                            ConfigKeys.MAX_REQUESTS.variable(),
                            members("")))));
  }

  /** {@return the setting that the most particular pattern stands for, null if none does} */
  private @Nullable ConfigKey<?> pattern(String variable) {
    return values.keys().stream()
        .filter(key -> key.namesIn(variable) != null)
        .max(Comparator.comparingInt(key -> key.name().replaceAll("<.*?>", "").length()))
        .<ConfigKey<?>>map(key -> key.of(known(key, variable)))
        .orElse(null);
  }

  /** Variables have capitals only: a name that the file gave is meant, if there is one like it. */
  private String[] known(ConfigKey<?> pattern, String variable) {
    List<String> names = new ArrayList<>(Objects.requireNonNull(pattern.namesIn(variable)));
    StringBuilder section = new StringBuilder();
    int next = 0;
    for (String segment : ConfigName.split(pattern.name())) {
      String name = segment;
      if (ConfigName.isOpen(segment)) {
        String capitals = names.get(next);
        name =
            values.names(section.toString()).stream()
                .filter(each -> ConfigName.inVariable(each).equals(capitals))
                .findFirst()
                .orElse(capitals.toLowerCase(Locale.ROOT));
        names.set(next++, name);
      }
      section.append(section.isEmpty() ? "" : ".").append(ConfigName.segment(name));
    }
    return names.toArray(String[]::new);
  }

  /**
   * Reads flags of the command line.
   *
   * @param flags values by dotted name of the setting
   */
  void flags(Map<String, String> flags) {
    flags.forEach((name, text) -> given(name, text, "--" + name));
  }

  /**
   * Reads one value given by name.
   *
   * @param name the dotted name
   * @param text the value
   * @param source what to call its source
   */
  void given(String name, String text, String source) {
    ConfigKey<?> key = values.key(name);
    if (key == null) {
      error("config-unknown-key", new SourceLocation(source, 0, 0), unknown(name), nearest(name));
    } else {
      text(key, text, source, source);
    }
  }

  private <T> void text(ConfigKey<T> key, String text, String source, String place) {
    T value = key.type().parse(text);
    if (value == null) {
      refuse(
          key,
          new SourceLocation(place, 0, 0),
          key.secret() ? "this" : '"' + Masked.passwords(text) + '"');
    } else {
      values = values.with(key, value, source);
    }
  }

  private void refuse(ConfigKey<?> key, SourceLocation location, String what) {
    error(
        "config-value",
        location,
        key.name() + " cannot be " + what,
        "it takes: " + key.type().explanation().replace("`", ""));
  }

  private void error(String rule, SourceLocation location, String message, String fix) {
    findings.add(new Finding(rule, Severity.ERROR, location, message, fix));
  }

  private static String unknown(String name) {
    return "there is no setting " + name;
  }

  private String nearest(String name) {
    List<String> names = values.keys().stream().map(ConfigKey::name).toList();
    return nearest(name, names);
  }

  private String nearestSection(String name) {
    Set<String> sections = new TreeSet<>();
    for (ConfigKey<?> key : values.keys()) {
      for (int dot = key.name().indexOf('.'); dot >= 0; dot = key.name().indexOf('.', dot + 1)) {
        sections.add(key.name().substring(0, dot));
      }
    }
    return nearest(name, sections);
  }

  private String nearest(String name, Collection<String> names) {
    return didYouMean(Spelling.nearest(name, names).or(() -> elsewhere(name, names)))
        .orElseGet(() -> members(name.substring(0, Math.max(0, name.lastIndexOf('.')))));
  }

  /** {@return what a section has; of all sections together, where there is none of that name} */
  private String members(String section) {
    int depth = section.isEmpty() ? 0 : ConfigName.split(section).size();
    List<String> members =
        values.keys().stream()
            .filter(key -> section.isEmpty() || key.isBelow(section))
            .map(key -> ConfigName.split(key.name()).get(depth))
            .distinct()
            .toList();
    return members.isEmpty()
        ? members("")
        : (section.isEmpty() ? "there are " : section + " has ") + String.join(", ", members);
  }

  /** The right name in the wrong section. */
  private static Optional<String> elsewhere(String name, Collection<String> names) {
    return names.stream().filter(each -> last(each).equals(last(name))).findFirst();
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static Optional<String> didYouMean(Optional<String> name) {
    return name.map(near -> "did you mean " + near + "?");
  }

  private static String kind(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> "a mapping";
      case ARRAY -> "a sequence";
      case NULL, MISSING -> "empty";
      case BOOLEAN -> "true or false";
      case NUMBER -> "a number";
      default -> "a text";
    };
  }
}
