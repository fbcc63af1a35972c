package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.Spelling;
import io.brrtrouter.openapi.source.DocumentReader;
import io.brrtrouter.schema.SourceLocation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Collects what is wrong with all files; the same problem met twice counts once. Beyond some
 * thousands, which only broken or hostile documents have, the rest is counted.
 */
final class Findings {
  private static final int MAX_FINDINGS = 10_000;

  /** Each guess looks at every name there is; who reads this many corrects these first. */
  private static final int MAX_GUESSES = 50;

  private final Set<Finding> findings = new LinkedHashSet<>();

  /** Places of values that could not be read; what stands in for them is not worth a word. */
  private final Set<SourceLocation> hidden = new HashSet<>();

  private int omitted;
  private int guesses;

  void error(String rule, SourceLocation at, String message, String fix) {
    add(new Finding(rule, Severity.ERROR, at, message, fix));
  }

  void warning(String rule, SourceLocation at, String message, String fix) {
    add(new Finding(rule, Severity.WARNING, at, message, fix));
  }

  /** Takes over what the reader of a file found. */
  void addAll(Collection<Finding> more) {
    more.forEach(this::add);
    more.stream()
        .filter(DocumentReader::hidesValue)
        .forEach(finding -> hidden.add(finding.location()));
  }

  private void add(Finding finding) {
    if (hidden.contains(finding.location())) {
      return;
    }
    if (findings.size() < MAX_FINDINGS) {
      findings.add(finding);
    } else {
      omitted++;
    }
  }

  /** {@return the word that was probably meant} */
  Optional<String> nearest(String given, Collection<String> words) {
    return guesses++ < MAX_GUESSES ? Spelling.nearest(given, words) : Optional.empty();
  }

  /**
   * {@return all findings, ordered by file, line and column}
   *
   * @param files the names of the files in the order to report them
   */
  List<Finding> sorted(List<String> files) {
    Comparator<Finding> byFile =
        Comparator.comparingInt(finding -> {
          int index = files.indexOf(finding.location().file());
          return index < 0 ? Integer.MAX_VALUE : index;
        });
    List<Finding> sorted =
        new ArrayList<>(
            findings.stream()
                .sorted(
                    byFile
                        .thenComparing(finding -> finding.location().file())
                        .thenComparingInt(finding -> finding.location().line())
                        .thenComparingInt(finding -> finding.location().column()))
                .toList());
    if (omitted > 0) {
      sorted.add(
          new Finding(
              "too-many-findings",
              Severity.ERROR,
              new SourceLocation(files.getFirst(), 0, 0),
              omitted + " more problems are not listed",
              "correct these first"));
    }
    return sorted;
  }
}
