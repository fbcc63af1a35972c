package io.brrtrouter.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Writes {@code docs/conformance.md} when the tests are over, provided that every suite ran: a run
 * of one test, or without the data, leaves the page alone.
 */
public final class ConformancePage implements LauncherSessionListener {

  /** Surefire counts what is skipped and keeps the reason to itself. */
  @Override
  public void launcherSessionOpened(LauncherSession session) {
    String data = System.getProperty("brrt.data", "");
    if (!Files.isDirectory(Path.of(data))) {
      System.out.println(
          "Suites written by others are skipped: there is no directory "
              + data
              + "; -Dbrrt.data=DIR names theirs, conformance/README.md says where they come from");
    }
  }

  @Override
  public void launcherSessionClosed(LauncherSession session) {
    Map<Suite, Results.Result> results = Results.all();
    if (results.size() == Suite.values().length) {
      try {
        Path root = Path.of(System.getProperty("brrt.root", ".."));
        Files.writeString(root.resolve("docs/conformance.md"), render(results));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  static String render(Map<Suite, Results.Result> results) {
    StringBuilder page =
        new StringBuilder(
            """
            # Conformance

            Written by the tests in `conformance/`. "Passed" counts tests with the suite's own result; every exception is
            listed below with its reason, and a listed exception that starts passing fails the build. The data is not part
            of this repository; [conformance/README.md](../conformance/README.md) says where it comes from.

            | suite | data | passed | excepted |
            |---|---|---|---|
            """);
    results.forEach((suite, result) ->
        page.append(
            "| %s | `%s` | %d of %d | %d |%n"
                .formatted(
                    suite.title(),
                    suite.data(),
                    result.passed(),
                    result.passed() + result.exceptions().size(),
                    result.exceptions().size())));
    results.forEach((suite, result) -> appendExceptions(page, suite, result));
    return page.toString();
  }

  private static void appendExceptions(StringBuilder page, Suite suite, Results.Result result) {
    if (!result.exceptions().isEmpty()) {
      page.append("\n## ").append(suite.title()).append("\n\n");
      result.exceptions().forEach(line -> page.append("- ").append(line).append('\n'));
    }
  }
}
