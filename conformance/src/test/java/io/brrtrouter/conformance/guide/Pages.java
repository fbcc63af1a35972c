package io.brrtrouter.conformance.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What stands in pages of this repository. */
final class Pages {
  static final Path ROOT = Path.of(System.getProperty("brrt.root", ".."));

  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\\n(.*?)\\n```", Pattern.DOTALL);

  /** A block that a sentence calls a file. */
  private static final Pattern FILE =
      Pattern.compile("This\\s+is\\s+`([^`]+)`:\\n\\n```\\w+\\n(.*?\\n)```", Pattern.DOTALL);

  private Pages() {}

  /** {@return the blocks of a language} */
  static List<String> blocks(String page, String language) throws IOException {
    return BLOCK
        .matcher(read(page))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  /** {@return whether a block has more than the imports of others, which are compiled with them} */
  static boolean isCode(String block) {
    return !block.lines().allMatch(Pages::isImport);
  }

  /** {@return what a page says has to be imported, in its order} */
  static List<String> imports(String page) throws IOException {
    return blocks(page, "java").stream().flatMap(String::lines).filter(Pages::isImport).toList();
  }

  private static boolean isImport(String line) {
    return line.startsWith("import ");
  }

  /** {@return the files a page asks to write, by their paths} */
  static Map<String, String> files(String page) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    FILE.matcher(read(page)).results().forEach(file -> files.put(file.group(1), file.group(2)));
    return files;
  }

  static String read(String page) throws IOException {
    return Files.readString(ROOT.resolve(page));
  }
}
