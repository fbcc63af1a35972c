package io.brrtrouter.openapi.report;

import io.brrtrouter.schema.SourceLocation;

/** Shows lines of documents in a terminal. */
public final class Snippets {
  /** Characters of a source line that are shown; documents are sometimes a single line. */
  private static final int SNIPPET_WIDTH = 120;

  /** What stands for what cannot be shown. */
  private static final int REPLACEMENT = 0xFFFD;

  /** A line with more characters than this that cannot be shown... */
  private static final int FEW = 3;

  /** ...and with more than one in so many of them is no text. */
  private static final int PART = 5;

  private Snippets() {}

  /**
   * Appends the line of a place with a caret below the column; nothing when there is no such line,
   * or it is no text.
   *
   * @param text what to append to
   * @param location the place
   * @param sources reads the line
   */
  public static void append(StringBuilder text, SourceLocation location, SourceLines sources) {
    int[] characters = sources.characters(location.file(), location.line());
    int caret = Math.clamp(location.column() - 1, 0, characters.length);
    int start = caret < SNIPPET_WIDTH ? 0 : caret - SNIPPET_WIDTH / 2;
    int end = Math.min(characters.length, start + SNIPPET_WIDTH);
    if (characters.length == 0 || isBinary(characters, start, end)) {
      return;
    }
    String margin = "%5d | ".formatted(location.line());
    String before = start > 0 ? "..." : "";
    text.append(margin)
        .append(before)
        .append(printable(new String(characters, start, end - start)))
        .append(end < characters.length ? "..." : "")
        .append('\n');
    text.append(" ".repeat(margin.length() - 2)).append("| ").append(" ".repeat(before.length()));
    for (int i = start; i < caret; i++) {
      // A tab in the line is a tab before the caret, however wide the reader's are.
      text.append(characters[i] == '\t' ? '\t' : ' ');
    }
    text.append("^\n");
  }

  /** Of a picture or an archive nobody wants to see a line; of text in Latin-1 they do. */
  private static boolean isBinary(int[] characters, int start, int end) {
    int odd = 0;
    for (int i = start; i < end; i++) {
      boolean control = characters[i] != '\t' && Character.isISOControl(characters[i]);
      odd += control || characters[i] == REPLACEMENT ? 1 : 0;
    }
    return odd > FEW && odd * PART > end - start;
  }

  /**
   * {@return a line that no terminal obeys: controls and changes of the writing direction replaced}
   *
   * @param text one line
   */
  public static String printable(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c != '\t' && isCommand(c) ? REPLACEMENT : c)
        .forEach(printable::appendCodePoint);
    return printable.toString();
  }

  /** Controls, and what makes a reader see lines or an order of characters that is not there. */
  private static boolean isCommand(int c) {
    return Character.isISOControl(c)
        || c == '\u2028'
        || c == '\u2029'
        || c == '\u061c'
        || c == '\u200e'
        || c == '\u200f'
        || (c >= '\u202a' && c <= '\u202e')
        || (c >= '\u2066' && c <= '\u2069');
  }
}
