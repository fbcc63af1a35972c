package io.brrtrouter.maven;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoExecutionException;

/**
 * The generator or another job, in a process of its own because the JVM that runs Maven may be too
 * old for it.
 */
final class GeneratorProcess {
  /** A quick start matters more than a high peak. */
  private static final List<String> FLAGS =
      List.of("-XX:MaxRAMPercentage=50", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

  private final String mainClass;
  private final List<Path> classPath;

  /**
   * Makes what can be run.
   *
   * @param mainClass the job to do
   * @param classPath what it is made of
   */
  GeneratorProcess(String mainClass, List<Path> classPath) {
    this.mainClass = mainClass;
    this.classPath = classPath;
  }

  /**
   * {@return a line per file of the class path that is another when the generator is: the version
   * alone says nothing of snapshots}
   */
  List<String> version() throws IOException {
    List<String> lines = new ArrayList<>();
    for (Path entry : classPath) {
      // In a reactor that has not packaged it yet, a module is a directory of classes.
      try (Stream<Path> files = Files.walk(entry)) {
        files.filter(Files::isRegularFile).sorted().map(GeneratorProcess::line).forEach(lines::add);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
    return lines;
  }

  private static String line(Path file) {
    try {
      return "%s %d bytes %s".formatted(file, Files.size(file), Files.getLastModifiedTime(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Does the job.
   *
   * @param java the program to run
   * @param wanted what to generate from what
   * @param work a name in a directory for files that the processes tell each other with
   * @return the lines that the generator answers, each a word, a space and a rest
   */
  List<String> run(Path java, Map<String, String> wanted, Path work)
      throws IOException, MojoExecutionException {
    Path request = work.resolveSibling(work.getFileName() + ".request");
    Path reply = work.resolveSibling(work.getFileName() + ".reply");
    Path log = work.resolveSibling(work.getFileName() + ".log");
    Files.createDirectories(work.toAbsolutePath().getParent());
    Files.deleteIfExists(reply);
    Properties properties = new Properties();
    properties.putAll(wanted);
    try (Writer out = Files.newBufferedWriter(request)) {
      properties.store(out, null);
    }
    int status = run(command(java, request, reply), log);
    if (status != 0) {
      throw new MojoExecutionException(
          "the generator ended with status %d and this output, please report it:%n%s"
              .formatted(status, Files.readString(log)));
    }
    return Files.readAllLines(reply);
  }

  private List<String> command(Path java, Path request, Path reply) {
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.addAll(FLAGS);
    command.add("-cp");
    command.add(String.join(File.pathSeparator, classPath.stream().map(Path::toString).toList()));
    command.addAll(List.of(mainClass, request.toString(), reply.toString()));
    return command;
  }

  private static int run(List<String> command, Path log)
      throws IOException, MojoExecutionException {
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      process.getOutputStream().close();
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MojoExecutionException("the build was interrupted while generating", e);
    } finally {
      process.destroy();
    }
  }
}
