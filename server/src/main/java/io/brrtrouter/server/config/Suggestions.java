package io.brrtrouter.server.config;

import io.brrtrouter.openapi.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What was meant by a name that nothing has: one clause for the fix of a finding.
 *
 * @param keys the settings there are
 * @param elsewhere sections that are known though their settings are not
 */
record Suggestions(List<ConfigKey<?>> keys, Set<String> elsewhere) {
  /** A setting that shows how variables are named. */
  private static final String EXAMPLE = "http.max_requests";

  /** How many letters of what names begin with count. */
  private static final int SHARED = 3;

  String forSetting(String name) {
    return FormerNames.instead(name).orElseGet(() -> forUnknownSetting(name));
  }

  private String forUnknownSetting(String name) {
    return didYouMean(
            calledOtherwise(name)
                .or(() -> nearestBeside(name, plain()))
                .or(() -> Spelling.nearest(last(name), siblings(name)).map(in(name)))
                .or(() -> Spelling.nearest(name, inOtherSections(name, plain())))
                .or(() -> elsewhere(name, plain())))
        .orElseGet(() -> members(section(name)));
  }

  String forSection(String name) {
    return FormerNames.instead(name).orElseGet(() -> forUnknownSection(name));
  }

  private String forUnknownSection(String name) {
    Set<String> sections = new TreeSet<>(elsewhere);
    for (ConfigKey<?> key : keys) {
      for (int dot = key.name().indexOf('.'); dot >= 0; dot = key.name().indexOf('.', dot + 1)) {
        sections.add(key.name().substring(0, dot));
      }
    }
    // Names of the user's are near everything that is as long.
    sections.removeIf(section -> section.indexOf('<') >= 0);
    return didYouMean(
            calledOtherwise(name)
                .or(() -> nearestBeside(name, sections))
                .or(() -> Spelling.nearest(last(name), siblings(name)).map(in(name)))
                .or(() -> Spelling.nearest(name, inOtherSections(name, sections)))
                .or(() -> elsewhere(name, sections)))
        .orElseGet(() -> members(section(name)));
  }

  String forVariable(String variable) {
    return FormerNames.insteadOfVariable(variable).orElseGet(() -> forUnknownVariable(variable));
  }

  private String forUnknownVariable(String variable) {
    Optional<String> ofUsers = calledOtherwiseInVariable(variable).or(() -> misspelt(variable));
    if (ofUsers.isPresent()) {
      return didYouMean(ofUsers).orElseThrow();
    }
    // What all variables begin with brings none of them nearer.
    String given = variable.substring(ConfigKey.PREFIX.length());
    List<String> variables =
        keys.stream().map(key -> key.variable().substring(ConfigKey.PREFIX.length())).toList();
    return didYouMean(Spelling.nearest(given, variables).map(ConfigKey.PREFIX::concat))
        .orElseGet(() ->
            example().map(key -> "that of " + key.name() + " is " + key.variable()).orElse("")
                + ", for example; "
                + members(""));
  }

  /**
   * {@return the variable of a setting with names of the user's that is called like that elsewhere}
   */
  private Optional<String> calledOtherwiseInVariable(String variable) {
    for (ConfigKey<?> key : keys) {
      if (!key.isPattern()) {
        continue;
      }
      for (String other : key.otherNames()) {
        List<String> names = key.called(other).namesIn(variable);
        if (names != null) {
          return Optional.of(key.of(names.toArray(new String[0])).variable());
        }
      }
    }
    return Optional.empty();
  }

  /**
   * {@return the variable of a setting with one name of the user's that is spelt nearly like that}
   * Where the name ends nothing tells: the shortest end that is nearly one counts.
   */
  private Optional<String> misspelt(String variable) {
    for (int end = variable.lastIndexOf('_'); end > 0; end = variable.lastIndexOf('_', end - 1)) {
      String given = variable.substring(end);
      String before = variable.substring(0, end);
      List<String> ends =
          keys.stream()
              .map(ConfigKey::variable)
              .filter(each -> each.indexOf('<') >= 0 && each.indexOf('<') == each.lastIndexOf('<'))
              .filter(each -> isLonger(before, each.substring(0, each.indexOf('<'))))
              .map(each -> each.substring(each.indexOf('>') + 1))
              .toList();
      Optional<String> near = Spelling.nearest(given, ends);
      if (near.isPresent()) {
        return near.map(before::concat);
      }
    }
    return Optional.empty();
  }

  private static boolean isLonger(String text, String beginning) {
    return text.length() > beginning.length() && text.startsWith(beginning);
  }

  private Optional<ConfigKey<?>> example() {
    return keys.stream().filter(key -> key.name().equals(EXAMPLE)).findFirst();
  }

  /** Names of the user's are near everything that is as long. */
  private List<String> plain() {
    return keys.stream().filter(key -> !key.isPattern()).map(ConfigKey::name).toList();
  }

  /** {@return the setting beside a name that is called like that elsewhere} */
  private Optional<String> calledOtherwise(String name) {
    String given = letters(last(name));
    int depth = ConfigName.split(name).size();
    return below(section(name))
        .filter(key -> ConfigName.split(key.name()).size() == depth)
        .filter(key ->
            letters(last(key.name())).equals(given)
                || key.otherNames().stream().map(Suggestions::letters).anyMatch(given::equals))
        .map(key -> last(key.name()))
        .findFirst()
        .map(in(name));
  }

  private static String letters(String name) {
    return name.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
  }

  /** {@return what else there is where a name stands, but for names of the user's} */
  private List<String> siblings(String name) {
    int depth = section(name).isEmpty() ? 0 : ConfigName.split(section(name)).size();
    return below(section(name))
        .map(key -> ConfigName.split(key.name()).get(depth))
        .filter(each -> !ConfigName.isOpen(each))
        .distinct()
        .toList();
  }

  /**
   * {@return the nearest name of the same section} What all of these begin with brings none of them
   * nearer, but for a few letters, so that one of three letters may have two wrong ones.
   */
  private static Optional<String> nearestBeside(String name, Collection<String> names) {
    String section = section(name);
    String begin = section.substring(Math.max(0, section.length() - SHARED));
    List<String> beside =
        names.stream()
            .filter(each -> section(each).equals(section))
            .map(each -> begin + last(each))
            .toList();
    return Spelling.nearest(begin + last(name), beside)
        .map(near -> near.substring(begin.length()))
        .map(in(name));
  }

  /** {@return names but for those of the same section} */
  private static List<String> inOtherSections(String name, Collection<String> names) {
    return names.stream().filter(each -> !section(each).equals(section(name))).toList();
  }

  private Stream<ConfigKey<?>> below(String section) {
    return keys.stream().filter(key -> section.isEmpty() || key.isBelow(section));
  }

  /** {@return what a section has; of all sections together, where there is none of that name} */
  private String members(String section) {
    int depth = section.isEmpty() ? 0 : ConfigName.split(section).size();
    List<String> members = new ArrayList<>();
    below(section)
        .map(key -> ConfigName.split(key.name()).get(depth))
        .distinct()
        .forEach(members::add);
    return members.isEmpty()
        ? members("")
        : (section.isEmpty() ? "there are " : section + " has ") + String.join(", ", members);
  }

  /** The right name in the wrong section. */
  private static Optional<String> elsewhere(String name, Collection<String> names) {
    return names.stream().filter(each -> last(each).equals(last(name))).findFirst();
  }

  private static UnaryOperator<String> in(String name) {
    String section = section(name);
    return member -> section.isEmpty() ? member : section + "." + member;
  }

  private static String section(String name) {
    return name.substring(0, Math.max(0, name.length() - last(name).length() - 1));
  }

  private static String last(String name) {
    return ConfigName.segment(ConfigName.split(name).getLast());
  }

  private static Optional<String> didYouMean(Optional<String> name) {
    return name.map(near -> "did you mean " + near + "?");
  }
}
