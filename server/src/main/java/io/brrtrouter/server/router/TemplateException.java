package io.brrtrouter.server.router;

import java.util.List;

/** Path templates cannot be used, or not together. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  /**
   * Takes every problem found.
   *
   * @param problems one sentence each, at least one
   */
  TemplateException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** {@return every problem, one sentence each, in the order the templates were added} */
  public List<String> problems() {
    return problems;
  }
}
