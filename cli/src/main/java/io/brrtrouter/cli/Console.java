package io.brrtrouter.cli;

import io.brrtrouter.openapi.lint.FindingRenderer;
import java.io.PrintStream;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where a command speaks, and what it was started with.
 *
 * @param out what was asked for
 * @param err progress and errors
 * @param environment environment variables
 * @param standalone whether the process is there for the command only, so that signals are its to
 *     handle
 */
record Console(
    PrintStream out, PrintStream err, Map<String, String> environment, boolean standalone) {

  /** Copies the environment. */
  Console {
    environment = Map.copyOf(environment);
  }

  /** Says one line on standard error, in the command's name. */
  void say(String message) {
    // Messages repeat what was given, which may hold what a terminal obeys.
    err.println(
        "brrt: "
            + message
                .lines()
                .map(FindingRenderer::printable)
                .collect(Collectors.joining(System.lineSeparator())));
  }
}
