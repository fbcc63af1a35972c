package io.brrtrouter.codegen;

import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.diff.Change;
import io.brrtrouter.openapi.diff.ChangeRenderer;
import io.brrtrouter.openapi.diff.DiffJob;
import io.brrtrouter.openapi.diff.DiffJob.FailOn;
import io.brrtrouter.openapi.diff.DiffJob.Format;
import io.brrtrouter.openapi.diff.DiffJob.UnreadableDocument;
import io.brrtrouter.openapi.lint.FindingRenderer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Runs a {@link DiffJob} in a process of its own, for build tools that run on a Java too old for
 * this module. What is wanted stands in a file of properties; what came of it is written to another
 * file, one {@code word rest} per line: {@code error}, {@code warning} and {@code info} with a line
 * of text to show, {@code print} with one that other programs read, {@code failed} with the
 * sentence to end with.
 */
final class ForkedDiff {
  private final List<String> reply = new ArrayList<>();
  private final Wanted wanted;

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
    DiffJob job = job();
    LoadOptions options = wanted.reading();
    Path old = document("old");
    Path now = document("document");
    switch (job.run(old, now, options)) {
      case DiffJob.Outcome.Unreadable(List<UnreadableDocument> documents) -> {
        documents.forEach(
            each -> FindingRenderer.entries(each.errors()).forEach(error -> say("error", error)));
        say("failed", documents.getFirst().sentence());
      }
      case DiffJob.Outcome.Compared(List<Change> changes, boolean failed) -> {
        write(format, changes);
        if (failed) {
          say(
              "failed",
              "%s differs from %s: %s".formatted(now, old, ChangeRenderer.summary(changes)));
        }
      }
    }
  }

  private DiffJob job() {
    FailOn failOn = wanted.one("failOn", FailOn.values(), FailOn.BREAKING);
    try {
      return new DiffJob(
          failOn, Set.copyOf(wanted.list("ignore")), LocalDate.parse(wanted.one("today")));
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException("ignore " + unknown.getMessage(), unknown);
    }
  }

  private Path document(String name) {
    Path document = Path.of(wanted.one(name));
    if (!Files.exists(document)) {
      throw new IllegalArgumentException(name + ": there is no file " + document);
    }
    return document;
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
    return format.render(changes, wanted.one("version"));
  }

  private void say(String word, String text) {
    text.lines().forEach(line -> reply.add(word + " " + line));
  }
}
