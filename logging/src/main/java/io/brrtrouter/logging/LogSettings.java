package io.brrtrouter.logging;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How a process logs, as its environment says: known before anything is configured, so that the
 * first line looks like the last. Immutable.
 *
 * @param json whether lines are JSON, else they are for people
 * @param stdout whether they go to standard output, else to standard error
 * @param coloured whether lines for people are coloured
 * @param level the level of all loggers
 * @param service what the process is called, empty without a name
 * @param redact further names whose values are secrets, separated by commas
 * @param sampling which lines are written
 * @param lines the most lines that wait
 * @param loki where lines are sent besides
 * @param mistakes what is wrong with the environment
 */
record LogSettings(
    boolean json,
    boolean stdout,
    boolean coloured,
    String level,
    String service,
    String redact,
    String sampling,
    int lines,
    Optional<URI> loki,
    List<String> mistakes) {
  private static final Set<String> LEVELS =
      Set.of("OFF", "ERROR", "WARN", "INFO", "DEBUG", "TRACE");

  LogSettings {
    mistakes = List.copyOf(mistakes);
  }

  /**
   * {@return what an environment says}
   *
   * @param environment the variables
   * @param development whether people look at the lines unless somebody says otherwise
   */
  static LogSettings of(Map<String, String> environment, boolean development) {
    List<String> mistakes = new ArrayList<>();
    boolean stdout =
        one("LOG_OUTPUT", environment, "stderr", Set.of("stdout", "stderr"), mistakes)
            .equals("stdout");
    boolean terminal = isTerminal(stdout ? 1 : 2);
    String usual = development || terminal ? "console" : "json";
    String format = one("LOG_FORMAT", environment, usual, Set.of("json", "console"), mistakes);
    return new LogSettings(
        format.equals("json"),
        stdout,
        terminal && environment.getOrDefault("NO_COLOR", "").isEmpty(),
        one("LOG_LEVEL", environment, "INFO", LEVELS, mistakes),
        environment.getOrDefault("OTEL_SERVICE_NAME", ""),
        environment.getOrDefault("LOG_REDACT", ""),
        sampling(environment, mistakes),
        lines(environment, mistakes),
        loki(environment, mistakes),
        mistakes);
  }

  private static String one(
      String name,
      Map<String, String> environment,
      String usual,
      Set<String> values,
      List<String> mistakes) {
    String given = environment.getOrDefault(name, "").strip();
    if (given.isEmpty()) {
      return usual;
    }
    for (String value : values) {
      if (value.equalsIgnoreCase(given)) {
        return value;
      }
    }
    mistakes.add(
        "%s cannot be \"%s\"; it takes: %s"
            .formatted(
                name,
                given,
                String.join(
                    ", ", values.stream().map(v -> v.toLowerCase(Locale.ROOT)).sorted().toList())));
    return usual;
  }

  private static String sampling(Map<String, String> environment, List<String> mistakes) {
    String given = environment.getOrDefault("LOG_SAMPLING", "").strip();
    if (!given.isEmpty()) {
      try {
        Sampling.of(given);
        return given;
      } catch (IllegalArgumentException wrong) {
        mistakes.add("LOG_SAMPLING: " + wrong.getMessage());
      }
    }
    return "all";
  }

  private static int lines(Map<String, String> environment, List<String> mistakes) {
    String given = environment.getOrDefault("LOG_QUEUE", "").strip();
    if (given.matches("[0-9]{2,6}") && Integer.parseInt(given) >= 16) {
      return Integer.parseInt(given);
    }
    if (!given.isEmpty()) {
      mistakes.add("LOG_QUEUE cannot be \"" + given + "\"; it takes: lines from 16 to 999999");
    }
    return LineQueue.LINES;
  }

  private static Optional<URI> loki(Map<String, String> environment, List<String> mistakes) {
    String given = environment.getOrDefault("LOKI_URL", "").strip();
    if (given.isEmpty()) {
      return Optional.empty();
    }
    try {
      URI url = new URI(given);
      if (url.getHost() != null && Set.of("http", "https").contains(url.getScheme())) {
        return Optional.of(url);
      }
    } catch (URISyntaxException _) {
      // Said below, without the text: it may have a password.
    }
    mistakes.add("LOKI_URL is no URL of http or https");
    return Optional.empty();
  }

  /** The console of Java knows only whether all standard streams are terminals. */
  private static boolean isTerminal(int stream) {
    try {
      String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + stream)).toString();
      return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException _) {
      return false;
    }
  }
}
