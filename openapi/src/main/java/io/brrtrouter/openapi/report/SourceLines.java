package io.brrtrouter.openapi.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lines of the files that findings point into. Each file is read once. Not thread-safe. */
public final class SourceLines {
  private static final int[] NOTHING = {};

  private final Map<String, List<String>> files = new HashMap<>();

  /** What was asked for last: findings come in the order of lines, of a long line thousands. */
  private String lastFile = "";

  private int lastLine;
  private int[] lastCharacters = NOTHING;

  /** Creates a reader that has read nothing yet. */
  public SourceLines() {}

  /**
   * {@return the code points of a line of a file, none when the line is blank or there is none}
   *
   * @param file the file as locations name it
   * @param line counted from 1
   */
  int[] characters(String file, int line) {
    if (line != lastLine || !file.equals(lastFile)) {
      String text = line(file, line);
      lastFile = file;
      lastLine = line;
      lastCharacters = text.isBlank() ? NOTHING : text.codePoints().toArray();
    }
    return lastCharacters;
  }

  private String line(String file, int line) {
    if (line < 1) {
      // About the whole file, which may have been found too large to be read.
      return "";
    }
    List<String> lines = files.computeIfAbsent(file, SourceLines::read);
    return line <= lines.size() ? lines.get(line - 1) : "";
  }

  private static List<String> read(String file) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of(file));
      // Decoding replaces what is not UTF-8: a finding about that line still shows the rest.
      return List.of(new String(bytes, StandardCharsets.UTF_8).split("\r\n|\r|\n", -1));
    } catch (IOException | InvalidPathException e) {
      return List.of();
    }
  }
}
