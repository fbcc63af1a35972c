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
  /** A foreign environment may be full of variables that begin like ours. */
  private static final int MOST = 10;

  private final PrintStream out;

  Banner(PrintStream out) {
    this.out = out;
  }

  /**
   * Says what is about to be served.
   *
   * @param file the document
   * @param api what was made of it
   * @param ofDocument what reading and lint found in the document
   * @param ofServer what is odd about serving it like this; said in full, because no command lists
   *     it
   */
  void loaded(Path file, CompiledApi api, List<Finding> ofDocument, List<Finding> ofServer) {
    Info info = api.document().info();
    out.println("BRRTRouter " + Version.CURRENT);
    out.println(
        "%s %s (%s, OpenAPI %s)"
            .formatted(info.title(), info.version(), file, api.document().version()));
    out.println(api.size() == 1 ? "1 operation" : api.size() + " operations");
    out.println(
        ofDocument.isEmpty()
            ? "no lint findings"
            : FindingRenderer.summary(ofDocument) + "; run \"brrt lint " + file + "\" to see them");
    ofServer.stream().limit(MOST).forEach(out::println);
    if (ofServer.size() > MOST) {
      out.println("and " + (ofServer.size() - MOST) + " more warnings");
    }
  }

  /** Says where, last of all. */
  void listening(String url) {
    out.println("Listening on " + url);
    out.flush();
  }
}
