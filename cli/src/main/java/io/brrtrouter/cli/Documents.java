package io.brrtrouter.cli;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Loaded;
import io.brrtrouter.openapi.OpenApiLoader;
import io.brrtrouter.openapi.lint.FindingRenderer;
import io.brrtrouter.openapi.lint.Linter;
import java.nio.file.Path;
import java.util.List;

/** Reads documents for commands. */
final class Documents {
  private Documents() {}

  /** {@return a document with all its findings, those of lint too} */
  static Loaded read(Path document, List<Path> directories) {
    LoadOptions options = LoadOptions.defaults().withRoots(directories);
    Loaded loaded = OpenApiLoader.load(Inputs.file(document), options);
    return new Loaded(
        loaded.api(),
        Linter.lint(loaded),
        loaded.report(),
        loaded.files(),
        loaded.documents(),
        loaded.resources(),
        loaded.references());
  }

  /** Shows what is wrong with a document, and gives the sentence to end with. */
  static Failure refused(Path document, List<Finding> findings, Console console) {
    console.err().print(FindingRenderer.text(findings));
    return Failure.failed(document + " cannot be served; correct the errors above");
  }
}
