package io.brrtrouter.schema;

import java.util.List;
import java.util.stream.Collectors;

/** A schema cannot be compiled. Carries every problem found, not only the first. */
public final class SchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /**
   * One thing wrong with a schema.
   *
   * @param source where
   * @param keyword the keyword concerned, {@code $ref} for example
   * @param message one sentence: what is wrong and what would be right
   */
  public record Problem(SourceLocation source, String keyword, String message) {}

  /**
   * Builds the exception.
   *
   * @param problems at least one
   */
  public SchemaException(List<Problem> problems) {
    super(
        problems.stream()
            .map(p -> p.source() + ": " + p.message())
            .collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** {@return every problem, in document order} */
  public List<Problem> problems() {
    return problems;
  }
}
