package io.brrtrouter.server.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All features at once for a while: what is there when nothing is asked any more does not grow.
 * {@code -Dbrrt.soak=600} for ten minutes of it.
 */
class SoakTest {
  private static final int SECONDS = Integer.getInteger("brrt.soak", 18);

  /** What classes that are loaded late, and caches that are not full yet, may add. */
  private static final long SLACK = 6L << 20;

  @Test
  void leaves_no_memory_thread_socket_file_or_gauge_behind(@TempDir Path directory)
      throws Exception {
    File said = directory.resolve("said").toFile();
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-Djava.io.tmpdir=" + temporary,
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                SoakLoad.class.getName(),
                Integer.toString(SECONDS),
                directory.toString())
            .redirectErrorStream(true)
            .redirectOutput(said)
            .start();
    boolean ended;
    try {
      ended = process.waitFor(SECONDS + 180L, TimeUnit.SECONDS);
    } finally {
      process.destroyForcibly();
    }
    String output = Files.readString(said.toPath(), StandardCharsets.UTF_8);
    assertThat(ended).as("ends, with all gauges at 0: %s", output).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    Map<String, Long> figures = figures(output);

    assertThat(figures)
        .as("each was done")
        .containsKeys(
            "work200",
            "spare200",
            "things201",
            "things401",
            "seldom200",
            "seldom429",
            "late504",
            "files200",
            "events200",
            "lines",
            "chathello",
            "reloads");
    assertThat(figures.get("gaugesAfter")).as("seen").isGreaterThanOrEqualTo(3);
    assertNoMore(figures, "heap", SLACK);
    assertNoMore(figures, "threads", 2);
    assertNoMore(figures, "virtual", 2);
    assertNoMore(figures, "handles", 2);
    assertNoMore(figures, "files", 0);
    System.out.println("Soak: " + SECONDS + " s, " + figures);
  }

  /** Some come and go: those of the JDK's clients, and pools of the JVM that begin when needed. */
  private static void assertNoMore(Map<String, Long> figures, String what, long slack) {
    assertThat(figures.get(what + "After"))
        .as("%s: %s", what, figures)
        .isLessThanOrEqualTo(figures.get(what + "Before") + slack);
  }

  private static Map<String, Long> figures(String output) {
    Map<String, Long> figures = new HashMap<>();
    for (String line : output.lines().toList()) {
      int equals = line.indexOf('=');
      if (line.matches("[a-zA-Z0-9]+=\\d+")) {
        figures.put(line.substring(0, equals), Long.valueOf(line.substring(equals + 1)));
      }
    }
    return figures;
  }
}
