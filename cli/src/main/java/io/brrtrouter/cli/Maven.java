package io.brrtrouter.cli;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Maven as another process: one line per stage on the console, everything else in a log. */
final class Maven {
  private static final Pattern STAGE =
      Pattern.compile("\\[INFO] Building (.+?) \\d\\S*\\s+(\\[\\d+/\\d+])");
  private static final Pattern NOISE =
      Pattern.compile(
          "|To see the full .*|Re-run Maven .*|For more information .*|\\[Help .*|After correcting .*|\\s+mvn .*");
  private static final Pattern CONTINUATION = Pattern.compile("\\s+(?!mvn )\\S.*");
  private static final int DOWNLOADS_PER_LINE = 100;
  private static final int ERRORS_SHOWN = 20;

  private final Console console;
  private final Set<List<String>> errors = new LinkedHashSet<>();

  /** The error being told: javac goes on in further lines that mean nothing alone. */
  private List<String> telling = List.of();

  private int downloads;

  Maven(Console console) {
    this.console = console;
  }

  /**
   * Runs Maven to its end.
   *
   * @param root where
   * @param log where its whole output goes
   * @param arguments its arguments
   */
  void run(Path root, Path log, List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(program()));
    command.addAll(List.of("-B", "-Dstyle.color=never"));
    command.addAll(arguments);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putIfAbsent("MAVEN_OPTS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    Process process = builder.start();
    try (BufferedReader output = process.inputReader();
        BufferedWriter copy = Files.newBufferedWriter(log)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        copy.write(line);
        copy.newLine();
        follow(line);
      }
      told();
    } finally {
      process.destroy();
    }
    if (process.waitFor() != 0) {
      errors.stream()
          .limit(ERRORS_SHOWN)
          .flatMap(List::stream)
          .forEach(line -> console.err().println("  " + line));
      if (errors.size() > ERRORS_SHOWN) {
        console.err().println("  and " + (errors.size() - ERRORS_SHOWN) + " more");
      }
      throw Failure.failed("the build failed; Maven's whole output is in " + log);
    }
  }

  /** {@return the first line of each error, in the order they were told} */
  List<String> errors() {
    return errors.stream().map(List::getFirst).toList();
  }

  private String program() {
    for (String directory :
        console.environment().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path candidate = Path.of(directory, "mvn");
      if (Files.isExecutable(candidate)) {
        return candidate.toString();
      }
    }
    throw Failure.failed(
        "the project has to be built first and there is no mvn on the PATH; install Apache Maven 3.8 or newer"
            + " (\"brew install maven\" or \"apt install maven\")");
  }

  private void follow(String line) {
    String text = line.startsWith("[ERROR]") ? line.replaceFirst("^\\[ERROR] ?", "") : line;
    if (!telling.isEmpty() && CONTINUATION.matcher(text).matches()) {
      telling.add(text);
      return;
    }
    told();
    Matcher stage = STAGE.matcher(line);
    if (stage.matches()) {
      console.err().println("  " + stage.group(1) + " " + stage.group(2));
    } else if (line.contains("Downloaded from ")) {
      downloads++;
      if (downloads % DOWNLOADS_PER_LINE == 0) {
        console.err().println("  " + downloads + " files downloaded");
      }
    } else if (line.startsWith("[ERROR]") || line.matches("\\[WARNING].*\\.java:.*")) {
      String error =
          line.substring(line.indexOf(']') + 1)
              .replaceFirst("^ ", "")
              .replaceFirst(" *-> \\[Help \\d+]$", "");
      if (!NOISE.matcher(error).matches()) {
        telling = new ArrayList<>(List.of(error));
      }
    }
  }

  /** Maven tells each error twice. */
  private void told() {
    if (!telling.isEmpty()) {
      errors.add(telling);
      telling = List.of();
    }
  }
}
