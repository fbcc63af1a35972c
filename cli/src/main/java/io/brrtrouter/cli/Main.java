package io.brrtrouter.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
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
    // UTF-8 whatever the locale: source lines and titles come from documents, and those are UTF-8.
    PrintStream out = utf8(FileDescriptor.out);
    PrintStream err = utf8(FileDescriptor.err);
    int status = new Brrt(new Console(out, err, System.getenv(), true)).execute(args);
    out.flush();
    err.flush();
    System.exit(status);
  }

  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
