package io.brrtrouter.cli;

import java.io.PrintStream;
import java.util.Map;

/**
 * Where a command speaks, and what it was started with.
 *
 * @param out what was asked for
 * @param err progress and errors
 * @param environment environment variables
 */
record Console(PrintStream out, PrintStream err, Map<String, String> environment) {

  /** Copies the environment. */
  Console {
    environment = Map.copyOf(environment);
  }

  /** Says one line on standard error, in the command's name. */
  void say(String message) {
    err.println("brrt: " + message);
  }
}
