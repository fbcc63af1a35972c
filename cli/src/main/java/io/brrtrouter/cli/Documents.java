package io.brrtrouter.cli;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.lint.FindingRenderer;
import io.brrtrouter.openapi.lint.Linter;
import io.brrtrouter.server.auth.SecurityOptions;
import io.brrtrouter.server.dispatch.ApiCompiler;
import io.brrtrouter.server.dispatch.Compilation;
import io.brrtrouter.server.dispatch.DispatchOptions;
import io.brrtrouter.server.dispatch.Fallback;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads documents for commands. */
final class Documents {
  /** Ends what is said of a configuration. */
  static final String UNUSABLE_CONFIGURATION =
      "the configuration cannot be used; correct the errors above";

  private Documents() {}

  /** {@return a document with all its findings, those of lint too} */
  static Loaded read(Path document, LoadOptions options) {
    Loaded loaded = OpenApiLoader.load(Inputs.file(document), options);
    return loaded.withFindings(Linter.lint(loaded));
  }

  /**
   * {@return all findings of a document: those of reading and lint, and if these are no errors what
   * keeps a server from serving it, every operation mocked}
   */
  static List<Finding> findings(Path document, LoadOptions options) {
    Loaded loaded = read(document, options);
    return switch (compile(loaded)) {
      case Compilation.Compiled _ -> loaded.findings();
      case Compilation.Refused refused -> {
        List<Finding> findings = new ArrayList<>(loaded.findings());
        // Its warnings are about serving, not about the document.
        refused.findings().stream()
            .filter(each -> each.severity() == Severity.ERROR)
            .forEach(findings::add);
        yield Linter.ordered(findings, loaded);
      }
    };
  }

  /** Compiles for a server that asks nobody to handle anything, so that nothing is missing. */
  static Compilation compile(Loaded loaded) {
    DispatchOptions mocked =
        DispatchOptions.builder()
            .fallback(Fallback.MOCK)
            .security(SecurityOptions.UNREQUIRED)
            .build();
    return ApiCompiler.compile(loaded, mocked, Map.of(), Map.of());
  }

  /** Shows what is wrong with a document, and gives the sentence to end with. */
  static Failure refused(Path document, List<Finding> findings, Console console) {
    console.err().print(FindingRenderer.text(findings));
    return Failure.failed(document + " cannot be served; correct the errors above");
  }

  /**
   * Shows what is wrong with a document or with what is configured for it, and gives the sentence
   * to end with.
   *
   * @param config the configuration file, if there is one
   */
  static Failure refused(
      Path document, Optional<Path> config, List<Finding> findings, Console console) {
    boolean configured =
        findings.stream()
            .filter(each -> each.severity() == Severity.ERROR)
            .allMatch(each -> isConfigured(each.location().toString(), config));
    if (!configured) {
      return refused(document, findings, console);
    }
    console.err().print(FindingRenderer.text(findings));
    return Failure.failed(UNUSABLE_CONFIGURATION);
  }

  /** Places of secrets have line and column in the name of their file, so that none is shown. */
  private static boolean isConfigured(String place, Optional<Path> config) {
    return place.startsWith("environment variable ")
        || config.filter(file -> place.startsWith(file + ":")).isPresent();
  }
}
