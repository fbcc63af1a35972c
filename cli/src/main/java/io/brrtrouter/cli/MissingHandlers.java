package io.brrtrouter.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Compile errors about operations that nobody handles, in the words of the document. */
final class MissingHandlers {
  /** Javac names the method and the interface; where the operation is, the interface says. */
  private static final Pattern ERROR =
      Pattern.compile(".*does not override abstract method (\\w+)\\(\\) in ([\\w.]+Api)\\b.*");

  private MissingHandlers() {}

  /**
   * {@return a sentence for each error that is about an operation without a handler}
   *
   * @param errors lines of the compiler
   * @param project the directory of the project
   * @param here where commands are typed
   */
  static List<String> explain(Collection<String> errors, Path project, Path here)
      throws IOException {
    List<String> sentences = new ArrayList<>();
    for (String error : errors) {
      Matcher matcher = ERROR.matcher(error);
      if (matcher.matches()) {
        sentences.add(
            "nobody handles %s%s; \"brrt stubs %s\" writes a class for it and says what to add"
                .formatted(
                    matcher.group(1),
                    place(project, matcher.group(2), matcher.group(1)),
                    typed(project, here)));
      }
    }
    return sentences;
  }

  /** A directory as an argument of a command. */
  private static String typed(Path project, Path here) {
    String path = (project.startsWith(here) ? here.relativize(project) : project).toString();
    String argument = path.isEmpty() ? "." : path.startsWith("-") ? "./" + path : path;
    return argument.matches("[\\w./+-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
  }

  private static String place(Path project, String type, String method) throws IOException {
    Path source =
        project
            .resolve("target/generated-sources/brrtrouter")
            .resolve(type.replace('.', '/') + ".java");
    if (!Files.exists(source)) {
      return "";
    }
    Matcher docs =
        Pattern.compile("/// `([^`]+)`, `([^`]+)`\\.\\s+\\S+\\s+" + method + "\\(\\);")
            .matcher(Files.readString(source));
    return docs.find() ? " (" + docs.group(1) + ", " + docs.group(2) + ")" : "";
  }
}
