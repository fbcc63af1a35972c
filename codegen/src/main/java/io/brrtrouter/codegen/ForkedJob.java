package io.brrtrouter.codegen;

import io.brrtrouter.codegen.GenerationJob.Outcome;
import io.brrtrouter.openapi.Finding;
import io.brrtrouter.openapi.Severity;
import io.brrtrouter.openapi.lint.FindingRenderer;
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
  private final Wanted wanted;
  private final FileTime asked;

  private ForkedJob(Wanted wanted, FileTime asked) {
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
    ForkedJob job = new ForkedJob(Wanted.read(request), Files.getLastModifiedTime(request));
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
        Path.of(wanted.one("document")),
        wanted.reading(),
        Path.of(wanted.one("outputDirectory")),
        packageName(),
        parts(),
        wanted.one("unknownEnums", UnknownEnums.values(), UnknownEnums.REFUSE),
        wanted.one("integers", Integers.values(), Integers.LONG),
        Set.copyOf(wanted.list("untyped")),
        shared());
  }

  private List<GenerationJob.Shared> shared() {
    List<GenerationJob.Shared> shared = new ArrayList<>();
    for (String each : wanted.list("shared")) {
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
    String name = wanted.optional("packageName");
    try {
      return name == null ? null : GeneratorOptions.of(name).packageName();
    } catch (IllegalArgumentException invalid) {
      throw new IllegalArgumentException("packageName: " + invalid.getMessage(), invalid);
    }
  }

  private Set<Part> parts() {
    Set<Part> parts = EnumSet.noneOf(Part.class);
    for (String name : wanted.list("parts")) {
      parts.add(Wanted.constant("parts", name, Part.values()));
    }
    return parts.isEmpty() ? Part.SERVICE : parts;
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
