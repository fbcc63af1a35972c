package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Spelling;
import io.brrtrouter.openapi.source.LocatedNode;
import io.brrtrouter.schema.SourceLocation;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects findings; what is found again through another reference counts once. */
final class Report {
  /** Each guess looks at every name there is; who reads this many corrects these first. */
  private static final int MAX_GUESSES = 50;

  private final Set<Finding> findings = new LinkedHashSet<>();
  private int guesses;

  void add(Rule rule, SourceLocation at, String message, String fix) {
    findings.add(new Finding(rule.id(), rule.severity(), at, message, fix));
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** {@return where something else is, as seen from a place: a line, or a file and a line} */
  static String elsewhere(SourceLocation other, SourceLocation from) {
    if (!other.file().equals(from.file())) {
      return "in " + other.file() + ":" + other.line();
    }
    return other.line() == from.line() ? "in the same line" : "in line " + other.line();
  }

  /** {@return a question with the nearest known name, or else the advice} */
  String didYouMean(String given, Collection<String> known, String otherwise) {
    if (guesses++ >= MAX_GUESSES) {
      return otherwise;
    }
    return Spelling.nearest(given, known)
        .map(near -> "did you mean \"" + near + "\"?")
        .orElse(otherwise);
  }

  /** {@return the text of a member, or the empty text when it is no text} */
  static String text(LocatedNode object, String member) {
    LocatedNode value = object.member(member);
    return value != null && value.node().isString() ? value.node().stringValue() : "";
  }
}
