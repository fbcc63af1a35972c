package io.brrtrouter.openapi.read;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.schema.SourceLocation;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with all files; the same problem met twice counts once. */
final class Findings {
  private final Set<Finding> findings = new LinkedHashSet<>();

  void error(String rule, SourceLocation at, String message, String fix) {
    findings.add(new Finding(rule, Severity.ERROR, at, message, fix));
  }

  void warning(String rule, SourceLocation at, String message, String fix) {
    findings.add(new Finding(rule, Severity.WARNING, at, message, fix));
  }

  void addAll(Collection<Finding> more) {
    findings.addAll(more);
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
    return findings.stream()
        .sorted(
            byFile
                .thenComparing(finding -> finding.location().file())
                .thenComparingInt(finding -> finding.location().line())
                .thenComparingInt(finding -> finding.location().column()))
        .toList();
  }
}
