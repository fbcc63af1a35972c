package io.brrtrouter.openapi.source;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.schema.SourceLocation;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one file. */
final class Problems {
  private final String file;
  private final List<Finding> findings = new ArrayList<>();

  Problems(String file) {
    this.file = file;
  }

  void add(String rule, int line, int column, String message, String fix) {
    SourceLocation at = new SourceLocation(file, line, column);
    findings.add(new Finding(rule, Severity.ERROR, at, message, fix));
  }

  /** Adds a problem after which the text cannot be followed, and gives up reading. */
  Unreadable fatal(String rule, int line, int column, String message, String fix) {
    add(rule, line, column, message, fix);
    return new Unreadable();
  }

  List<Finding> findings() {
    return List.copyOf(findings);
  }

  /** Unwinds a reader after a fatal problem was added; never leaves the package. */
  static final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unreadable() {
      super("see findings", null, false, false);
    }
  }
}
