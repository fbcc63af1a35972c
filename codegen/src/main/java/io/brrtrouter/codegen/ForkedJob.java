package io.brrtrouter.codegen;

import io.brrtrouter.codegen.GenerationJob.Outcome;
import io.brrtrouter.openapi.DocumentLimit;
import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.LoadOptions;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.lint.FindingRenderer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A job in a process of its own, for build tools that run on a Java too old for this module. What
 * is wanted stands in a file of properties; what came of it is written to another file, one {@code
 * word rest} per line:
 *
 * <ul>
 *   <li>{@code error}, {@code warning} and {@code info} with a line of text to show,
 *   <li>{@code failed} with the sentence to end with,
 *   <li>{@code input} with the SHA-256 and the absolute path of a file that was read,
 *   <li>{@code output} with the SHA-256 and the path below the directory of sources of a generated
 *       file.
 * </ul>
 *
 * Inputs and outputs are there only when nothing failed and the inputs are known to be what was
 * read.
 */
final class ForkedJob {
  private final List<String> reply = new ArrayList<>();
  private final Properties wanted;
  private final FileTime asked;

  private ForkedJob(Properties wanted, FileTime asked) {
    this.wanted = wanted;
    this.asked = asked;
  }

  /**
   * Does a job.
   *
   * @param args the file of properties, and the file to write the reply to
   */
  public static void main(String[] args) throws IOException {
    Path request = Path.of(args[0]);
    Properties wanted = new Properties();
    try (BufferedReader in = Files.newBufferedReader(request)) {
      wanted.load(in);
    }
    ForkedJob job = new ForkedJob(wanted, Files.getLastModifiedTime(request));
    job.run();
    Files.write(Path.of(args[1]), job.reply);
  }

  private void run() throws IOException {
    GenerationJob job;
    try {
      job = job();
    } catch (IllegalArgumentException invalid) {
      say("failed", String.valueOf(invalid.getMessage()));
      return;
    }
    switch (job.plan()) {
      case Outcome.Refused refused -> {
        show(refused.findings());
        say("failed", refused.sentence());
      }
      case Outcome.Planned planned -> {
        show(planned.generation().findings());
        try {
          planned.plan().write();
        } catch (NotWritten failed) {
          say("failed", String.valueOf(failed.getMessage()));
          return;
        }
        planned.generation().unfused().forEach(each -> say("info", each.sentence()));
        say("info", job.output() + ": " + planned.plan().summary());
        remember(planned);
      }
    }
  }

  private GenerationJob job() {
    return new GenerationJob(
        Path.of(wanted.getProperty("document")),
        reading(),
        Path.of(wanted.getProperty("outputDirectory")),
        packageName(),
        parts(),
        one("unknownEnums", UnknownEnums.values(), UnknownEnums.REFUSE),
        one("integers", Integers.values(), Integers.LONG),
        Set.copyOf(list("untyped")),
        shared());
  }

  private LoadOptions reading() {
    LoadOptions options = LoadOptions.defaults().withRoots(paths("allowDirectories"));
    for (String each : list("documentLimits")) {
      int equals = each.indexOf('=');
      try {
        options =
            DocumentLimit.named(each.substring(0, equals))
                .parse(options, each.substring(equals + 1));
      } catch (IllegalArgumentException invalid) {
        throw new IllegalArgumentException("documentLimits: " + invalid.getMessage(), invalid);
      }
    }
    return options;
  }

  private List<Path> paths(String name) {
    List<Path> paths = new ArrayList<>();
    for (String each : list(name)) {
      Path path = Path.of(each);
      if (!Files.isDirectory(path)) {
        throw new IllegalArgumentException(name + ": there is no directory " + path);
      }
      paths.add(path);
    }
    return paths;
  }

  private List<GenerationJob.Shared> shared() {
    List<GenerationJob.Shared> shared = new ArrayList<>();
    for (String each : list("shared")) {
      int equals = each.lastIndexOf('=');
      try {
        shared.add(
            new GenerationJob.Shared(
                Path.of(each.substring(0, equals)), each.substring(equals + 1)));
      } catch (IllegalArgumentException invalid) {
        throw new IllegalArgumentException("shared: " + invalid.getMessage(), invalid);
      }
    }
    return shared;
  }

  private @Nullable String packageName() {
    String name = wanted.getProperty("packageName");
    try {
      return name == null ? null : GeneratorOptions.of(name).packageName();
    } catch (IllegalArgumentException invalid) {
      throw new IllegalArgumentException("packageName: " + invalid.getMessage(), invalid);
    }
  }

  private Set<Part> parts() {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    for (String name : list("parts")) {
      parts.add(constant("parts", name, Part.values()));
    }
    return parts.isEmpty() ? Part.SERVICE : parts;
  }

  private <E extends Enum<E>> E one(String name, E[] constants, E otherwise) {
    String text = wanted.getProperty(name);
    return text == null ? otherwise : constant(name, text, constants);
  }

  private static <E extends Enum<E>> E constant(String name, String text, E[] constants) {
    try {
      return Spelled.constant(text, constants);
    } catch (IllegalArgumentException invalid) {
      throw new IllegalArgumentException(name + ": " + invalid.getMessage(), invalid);
    }
  }

  /** {@return the values of {@code name.0}, {@code name.1} and so on} */
  private List<String> list(String name) {
    List<String> values = new ArrayList<>();
    for (String each = wanted.getProperty(name + ".0"); each != null; ) {
      values.add(each);
      each = wanted.getProperty(name + "." + values.size());
    }
    return values;
  }

  private void show(List<Finding> findings) {
    List<String> entries = FindingRenderer.entries(findings);
    for (int i = 0; i < entries.size(); i++) {
      say(findings.get(i).severity() == Severity.ERROR ? "error" : "warning", entries.get(i));
    }
  }

  private void say(String word, String text) {
    text.lines().forEach(line -> reply.add(word + " " + line));
  }

  /**
   * A file that was written since the job was asked for may not be what was read: then nothing is
   * remembered, and the next build generates again.
   */
  private void remember(Outcome.Planned planned) throws IOException {
    List<String> remembered = new ArrayList<>();
    for (Path file : planned.files()) {
      Path path = file.toAbsolutePath().normalize();
      byte[] bytes = Files.readAllBytes(path);
      if (Files.getLastModifiedTime(path).compareTo(asked) >= 0) {
        return;
      }
      remembered.add("input " + sha256(bytes) + " " + path);
    }
    for (SourceFile file : planned.generation().files()) {
      byte[] bytes = file.text().getBytes(StandardCharsets.UTF_8);
      remembered.add("output " + sha256(bytes) + " " + file.path());
    }
    reply.addAll(remembered);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
