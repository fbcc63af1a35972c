package io.brrtrouter.server.runtime;

import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.lint.FindingRenderer;
import io.brrtrouter.openapi.model.Info;
import io.brrtrouter.server.dispatch.CompiledApi;
import io.brrtrouter.server.dispatch.ServedOperation;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a starting server says. */
final class Banner {
  /** A foreign environment may be full of variables that begin like ours; most may be mocked. */
  private static final int MOST = 10;

  /** What a shell takes as it is. */
  private static final Pattern PLAIN = Pattern.compile("[\\w./+:@%,-]+");

  private final PrintStream out;

  Banner(PrintStream out) {
    this.out = out;
  }

  /**
   * Says what is about to be served.
   *
   * @param file the document
   * @param lint the command that lists what lint found
   * @param api what was made of it
   * @param posture how it is secured
   * @param ofDocument what reading and lint found in the document
   * @param ofServer what is odd about serving it like this; said in full, because no command lists
   *     it
   */
  void loaded(
      Path file,
      String lint,
      CompiledApi api,
      List<String> posture,
      List<Finding> ofDocument,
      List<Finding> ofServer) {
    Info info = api.document().info();
    out.println("BRRTRouter " + Version.CURRENT);
    out.println(
        "%s %s (%s, OpenAPI %s)"
            .formatted(info.title(), info.version(), file, api.document().version()));
    out.println((api.size() == 1 ? "1 operation" : api.size() + " operations") + mocked(api));
    posture.forEach(out::println);
    out.println(
        ofDocument.isEmpty()
            ? "no lint findings"
            : FindingRenderer.summary(ofDocument) + "; run \"" + lint + "\" to see them");
    ofServer.stream().limit(MOST).forEach(out::println);
    if (ofServer.size() > MOST) {
      out.println("and " + (ofServer.size() - MOST) + " more warnings");
    }
  }

  /**
   * {@return a file as an argument of a command}
   *
   * @param file a file, relative to the working directory
   * @param here where the command is typed, empty for the working directory
   */
  static String typed(Path file, Path here) {
    Path named = here.toString().isEmpty() ? file : named(file, here);
    String text = named.toString().isEmpty() ? "." : named.toString();
    String argument = text.startsWith("-") ? "./" + text : text;
    return PLAIN.matcher(argument).matches()
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }

  /** From one drive there is no relative path to another. */
  private static Path named(Path file, Path here) {
    Path absolute = file.toAbsolutePath().normalize();
    Path from = here.toAbsolutePath().normalize();
    return Objects.equals(from.getRoot(), absolute.getRoot())
        ? from.relativize(absolute)
        : absolute;
  }

  /** What a mock answers looks like any answer, so nobody should have to guess which those are. */
  private static String mocked(CompiledApi api) {
    List<ServedOperation> mocked = api.mocked();
    if (mocked.isEmpty()) {
      return "";
    }
    if (mocked.size() == api.size()) {
      return ", answered from examples";
    }
    List<String> names = mocked.stream().map(ServedOperation::handler).distinct().toList();
    int more = names.size() - MOST;
    return ", %d of them answered from examples: %s%s"
        .formatted(
            mocked.size(),
            names.stream().limit(MOST).collect(Collectors.joining(", ")),
            more > 0 ? " and " + more + " more" : "");
  }

  /** Says what is odd about how it listens. */
  void warn(List<Finding> odd) {
    odd.forEach(out::println);
  }

  /** Says where, last of all. */
  void listening(String url) {
    out.println("Listening on " + url);
    out.flush();
  }
}
