package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.lint.FindingRenderer;
import io.brrtrouter.openapi.model.Info;
import io.brrtrouter.server.dispatch.CompiledApi;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** What a starting server says. */
final class Banner {
  private final PrintStream out;

  Banner(PrintStream out) {
    this.out = out;
  }

  /** Says what is about to be served. */
  void loaded(Path file, CompiledApi api, List<Finding> findings) {
    Info info = api.document().info();
    out.println("BRRTRouter " + Version.CURRENT);
    out.println(
        "%s %s (%s, OpenAPI %s)"
            .formatted(info.title(), info.version(), file, api.document().version()));
    out.println(api.size() == 1 ? "1 operation" : api.size() + " operations");
    if (!findings.isEmpty()) {
      out.println(FindingRenderer.summary(findings));
    }
    for (Finding finding : findings) {
      if (finding.rule().equals("security-by-shape")) {
        out.println("warning: " + finding.message() + "; nothing verifies them");
      }
    }
  }

  /** Says where, last of all. */
  void listening(String url) {
    out.println("Listening on " + url);
    out.flush();
  }
}
