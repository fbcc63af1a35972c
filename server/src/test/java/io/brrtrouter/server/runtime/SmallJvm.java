package io.brrtrouter.server.runtime;

import java.util.ArrayList;
import java.util.List;

/** A JVM of its own for a program of the tests, with a heap that is easy to exhaust. */
public final class SmallJvm {
  private SmallJvm() {}

  /**
   * {@return what starts a program, which ends when its heap is exhausted}
   *
   * @param heap the option that bounds the heap
   * @param program has the main method
   * @param arguments its arguments
   */
  public static ProcessBuilder of(String heap, Class<?> program, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElse("java"),
                heap,
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true);
  }
}
