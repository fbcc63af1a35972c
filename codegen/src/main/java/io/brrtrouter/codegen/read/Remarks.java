package io.brrtrouter.codegen.read;

import io.brrtrouter.codegen.model.Origin;
import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what cannot be generated as the document means it. */
final class Remarks {
  private static final Comparator<Finding> BY_PLACE =
      Comparator.comparing((Finding finding) -> finding.location().file())
          .thenComparingInt(finding -> finding.location().line())
          .thenComparingInt(finding -> finding.location().column())
          .thenComparing(Finding::rule)
          .thenComparing(Finding::message);

  private final Set<Finding> findings = new LinkedHashSet<>();

  void warn(String rule, Origin origin, String message, String fix) {
    findings.add(new Finding(rule, Severity.WARNING, origin.location(), message, fix));
  }

  void refuse(String rule, Origin origin, String message, String fix) {
    findings.add(new Finding(rule, Severity.ERROR, origin.location(), message, fix));
  }

  List<Finding> sorted() {
    return sorted(findings);
  }

  static List<Finding> sorted(Collection<Finding> findings) {
    return findings.stream().sorted(BY_PLACE).toList();
  }
}
