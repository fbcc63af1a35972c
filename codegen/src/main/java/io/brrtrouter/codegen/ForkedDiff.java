package io.brrtrouter.codegen;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.Spelling;
import io.brrtrouter.openapi.diff.Change;
import io.brrtrouter.openapi.diff.ChangeRenderer;
import io.brrtrouter.openapi.diff.ChangeRule;
import io.brrtrouter.openapi.diff.DocumentDiff;
import io.brrtrouter.openapi.diff.Impact;
import io.brrtrouter.openapi.lint.FindingRenderer;
import io.brrtrouter.openapi.lint.Linter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares two documents in a process of its own, for build tools that run on a Java too old for
 * this module. What is wanted stands in a file of properties; what came of it is written to another
 * file, one {@code word rest} per line: {@code error}, {@code warning} and {@code info} with a line
 * of text to show, {@code print} with one that other programs read, {@code failed} with the
 * sentence to end with.
 */
final class ForkedDiff {
  private final List<String> reply = new ArrayList<>();
  private final Wanted wanted;

  /** How changes are written. */
  enum Format {
    TEXT,
    JSON,
    SARIF,
    GITHUB;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The least impact that fails. */
  enum FailOn {
    BREAKING,
    RISKY,
    COMPATIBLE,
    NEVER;

    boolean includes(Impact impact) {
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

  private ForkedDiff(Wanted wanted) {
    this.wanted = wanted;
  }

  /**
   * Compares.
   *
   * @param args the file of properties, and the file to write the reply to
   */
  public static void main(String[] args) throws IOException {
    ForkedDiff diff = new ForkedDiff(Wanted.read(Path.of(args[0])));
    try {
      diff.run();
    } catch (IllegalArgumentException invalid) {
      diff.say("failed", String.valueOf(invalid.getMessage()));
    }
    Files.write(Path.of(args[1]), diff.reply);
  }

  private void run() throws IOException {
    Format format = wanted.one("format", Format.values(), Format.TEXT);
    FailOn failOn = wanted.one("failOn", FailOn.values(), FailOn.BREAKING);
    Set<String> ignored = ignored();
    LoadOptions options = wanted.reading();
    Path old = document("old");
    Path now = document("document");
    Loaded before = read(old, options);
    Loaded after = read(now, options);
    // The errors of both documents are worth knowing.
    boolean oldReadable = isReadable(before);
    boolean newReadable = isReadable(after);
    if (!oldReadable || !newReadable) {
      say("failed", (oldReadable ? now : old) + " cannot be compared; correct the errors above");
      return;
    }
    List<Change> changes =
        DocumentDiff.between(before, after, LocalDate.parse(wanted.one("today"))).changes().stream()
            .filter(change -> !ignored.contains(change.rule().id()))
            .toList();
    write(format, changes);
    if (changes.stream().anyMatch(change -> failOn.includes(change.impact()))) {
      say("failed", "%s differs from %s: %s".formatted(now, old, ChangeRenderer.summary(changes)));
    }
  }

  /** {@return a document with the findings of lint too} */
  private static Loaded read(Path document, LoadOptions options) {
    Loaded loaded = OpenApiLoader.load(document, options);
    return loaded.withFindings(Linter.lint(loaded));
  }

  private Path document(String name) {
    Path document = Path.of(wanted.one(name));
    if (!Files.exists(document)) {
      throw new IllegalArgumentException(name + ": there is no file " + document);
    }
    return document;
  }

  private Set<String> ignored() {
    Set<String> rules = ChangeRule.all().stream().map(ChangeRule::id).collect(Collectors.toSet());
    for (String rule : wanted.list("ignore")) {
      if (!rules.contains(rule)) {
        throw new IllegalArgumentException(
            "ignore: there is no rule "
                + rule
                + Spelling.nearest(rule, rules)
                    .map(near -> "; did you mean " + near + "?")
                    .orElse(""));
      }
    }
    return Set.copyOf(wanted.list("ignore"));
  }

  private boolean isReadable(Loaded loaded) {
    List<Finding> errors =
        loaded.findings().stream().filter(each -> each.severity() == Severity.ERROR).toList();
    FindingRenderer.entries(errors).forEach(each -> say("error", each));
    return errors.isEmpty();
  }

  private void write(Format format, List<Change> changes) throws IOException {
    String file = wanted.optional("outputFile");
    if (file != null) {
      Path path = Path.of(file);
      Path directory = path.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      Files.writeString(path, rendered(format, changes));
      say("info", path + ": " + ChangeRenderer.summary(changes));
    } else if (format == Format.TEXT) {
      changes.forEach(this::show);
      say("info", ChangeRenderer.summary(changes));
    } else {
      say("print", rendered(format, changes));
    }
  }

  private void show(Change change) {
    String word =
        switch (change.impact()) {
          case BREAKING -> "error";
          case RISKY -> "warning";
          case COMPATIBLE -> "info";
        };
    String text = ChangeRenderer.text(List.of(change));
    // All but the summary of one change.
    say(word, text.substring(0, text.lastIndexOf('\n', text.length() - 2)));
  }

  private String rendered(Format format, List<Change> changes) {
    return switch (format) {
      case TEXT -> ChangeRenderer.text(changes);
      case JSON -> ChangeRenderer.json(changes);
      case SARIF -> ChangeRenderer.sarif(changes, wanted.one("version"));
      case GITHUB -> ChangeRenderer.github(changes);
    };
  }

  private void say(String word, String text) {
    text.lines().forEach(line -> reply.add(word + " " + line));
  }
}
