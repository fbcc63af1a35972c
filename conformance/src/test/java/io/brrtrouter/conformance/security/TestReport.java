package io.brrtrouter.conformance.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What tests made the product say: their output as Surefire keeps it, without the names of tests
 * and why they failed, which may quote anything; and the log of a module, with all its levels.
 *
 * @param file the report, or the log
 * @param said lines of its output, and of what it wrote for errors
 */
record TestReport(Path file, List<String> said) {
  private static final Pattern BEGINS = Pattern.compile("<system-(out|err)>");
  private static final Pattern ENDS = Pattern.compile("</system-(out|err)>");

  /**
   * What no test may make the product say. Tests name their own secrets so that they are found
   * here: {@code ann-key-0123456789}, {@code client-secret-of-a-test}. Others are {@link
   * KnownSecrets}.
   */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?<token>eyJ[A-Za-z0-9_-]{12,}\\.eyJ[A-Za-z0-9_-]{12,}\\.)"
              + "|(?<![A-Za-z])(?<field>(?i:Basic|Bearer) [A-Za-z0-9+/._~=-]{16,})"
              + "|(?<key>[a-z]+-key-[0-9a-f]{10})"
              + "|(?<named>-(password|secret)-of-a-test)"
              + "|(?<cookie>(?i:Set-Cookie|Cookie): *[^=;\\s]+=[^;\\s\"*]{16,})"
              + "|(?<hash>pbkdf2-sha256\\$i=[0-9]+[^$\\s]*\\$[A-Za-z0-9+/]{16,}\\$[A-Za-z0-9+/]{16,}"
              + "|\\$2[aby]\\$[0-9]{2}\\$[A-Za-z0-9./]{53})"
              + "|(?<pem>-----BEGIN [A-Z ]*PRIVATE KEY-----)");

  /** {@return the reports of every module below a directory that has been tested} */
  static List<TestReport> below(Path root) throws IOException {
    try (Stream<Path> files = Files.find(root, 6, (file, _) -> isReport(file))) {
      return files.sorted().map(TestReport::read).toList();
    }
  }

  private static boolean isReport(Path file) {
    String name = file.getFileName().toString();
    return file.endsWith("target/said.log")
        || file.getParent() != null
            && file.getParent().endsWith("target/surefire-reports")
            && (name.endsWith("-output.txt") || name.startsWith("TEST-") && name.endsWith(".xml"));
  }

  private static TestReport read(Path file) {
    try {
      return new TestReport(file, said(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static List<String> said(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (!file.toString().endsWith(".xml")) {
      return lines;
    }
    List<String> said = new ArrayList<>();
    boolean within = false;
    for (String line : lines) {
      within |= BEGINS.matcher(line).find();
      if (within) {
        said.add(line);
      }
      within &= !ENDS.matcher(line).find();
    }
    return said;
  }

  /** {@return the module whose tests these are} */
  String module(Path root) {
    return root.relativize(file).toString().replaceAll("/target/.*", "");
  }

  /**
   * {@return the lines with what looks like a secret or is one, encoded or not, each with the
   * report}
   */
  List<String> secrets(KnownSecrets known) {
    return said.stream()
        .filter(line ->
            Spellings.of(line).stream()
                .anyMatch(reading -> SECRET.matcher(reading).find() || known.areIn(reading)))
        .map(line -> file + ": " + line)
        .toList();
  }

  /** {@return how many lines are of a level} */
  long lines(String level) {
    return said.stream().filter(line -> line.startsWith(level)).count();
  }
}
