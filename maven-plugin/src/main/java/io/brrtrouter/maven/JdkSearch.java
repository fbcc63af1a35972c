package io.brrtrouter.maven;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoFailureException;

/**
 * Finds the JDK to fork: what Maven's toolchains say, then {@code BRRT_JAVA_HOME}, the JVM that
 * runs Maven, {@code JAVA_HOME}, {@code java} on the {@code PATH} and the places that the {@code
 * brrt} launcher looks in. {@code BRRT_JDK_ROOTS} replaces those places, as it does there.
 */
final class JdkSearch {
  /** The oldest Java that the generator and what it generates run on. */
  static final int MINIMUM = 25;

  static final List<String> ROOTS =
      List.of(
          "/usr/lib/jvm",
          "/usr/java",
          "/opt/java",
          "/opt/jdks",
          "/Library/Java/JavaVirtualMachines",
          "~/Library/Java/JavaVirtualMachines",
          "~/.sdkman/candidates/java",
          "~/.jdks",
          "~/.jabba/jdk",
          "~/.asdf/installs/java",
          "~/.local/share/mise/installs/java");

  static final List<String> BREW =
      List.of("/opt/homebrew/opt", "/usr/local/opt", "/home/linuxbrew/.linuxbrew/opt");

  private final Map<String, String> environment;
  private final Path running;

  /** A directory with a Java of a version. */
  private record Jdk(Path java, int version) {}

  /**
   * Creates a search.
   *
   * @param environment environment variables
   * @param running the directory of the JVM that runs Maven
   */
  JdkSearch(Map<String, String> environment, Path running) {
    this.environment = environment;
    this.running = running;
  }

  /**
   * {@return the program {@code java} of a JDK that is new enough}
   *
   * @param toolchains programs that Maven's toolchains name, the preferred first
   */
  Path java(List<Path> toolchains) throws MojoFailureException {
    Optional<Path> toolchain =
        toolchains.stream().flatMap(each -> enough(home(each))).map(Jdk::java).findFirst();
    if (toolchain.isPresent()) {
      return toolchain.get();
    }
    String wanted = environment.getOrDefault("BRRT_JAVA_HOME", "");
    if (!wanted.isEmpty()) {
      return enough(Path.of(wanted)).findFirst().map(Jdk::java).orElseThrow(() -> refuse(wanted));
    }
    return Stream.of(Stream.of(running), variable("JAVA_HOME"), onPath())
        .flatMap(each -> each)
        .flatMap(JdkSearch::enough)
        .findFirst()
        // The oldest that will do is the one this was tested with.
        .or(() -> usual().flatMap(JdkSearch::enough).min(Comparator.comparingInt(Jdk::version)))
        .map(Jdk::java)
        .orElseThrow(JdkSearch::nothingFound);
  }

  private static MojoFailureException refuse(String wanted) {
    String but = jdk(Path.of(wanted)).map(found -> " but " + found.version()).orElse("");
    return new MojoFailureException(
        "BRRT_JAVA_HOME is %s, which is not a JDK %d or newer%s".formatted(wanted, MINIMUM, but));
  }

  private static MojoFailureException nothingFound() {
    return new MojoFailureException(
        ("generating needs a JDK %1$d or newer and none was found; install one (Eclipse Temurin from"
                + " https://adoptium.net, \"brew install openjdk\" or your distribution's"
                + " openjdk-%1$d-jdk), or name yours in Maven's toolchains.xml or in"
                + " BRRT_JAVA_HOME")
            .formatted(MINIMUM));
  }

  private Stream<Path> variable(String name) {
    return Stream.of(environment.getOrDefault(name, ""))
        .filter(value -> !value.isEmpty())
        .map(Path::of);
  }

  private Stream<Path> onPath() {
    return Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .filter(each -> !each.isEmpty())
        .map(each -> Path.of(each, program()))
        .filter(Files::isExecutable)
        .limit(1)
        .map(JdkSearch::home);
  }

  /** {@return the directory above {@code bin}, behind the links that distributions like} */
  private static Path home(Path java) {
    Path real;
    try {
      real = java.toRealPath();
    } catch (IOException absent) {
      real = java;
    }
    Path bin = real.getParent();
    Path home = bin == null ? null : bin.getParent();
    return home == null ? real : home;
  }

  private Stream<Path> usual() {
    String roots = environment.getOrDefault("BRRT_JDK_ROOTS", "");
    if (!roots.isEmpty()) {
      return Stream.of(roots.split(File.pathSeparator, -1))
          .map(Path::of)
          .flatMap(JdkSearch::inside);
    }
    String user = environment.getOrDefault("HOME", "/nonexistent");
    return Stream.concat(
        ROOTS.stream().map(root -> Path.of(root.replace("~", user))).flatMap(JdkSearch::inside),
        BREW.stream()
            .flatMap(place -> entries(Path.of(place), "openjdk*"))
            .map(each -> each.resolve("libexec"))
            .flatMap(
                each -> Stream.of(each, each.resolve("openjdk.jdk").resolve("Contents/Home"))));
  }

  private static Stream<Path> inside(Path root) {
    return entries(root, "*").flatMap(each -> Stream.of(each, each.resolve("Contents/Home")));
  }

  private static Stream<Path> entries(Path directory, String pattern) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, pattern)) {
      found.forEach(entries::add);
    } catch (IOException notThere) {
      return Stream.empty();
    }
    return entries.stream().sorted();
  }

  private static Stream<Jdk> enough(Path home) {
    return jdk(home).filter(jdk -> jdk.version() >= MINIMUM).stream();
  }

  /** Every JDK since 9 says its version in a file; starting each that is found would take long. */
  private static Optional<Jdk> jdk(Path home) {
    Path java = home.resolve("bin").resolve(program());
    if (!Files.isExecutable(java)) {
      return Optional.empty();
    }
    Properties release = new Properties();
    try (BufferedReader in =
        Files.newBufferedReader(home.resolve("release"), StandardCharsets.UTF_8)) {
      release.load(in);
    } catch (IOException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
    String version = release.getProperty("JAVA_VERSION", "").replace("\"", "");
    String feature = version.replaceFirst("[^0-9].*", "");
    return feature.isEmpty() || feature.length() > 4
        ? Optional.empty()
        : Optional.of(new Jdk(java, Integer.parseInt(feature)));
  }

  private static String program() {
    return File.separatorChar == '\\' ? "java.exe" : "java";
  }
}
