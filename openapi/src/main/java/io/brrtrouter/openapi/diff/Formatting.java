package io.brrtrouter.openapi.diff;

import io.brrtrouter.schema.Formats;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which of two formats has more values. */
enum Formatting {
  /** Formats of numbers. */
  NUMERIC,
  /** Formats of strings. */
  TEXTUAL;

  /** Each has fewer values than the next. */
  private static final List<String> NUMBERS = List.of("int32", "int64", "float", "double");

  /** Formats that say what a text means to people and exclude none. */
  private static final Set<String> HINTS = Set.of("commonmark", "html", "password");

  /** Formats that exclude none but say how the octets are sent. */
  private static final Set<String> OCTETS = Set.of("binary");

  /** Formats of which each has a value that is none of the others'. */
  private static final Set<String> DISTINCT =
      Set.of("date-time", "date", "time", "duration", "email", "ipv4", "ipv6", "uri", "uuid");

  private static final Map<String, List<String>> CONTAINED =
      Map.of(
          "email", List.of("idn-email"),
          "hostname", List.of("idn-hostname", "uri-reference"),
          "uri", List.of("uri-reference", "iri"),
          "uri-reference", List.of("iri-reference"),
          "iri", List.of("iri-reference"),
          "uuid", List.of("hostname", "uri-reference"));

  /** How a new format stands to an old one. */
  enum Relation {
    NARROWER,
    WIDER,
    UNDECIDED,
    HINT;

    Relation reversed() {
      return switch (this) {
        case NARROWER -> WIDER;
        case WIDER -> NARROWER;
        case UNDECIDED, HINT -> this;
      };
    }
  }

  /** {@return the formats of a schema that are about values of this sort} */
  Set<String> formats(SchemaView view) {
    Set<String> formats = new TreeSet<>();
    view.values("format").forEach(each -> formats.add(each.asString("")));
    formats.removeIf(each -> NUMBERS.contains(each) != (this == NUMERIC));
    return formats;
  }

  /** {@return how the judge's formats stand to those of the source, which differ} */
  Relation relation(Set<String> source, Set<String> judge) {
    Set<String> both = new HashSet<>(source);
    both.addAll(judge);
    if (HINTS.containsAll(both)) {
      return Relation.HINT;
    }
    if (source.size() > 1 || judge.size() > 1) {
      return several(source, judge);
    }
    if (judge.isEmpty()) {
      return isChecked(source) ? Relation.WIDER : Relation.UNDECIDED;
    }
    if (source.isEmpty()) {
      return isChecked(judge) ? Relation.NARROWER : Relation.UNDECIDED;
    }
    return relation(source.iterator().next(), judge.iterator().next());
  }

  private Relation several(Set<String> source, Set<String> judge) {
    if (source.containsAll(judge)) {
      return Relation.WIDER;
    }
    return judge.containsAll(source) && isChecked(judge) ? Relation.NARROWER : Relation.UNDECIDED;
  }

  private boolean isChecked(Set<String> formats) {
    return formats.stream()
        .allMatch(each ->
            this == NUMERIC
                || (Formats.named(each).isPresent()
                    && !HINTS.contains(each)
                    && !OCTETS.contains(each)));
  }

  private Relation relation(String source, String judge) {
    if (this == NUMERIC) {
      return NUMBERS.indexOf(source) < NUMBERS.indexOf(judge) ? Relation.WIDER : Relation.NARROWER;
    }
    if (isContained(source, judge)) {
      return Relation.WIDER;
    }
    boolean known = DISTINCT.contains(source) && DISTINCT.contains(judge);
    return known || isContained(judge, source) ? Relation.NARROWER : Relation.UNDECIDED;
  }

  private static boolean isContained(String inner, String outer) {
    Deque<String> open = new ArrayDeque<>(List.of(inner));
    while (!open.isEmpty()) {
      String format = open.poll();
      if (format.equals(outer)) {
        return true;
      }
      open.addAll(CONTAINED.getOrDefault(format, List.of()));
    }
    return false;
  }
}
