package io.brrtrouter.maven;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was generated last, from what and under which circumstances, in a file: the number of
 * circumstances, a line for each, the generator's {@code input} and {@code output} lines, and a
 * line that says that all of it was written.
 */
final class Memory {
  private static final String END = "end";

  private final Path file;
  private final List<String> circumstances;

  Memory(Path file, List<String> circumstances) {
    this.file = file;
    this.circumstances = Stream.concat(header(circumstances), circumstances.stream()).toList();
  }

  private static Stream<String> header(List<String> circumstances) {
    return Stream.of("circumstances " + circumstances.size());
  }

  /** {@return why generating again is called for, or null when nothing has changed} */
  @Nullable String staleness(Path output) throws IOException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (NoSuchFileException never) {
      return "nothing is known of an earlier build";
    } catch (CharacterCodingException damaged) {
      return "what is known of an earlier build cannot be read";
    }
    int known = circumstances.size();
    int last = lines.size() - 1;
    if (last < known || !lines.get(last).equals(END)) {
      return "an earlier build has not ended";
    }
    if (!lines.subList(0, known).equals(circumstances)) {
      return "a parameter or the plugin is another than before";
    }
    for (String line : lines.subList(known, last)) {
      String[] words = line.split(" ", 3);
      Path path = words[0].equals("input") ? Path.of(words[2]) : output.resolve(words[2]);
      if (!words[1].equals(sha256(path))) {
        return path + " has changed";
      }
    }
    return null;
  }

  void forget() throws IOException {
    Files.deleteIfExists(file);
  }

  /** Remembers results; none are nothing to rely on. */
  void keep(List<String> results) throws IOException {
    if (!results.isEmpty()) {
      Stream<String> known = Stream.concat(circumstances.stream(), results.stream());
      Files.write(file, Stream.concat(known, Stream.of(END)).toList());
    }
  }

  /** {@return the hash of a file's content, or a word that is none} */
  private static String sha256(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      return "absent";
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(path)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
