package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used. Carries every problem found, not only the first. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  /**
   * Builds the exception.
   *
   * @param findings at least one error
   */
  public ConfigException(List<Finding> findings) {
    super(findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
    this.findings = List.copyOf(findings);
  }

  /** {@return every problem: those of the file in its order, then variables, then flags} */
  public List<Finding> findings() {
    return findings;
  }
}
