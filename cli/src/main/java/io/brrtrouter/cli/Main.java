package io.brrtrouter.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The entry point of the {@code brrt} command. */
public final class Main {
  private Main() {}

  /**
   * Runs the command and ends the process with its exit code: 0 fine, 1 findings or failure, 2
   * wrong usage.
   *
   * @param args the arguments after {@code brrt}
   */
  public static void main(String[] args) {
    // Before anything logs: what people start says lines for people, unless LOG_FORMAT says others.
    System.setProperty("brrt.log.development", "true");
    // UTF-8 whatever the locale: source lines and titles come from documents, and those are UTF-8.
    Written written = new Written(new FileOutputStream(FileDescriptor.out));
    PrintStream out = utf8(written);
    PrintStream err = utf8(new FileOutputStream(FileDescriptor.err));
    Console console = new Console(out, err, System.getenv(), true);
    int status = new Brrt(console).execute(args);
    out.flush();
    status = written.verdict(status, console);
    err.flush();
    System.exit(status);
  }

  private static PrintStream utf8(OutputStream stream) {
    return new PrintStream(stream, true, StandardCharsets.UTF_8);
  }
}
