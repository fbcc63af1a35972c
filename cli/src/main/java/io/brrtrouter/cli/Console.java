package io.brrtrouter.cli;

import java.io.PrintStream;

/**
 * Where a command speaks.
 *
 * @param out what was asked for
 * @param err progress and errors
 */
record Console(PrintStream out, PrintStream err) {

  /** Says one line on standard error, in the command's name. */
  void say(String message) {
    err.println("brrt: " + message);
  }
}
