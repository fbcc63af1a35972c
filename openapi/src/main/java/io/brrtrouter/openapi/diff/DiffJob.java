package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.Spelling;
import io.brrtrouter.openapi.lint.Linter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares the documents of two files, as command lines and build tools do: changes of some rules
 * do not count, and some of the others are failures. Immutable.
 *
 * @param failOn which changes are failures
 * @param ignored the rules whose changes do not count
 * @param today decides whether the {@code x-sunset} of an operation has come
 */
public record DiffJob(FailOn failOn, Set<String> ignored, LocalDate today) {

  /**
   * Copies the rules.
   *
   * @throws IllegalArgumentException if one of them is none; what it says begins with the rule
   */
  public DiffJob {
    ignored = Set.copyOf(ignored);
    Set<String> rules = ChangeRule.all().stream().map(ChangeRule::id).collect(Collectors.toSet());
    for (String rule : new TreeSet<>(ignored)) {
      if (!rules.contains(rule)) {
        throw new IllegalArgumentException(
            rule
                + ": there is no such rule"
                + Spelling.nearest(rule, rules)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse("; docs/diff-rules.md lists them"));
      }
    }
  }

  /** The least impact that is a failure; written in small letters. */
  public enum FailOn {
    /** Some clients cannot go on. */
    BREAKING,
    /** Some clients may not be able to go on. */
    RISKY,
    /** Anything has changed. */
    COMPATIBLE,
    /** Nothing is a failure. */
    NEVER;

    /**
     * {@return whether a change is a failure}
     *
     * @param impact what it does to clients
     */
    public boolean includes(Impact impact) {
      return switch (this) {
        case BREAKING -> impact.isAtLeast(Impact.BREAKING);
        case RISKY -> impact.isAtLeast(Impact.RISKY);
        case COMPATIBLE -> true;
        case NEVER -> false;
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How changes are written; written in small letters. */
  public enum Format {
    /** For people. */
    TEXT,
    /** One JSON object. */
    JSON,
    /** The Static Analysis Results Interchange Format. */
    SARIF,
    /** Annotations in a GitHub workflow. */
    GITHUB;

    /**
     * {@return changes in this form}
     *
     * @param changes what changed
     * @param version the version of the tool
     */
    public String render(List<Change> changes, String version) {
      return switch (this) {
        case TEXT -> ChangeRenderer.text(changes);
        case JSON -> ChangeRenderer.json(changes);
        case SARIF -> ChangeRenderer.sarif(changes, version);
        case GITHUB -> ChangeRenderer.github(changes);
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What came of it. */
  public sealed interface Outcome {
    /**
     * Both could be read.
     *
     * @param changes those that count, in order
     * @param failed whether one of them is a failure
     */
    record Compared(List<Change> changes, boolean failed) implements Outcome {
      /** Copies the list. */
      public Compared {
        changes = List.copyOf(changes);
      }
    }

    /**
     * Something is wrong with one of them, or with both.
     *
     * @param documents which, the old one first; one at least
     */
    record Unreadable(List<UnreadableDocument> documents) implements Outcome {
      /** Copies the list. */
      public Unreadable {
        documents = List.copyOf(documents);
      }
    }
  }

  /**
   * A document that cannot be compared.
   *
   * @param file where it is
   * @param errors what is wrong with it
   */
  public record UnreadableDocument(Path file, List<Finding> errors) {
    /** Copies the list. */
    public UnreadableDocument {
      errors = List.copyOf(errors);
    }

    /** {@return a sentence to say behind the errors} */
    public String sentence() {
      return file + " cannot be compared; correct the errors above";
    }

    private static UnreadableDocument of(Path file, Loaded loaded) {
      return new UnreadableDocument(
          file,
          loaded.findings().stream().filter(each -> each.severity() == Severity.ERROR).toList());
    }
  }

  /**
   * {@return what came of comparing} Reads both documents in any case: the errors of both are worth
   * knowing.
   *
   * @param old the file with the old document
   * @param now the file with the new document
   * @param options how they are read
   */
  public Outcome run(Path old, Path now, LoadOptions options) {
    Loaded before = read(old, options);
    Loaded after = read(now, options);
    List<UnreadableDocument> unreadable =
        Stream.of(UnreadableDocument.of(old, before), UnreadableDocument.of(now, after))
            .filter(each -> !each.errors().isEmpty())
            .toList();
    if (!unreadable.isEmpty()) {
      return new Outcome.Unreadable(unreadable);
    }
    List<Change> changes =
        DocumentDiff.between(before, after, today).changes().stream()
            .filter(change -> !ignored.contains(change.rule().id()))
            .toList();
    return new Outcome.Compared(
        changes, changes.stream().anyMatch(change -> failOn.includes(change.impact())));
  }

  /** {@return a document with the findings of lint too} */
  private static Loaded read(Path file, LoadOptions options) {
    Loaded loaded = OpenApiLoader.load(file, options);
    return loaded.withFindings(Linter.lint(loaded));
  }
}
