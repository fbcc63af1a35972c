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
 * Promise 5: reloads under load lose no request, mix no generations, and leave nothing behind. In a
 * process of its own, because what is left behind cannot be told apart from what other tests need.
 * {@code -Dbrrt.reloads=2000} for more of them.
 */
class ReloadUnderLoadTest {
  private static final int RELOADS = Integer.getInteger("brrt.reloads", 200);

  /** One generation kept would be as much. */
  private static final long SLACK = 3L << 20;

  @Test
  void loses_nothing_mixes_nothing_and_leaves_nothing_behind(@TempDir Path directory)
      throws Exception {
    File said = directory.resolve("said").toFile();
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                ReloadLoad.class.getName(),
                Integer.toString(RELOADS))
            .redirectErrorStream(true)
            .redirectOutput(said)
            .start();
    try {
      assertThat(process.waitFor(4, TimeUnit.MINUTES)).as("ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    String output = Files.readString(said.toPath(), StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(output).isZero();
    Map<String, Long> figures = figures(output);

    assertThat(figures.get("generations")).as("each has answered").isGreaterThanOrEqualTo(RELOADS);
    assertThat(figures.get("living")).as("generations of before: %s", figures).isZero();
    assertThat(figures.get("threadsAfter")).isLessThanOrEqualTo(figures.get("threadsBefore"));
    assertThat(figures.get("virtualBefore")).as("counted").isPositive();
    assertThat(figures.get("virtualAfter"))
        .as("those at work, and none that is left: %s", figures)
        .isLessThanOrEqualTo(figures.get("virtualBefore") + 8 * 4);
    assertThat(figures.get("refused")).as("refused without credentials").isPositive();
    assertThat(figures.get("handlesAfter")).isLessThanOrEqualTo(figures.get("handlesBefore"));
    assertThat(figures.get("seriesAfter")).isEqualTo(figures.get("seriesBefore"));
    assertThat(figures.get("heapAfter")).isLessThan(figures.get("heapBefore") + SLACK);
    System.out.println("Reloads under load: " + RELOADS + ", " + figures);
  }

  private static Map<String, Long> figures(String output) {
    Map<String, Long> figures = new HashMap<>();
    for (String line : output.lines().toList()) {
      int equals = line.indexOf('=');
      if (line.matches("[a-zA-Z]+=\\d+")) {
        figures.put(line.substring(0, equals), Long.valueOf(line.substring(equals + 1)));
      }
    }
    return figures;
  }
}
