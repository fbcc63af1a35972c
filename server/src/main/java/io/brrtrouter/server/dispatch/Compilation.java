package io.brrtrouter.server.dispatch;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import java.util.List;

/** What became of a document that was to be served. */
public sealed interface Compilation {

  /** {@return every problem, those of reading the document included} */
  List<Finding> findings();

  /**
   * The document can be served.
   *
   * @param api what serves it
   * @param findings warnings
   */
  record Compiled(CompiledApi api, List<Finding> findings) implements Compilation {
    /** Copies the list. */
    public Compiled {
      findings = List.copyOf(findings);
    }
  }

  /**
   * The document cannot be served.
   *
   * @param findings why; at least one is an error
   */
  record Refused(List<Finding> findings) implements Compilation {
    /** Copies the list; without an error there would be no reason. */
    public Refused {
      findings = List.copyOf(findings);
      if (findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR)) {
        throw new IllegalArgumentException(
            "a document is refused for an error at least, not for " + findings);
      }
    }
  }
}
