package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.lint.Linter;
import io.brrtrouter.server.dispatch.Compilation;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * A document that is linted while it is compiled: both only read it, and either takes as long as
 * the other, so on two processors a large document starts in less time.
 */
final class LintedDocument {
  private final Loaded loaded;
  private final FutureTask<List<Finding>> lint;

  /**
   * Loads a document and begins to lint it.
   *
   * @param document the file
   * @param options limits, and further directories it may refer to
   */
  LintedDocument(Path document, LoadOptions options) {
    this(OpenApiLoader.load(document, options));
  }

  /**
   * Begins to lint a document.
   *
   * @param loaded the document as read
   */
  LintedDocument(Loaded loaded) {
    this.loaded = loaded;
    this.lint = new FutureTask<>(() -> Linter.lint(loaded));
    Thread.ofPlatform().name("lint").daemon().start(lint);
  }

  /** {@return the document as read, without the findings of lint} */
  Loaded loaded() {
    return loaded;
  }

  /**
   * {@return what compiling gives, with the findings of lint; refused when one of these is an
   * error}
   *
   * @param compiler compiles a document without errors
   */
  Compilation compile(Function<Loaded, Compilation> compiler) {
    if (loaded.hasErrors()) {
      return new Compilation.Refused(findings());
    }
    Compilation compilation;
    try {
      compilation = compiler.apply(loaded);
    } catch (RuntimeException confused) {
      // A document with errors may confuse; then the errors are what there is to say.
      if (isSound()) {
        throw confused;
      }
      return new Compilation.Refused(findings());
    }
    if (!isSound()) {
      return new Compilation.Refused(findings());
    }
    return switch (compilation) {
      case Compilation.Compiled compiled ->
          new Compilation.Compiled(compiled.api(), merged(compiled.findings()));
      case Compilation.Refused refused -> new Compilation.Refused(merged(refused.findings()));
    };
  }

  /** {@return whether neither reading nor lint found an error; waits until lint has ended} */
  boolean isSound() {
    return findings().stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
  }

  /** Those of lint, which has those of reading too, and then what compiling adds. */
  private List<Finding> merged(List<Finding> compiled) {
    Set<Finding> all = new LinkedHashSet<>(findings());
    all.addAll(compiled);
    return List.copyOf(all);
  }

  /** {@return what reading and lint found; waits until lint has ended} */
  List<Finding> findings() {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return lint.get();
        } catch (InterruptedException _) {
          interrupted = true;
        }
      }
    } catch (ExecutionException failed) {
      throw new IllegalStateException("lint failed", failed.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
