package io.brrtrouter.server.decode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The tables of a documentation page, so that the page can be the test. */
final class MarkdownTable {
  private MarkdownTable() {}

  /**
   * One row.
   *
   * @param line its line in the page
   * @param cells its cells by the heading of their column
   */
  record Row(int line, Map<String, String> cells) {
    String cell(String heading) {
      return cells.getOrDefault(heading, "");
    }

    boolean has(String heading) {
      return cells.containsKey(heading);
    }

    /** The text of a cell without the back quotes of code. */
    String code(String heading) {
      return unquote(cell(heading));
    }

    @Override
    public String toString() {
      return "line " + line + ": " + String.join(" | ", cells.values());
    }
  }

  /** {@return the rows of all tables of a page of this repository} */
  static List<Row> read(String page) {
    Path file = Path.of(System.getProperty("brrt.root", ".."), page);
    List<Row> rows = new ArrayList<>();
    List<String> headings = List.of();
    int number = 0;
    try {
      for (String line : Files.readAllLines(file)) {
        number++;
        if (!line.startsWith("|")) {
          headings = List.of();
        } else if (headings.isEmpty()) {
          headings = cells(line);
        } else if (!line.startsWith("|---")) {
          rows.add(new Row(number, row(headings, cells(line))));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private static Map<String, String> row(List<String> headings, List<String> cells) {
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < headings.size(); i++) {
      row.put(headings.get(i), cells.get(i));
    }
    return row;
  }

  private static List<String> cells(String line) {
    String inner = line.strip().substring(1, line.strip().length() - 1);
    return Arrays.stream(inner.split("(?<!\\\\)\\|", -1))
        .map(cell -> cell.strip().replace("\\|", "|"))
        .toList();
  }

  static String unquote(String code) {
    return code.length() > 1 && code.startsWith("`") && code.endsWith("`")
        ? code.substring(1, code.length() - 1)
        : code;
  }
}
