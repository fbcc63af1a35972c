package io.brrtrouter.server.config;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.source.LocatedDocument;
import io.brrtrouter.schema.SourceLocation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Collects values and complaints from the sources, in the order file, environment, flags: the later
 * wins. Not safe for use by several threads.
 */
public final class ConfigReader {
  /** Variables that are no settings: commands and the launcher read them. */
  public static final List<String> FOREIGN_VARIABLES =
      List.of(
          ConfigKey.PREFIX + "STACK_SIZE",
          ConfigKey.PREFIX + "CONFIG",
          ConfigKey.PREFIX + "VERBOSE",
          ConfigKey.PREFIX + "TYPED_IN");

  /** Set by many hosting platforms. */
  private static final String PLAIN_PORT = "PORT";

  private final List<Finding> findings = new ArrayList<>();

  /** Names of settings and sections that were not read as they were meant. */
  private final Set<String> misread = new LinkedHashSet<>();

  /** Errors by the names in {@link #misread}. */
  private final Map<String, List<Finding>> errors = new LinkedHashMap<>();

  private final Map<String, String> elsewhere;
  private final Suggestions suggestions;
  private ConfigValues values;

  /**
   * Begins with values.
   *
   * @param start the settings there are, with their values so far
   * @param elsewhere what artifact knows a section that nobody here does, by the section's name
   */
  public ConfigReader(ConfigValues start, Map<String, String> elsewhere) {
    this.values = start;
    this.elsewhere = Map.copyOf(elsewhere);
    this.suggestions = new Suggestions(start.keys(), elsewhere.keySet());
  }

  /** {@return what was read} */
  public ConfigValues values() {
    return values;
  }

  /** {@return what was complained about, in the order found} */
  public List<Finding> findings() {
    return findings;
  }

  /**
   * {@return the dotted names of settings and sections that were complained about: what is below or
   * above them is not what somebody meant; an empty one for all}
   */
  public Set<String> misread() {
    return Collections.unmodifiableSet(misread);
  }

  /**
   * {@return errors about a section, what is in it, and what keeps anybody from telling}
   *
   * @param section its dotted name
   */
  public List<Finding> findings(String section) {
    return errors.entrySet().stream()
        .filter(each ->
            each.getKey().isEmpty()
                || each.getKey().equals(section)
                || each.getKey().startsWith(section + "."))
        .flatMap(each -> each.getValue().stream())
        .toList();
  }

  /**
   * Takes mistakes of a file that keep some of it from being read. Nobody knows what their lines
   * have.
   *
   * @param broken what is wrong with it
   */
  public void broken(List<Finding> broken) {
    for (Finding each : broken) {
      add(
          "",
          new Finding(
              each.rule(),
              each.severity(),
              withoutLine(each.location()),
              each.message(),
              each.fix()));
    }
  }

  /**
   * Reads a file.
   *
   * @param document its content
   */
  public void file(LocatedDocument document) {
    if (document.root().isObject()) {
      section(document, document.root(), "", "");
    } else if (!document.root().isNull()) {
      error(
          "",
          "config-section",
          withoutLine(document.locate("")),
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
      read(key, node, document, pointer);
    } else if (elsewhere.containsKey(name)) {
      absent(name, withoutLine(document.locateName(pointer)));
    } else if (!isSection(name)) {
      // What is below a section nobody knows is known to nobody either.
      boolean section = node.isObject();
      error(
          name,
          "config-unknown-key",
          section ? document.locateName(pointer) : withoutLine(document.locateName(pointer)),
          section ? "there is no section " + name : unknown(name),
          section ? suggestions.forSection(name) : suggestions.forSetting(name));
    } else if (node.isObject()) {
      values = values.withSection(name, withoutLine(document.locateName(pointer)));
      section(document, node, pointer, name + ".");
    } else if (node.isNull()) {
      values = values.withSection(name, withoutLine(document.locateName(pointer)));
    } else {
      error(
          name,
          "config-section",
          withoutLine(document.locate(pointer)),
          name + " is a section, not " + kind(node),
          "put its settings below it, indented");
    }
  }

  private void absent(String section, SourceLocation location) {
    String artifact = elsewhere.get(section);
    error(
        section,
        "config-artifact",
        location,
        section + " needs the artifact " + artifact + ", which is not on the class path",
        "add the dependency io.brrtrouter:" + artifact);
  }

  /** Reports show the line of a place, and this one may have a secret. */
  private static SourceLocation withoutLine(SourceLocation location) {
    return new SourceLocation(location.toString(), 0, 0);
  }

  private boolean isSection(String name) {
    return values.keys().stream().anyMatch(key -> key.isBelow(name));
  }

  private <T> void read(ConfigKey<T> key, JsonNode node, LocatedDocument document, String pointer) {
    T value = key.type().read(node);
    if (value != null) {
      values = values.fromFile(key, value, withoutLine(document.locate(pointer)));
      return;
    }
    List<Integer> misfits = key.type().misfits(node);
    for (int position : misfits) {
      refuseElement(key, document.locate(pointer + "/" + position), shown(key, node.get(position)));
    }
    if (misfits.isEmpty()) {
      SourceLocation place = document.locate(pointer);
      refuse(key, key.secret() ? withoutLine(place) : place, shown(key, node));
    }
  }

  private static String shown(ConfigKey<?> key, JsonNode node) {
    if (key.secret() && node.isString()) {
      return "this";
    }
    boolean shown = node.isValueNode() && !node.isNull() && !key.secret();
    return shown ? Masked.passwords(node.toString()) : kind(node);
  }

  /**
   * Reads environment variables: {@code PORT}, then every one that begins with {@code BRRTR_}.
   *
   * @param environment all variables
   */
  public void environment(Map<String, String> environment) {
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
    SourceLocation place = new SourceLocation("environment variable " + name, 0, 0);
    for (String section : elsewhere.keySet()) {
      if (name.startsWith(ConfigKey.PREFIX + ConfigName.inVariable(section) + "_")) {
        absent(section, place);
        return;
      }
    }
    findings.add(
        new Finding(
            "config-unknown-variable",
            Severity.WARNING,
            place,
            "no setting has this variable",
            suggestions.forVariable(name)));
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
  public void flags(Map<String, String> flags) {
    flags.forEach((name, text) -> given(name, text, "--" + name));
  }

  /**
   * Reads one value given by name.
   *
   * @param name the dotted name
   * @param text the value
   * @param source what to call its source
   */
  public void given(String name, String text, String source) {
    ConfigKey<?> key = values.key(name);
    SourceLocation place = new SourceLocation(source, 0, 0);
    Optional<String> absent =
        elsewhere.keySet().stream().filter(each -> name.startsWith(each + ".")).findFirst();
    if (absent.isPresent()) {
      absent(absent.get(), place);
    } else if (key == null) {
      error(name, "config-unknown-key", place, unknown(name), suggestions.forSetting(name));
    } else {
      text(key, text, source, source);
    }
  }

  private <T> void text(ConfigKey<T> key, String text, String source, String place) {
    SourceLocation location = new SourceLocation(place, 0, 0);
    T value = key.type().parse(text);
    if (value != null) {
      values = values.with(key, value, source, location);
      return;
    }
    List<String> misfits = key.type().misfits(text);
    misfits.forEach(each -> refuseElement(key, location, shown(key, each)));
    if (misfits.isEmpty()) {
      refuse(key, location, shown(key, text));
    }
  }

  private static String shown(ConfigKey<?> key, String text) {
    return key.secret() ? "this" : '"' + Masked.passwords(text) + '"';
  }

  private void refuse(ConfigKey<?> key, SourceLocation location, String what) {
    error(
        key.name(),
        "config-value",
        location,
        key.name() + " cannot be " + what,
        "it takes: " + explained(key.type()));
  }

  /** Of a list, what is wrong is named, and not that it is a list. */
  private void refuseElement(ConfigKey<?> list, SourceLocation location, String what) {
    error(
        list.name(),
        "config-value",
        location,
        list.name() + " cannot have " + what,
        "each is: " + explained(Objects.requireNonNull(list.type().element())));
  }

  private static String explained(ConfigType<?> type) {
    return type.explanation().replace("`", "");
  }

  private void error(
      String name, String rule, SourceLocation location, String message, String fix) {
    add(name, new Finding(rule, Severity.ERROR, location, message, fix));
  }

  private void add(String name, Finding error) {
    misread.add(name);
    findings.add(error);
    errors.computeIfAbsent(name, _ -> new ArrayList<>()).add(error);
  }

  private static String unknown(String name) {
    return "there is no setting " + name;
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
