package io.brrtrouter.server.service;

import io.brrtrouter.openapi.Finding;
import java.util.List;
import java.util.stream.Collectors;

/** What is configured for a service cannot be used. Carries everything that is wrong. */
public final class UnusableServiceException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  /**
   * Says what is wrong.
   *
   * @param findings at least one, as {@link ServiceSettings#mistake} makes them
   */
  public UnusableServiceException(List<Finding> findings) {
    super(findings.stream().map(Finding::toString).collect(Collectors.joining("\n")));
    if (findings.isEmpty()) {
      throw new IllegalArgumentException("what is wrong is missing");
    }
    this.findings = List.copyOf(findings);
  }

  /** {@return what is wrong, each with its place} */
  public List<Finding> findings() {
    return findings;
  }
}
