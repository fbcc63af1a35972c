package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.lint.FindingRenderer;
import java.util.List;

/**
 * A server cannot start, or a running one cannot take what it was given: the document, the handlers
 * or the configuration are not right. The message is the whole text for a person, with places; a
 * command line prints it without a stack trace.
 */
public final class StartupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  /**
   * Takes what was found in a document.
   *
   * @param findings the findings, at least one of them an error
   */
  public StartupException(List<Finding> findings) {
    super(FindingRenderer.text(errors(findings)).stripTrailing());
    this.findings = List.copyOf(findings);
  }

  /**
   * Takes another reason.
   *
   * @param message one sentence: what is wrong and what would be right
   * @param cause what made it known
   */
  public StartupException(String message, Throwable cause) {
    super(message, cause);
    this.findings = List.of();
  }

  /** A document may have hundreds of warnings; they are not why it was refused. */
  private static List<Finding> errors(List<Finding> findings) {
    return findings.stream().filter(finding -> finding.severity() == Severity.ERROR).toList();
  }

  /** {@return what was found in the document, warnings included; empty for another reason} */
  public List<Finding> findings() {
    return findings;
  }
}
