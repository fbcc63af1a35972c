package io.brrtrouter.codegen.print;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringTokenizer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Descriptions as Markdown that Javadoc understands (JEP 467) and the formatter leaves alone:
 * paragraphs, lists and code, filled to the width of a line. HTML becomes Markdown; whatever
 * Javadoc or Markdown would misread at the beginning of a line is escaped.
 */
final class Markdown {
  private static final Pattern ITEM = Pattern.compile("\\s*([-*+]|\\d{1,9}[.)])\\s+(.*)");
  private static final Pattern FENCE = Pattern.compile("\\s*(```+|~~~+)\\s*([A-Za-z0-9+#.-]*).*");
  private static final Pattern HEADING = Pattern.compile("\\s{0,3}#{1,6}\\s+(.*?)[\\s#]*");
  private static final Pattern RULE = Pattern.compile("\\s{0,3}([-=*_])(\\s*\\1)*\\s*");
  private static final Pattern SPAN = Pattern.compile("(`+)(.*?[^`])\\1(?!`)", Pattern.DOTALL);
  private static final Pattern BLOCK_START =
      Pattern.compile("(?:[-+*>#|=~`_]+|#.*|>.*|\\|.*|\\d{1,9}[.)]|```.*|~~~.*|@.*|[-=*_]{2,}.*)");
  private static final Pattern TAG =
      Pattern.compile("</?([A-Za-z][A-Za-z0-9]*)(?:\\s[^<>]*)?/?>", Pattern.DOTALL);

  private static final Pattern NO_LINK = Pattern.compile("\\[(?![^\\]\\[]*\\]\\([^)\\s]*\\))");
  private static final Pattern UNICODE = Pattern.compile("\\\\+u");
  private static final Pattern RISKY = Pattern.compile(".*<[A-Za-z/!].*");

  private Markdown() {}

  /** A part of a text. */
  private sealed interface Block {}

  private record Paragraph(String marker, String text) implements Block {}

  private record Code(String language, List<String> lines) implements Block {}

  /** {@return the lines of a description, not longer than a width where words allow} */
  static List<String> lines(String description, int width) {
    List<String> lines = new ArrayList<>();
    Block previous = null;
    for (Block block : blocks(description)) {
      boolean inList = isItem(previous) && isItem(block) && isBullet(previous) == isBullet(block);
      if (previous != null && !inList) {
        lines.add("");
      }
      switch (block) {
        case Paragraph(var marker, var text) -> fill(marker, text, width, lines);
        case Code(var language, var code) -> {
          lines.add("```" + language);
          code.forEach(line -> lines.add(escapeUnicode(line)));
          lines.add("```");
        }
      }
      previous = block;
    }
    return lines;
  }

  /** {@return a description as one paragraph, code kept as code} */
  static String paragraph(String description) {
    List<String> parts = new ArrayList<>();
    for (Block block : blocks(description)) {
      switch (block) {
        case Paragraph(var _, var text) -> parts.add(text);
        case Code(var _, var code) ->
            parts.add("`" + String.join(" ", code).replace("`", "'") + "`");
      }
    }
    return String.join(" ", parts);
  }

  /** Fills a paragraph that is Markdown already. */
  static void fill(String marker, String text, int width, List<String> lines) {
    StringBuilder line = new StringBuilder(marker);
    String indent = " ".repeat(marker.startsWith("@") ? 2 : marker.length());
    boolean fresh = true;
    for (String next : words(text)) {
      String word = next;
      if (!fresh && line.length() + 1 + word.length() > width) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(indent);
        fresh = true;
      }
      if (fresh && BLOCK_START.matcher(word).matches()) {
        word = tame(word);
      }
      if (!fresh) {
        line.append(' ');
      }
      line.append(word);
      fresh = false;
    }
    lines.add(line.toString().stripTrailing());
  }

  private static boolean isItem(@Nullable Block block) {
    return block instanceof Paragraph(var marker, var _) && !marker.isEmpty();
  }

  private static boolean isBullet(@Nullable Block block) {
    return block instanceof Paragraph(var marker, var _) && marker.equals("- ");
  }

  private static List<Block> blocks(String description) {
    Reader reader = new Reader(withoutTags(description).lines().toList());
    return reader.read();
  }

  /** HTML that stands for structure becomes lines; other tags go. */
  private static String withoutTags(String text) {
    if (text.indexOf('<') < 0) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    Matcher span = SPAN.matcher(text);
    int end = 0;
    while (span.find()) {
      out.append(replaceTags(text.substring(end, span.start()))).append(span.group());
      end = span.end();
    }
    return out.append(replaceTags(text.substring(end))).toString();
  }

  private static String replaceTags(String text) {
    return TAG.matcher(text)
        .replaceAll(tag ->
            switch (tag.group(1).toLowerCase(Locale.ROOT)) {
              case "br", "p", "ul", "ol", "div", "table", "tr", "h1", "h2", "h3", "h4", "pre" ->
                  "\n\n";
              case "li" -> tag.group().startsWith("</") ? "" : "\n- ";
              case "code" -> "`";
              case "b", "strong" -> "**";
              case "i", "em" -> "_";
              case "td", "th" -> " ";
              default -> "";
            });
  }

  /** Splits lines into blocks. */
  private static final class Reader {
    private final List<String> lines;
    private final List<Block> blocks = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private String marker = "";

    Reader(List<String> lines) {
      this.lines = lines;
    }

    List<Block> read() {
      for (int i = 0; i < lines.size(); i++) {
        String line = lines.get(i).replace('\t', ' ');
        Matcher fence = FENCE.matcher(line);
        Matcher item = ITEM.matcher(line);
        Matcher heading = HEADING.matcher(line);
        if (fence.matches()) {
          flush();
          i = fenced(i, fence.group(1), fence.group(2));
        } else if (isTable(line)) {
          flush();
          i = table(i);
        } else if (line.isBlank() || RULE.matcher(line).matches()) {
          flush();
        } else if (heading.matches()) {
          flush();
          text.append("**").append(heading.group(1)).append("**");
          flush();
        } else if (item.matches()) {
          flush();
          String sign = item.group(1);
          marker = Character.isDigit(sign.charAt(0)) ? sign.replace(')', '.') + " " : "- ";
          text.append(item.group(2));
        } else if (line.startsWith("    ") && text.isEmpty() && !isItem(last())) {
          i = indented(i);
        } else {
          text.append(text.isEmpty() ? "" : " ").append(line.strip().replaceFirst("^>\\s?", ""));
        }
      }
      flush();
      return blocks;
    }

    private @Nullable Block last() {
      return blocks.isEmpty() ? null : blocks.getLast();
    }

    private void flush() {
      String clean = Markdown.escape(text.toString());
      if (!clean.isBlank()) {
        blocks.add(new Paragraph(marker, clean));
      }
      text.setLength(0);
      marker = "";
    }

    private int fenced(int start, String fence, String language) {
      List<String> code = new ArrayList<>();
      int i = start + 1;
      while (i < lines.size() && !lines.get(i).strip().startsWith(fence)) {
        code.add(lines.get(i).stripTrailing().replace("```", "'''"));
        i++;
      }
      addCode(language, code);
      return i;
    }

    private int indented(int start) {
      List<String> code = new ArrayList<>();
      int i = start;
      while (i < lines.size() && lines.get(i).startsWith("    ")) {
        code.add(lines.get(i).substring(4).stripTrailing().replace("```", "'''"));
        i++;
      }
      addCode("", code);
      return i - 1;
    }

    private int table(int start) {
      List<String> code = new ArrayList<>();
      int i = start;
      while (i < lines.size() && isTable(lines.get(i))) {
        code.add(lines.get(i).strip().replace("```", "'''"));
        i++;
      }
      addCode("", code);
      return i - 1;
    }

    private void addCode(String language, List<String> code) {
      if (code.stream().anyMatch(line -> !line.isBlank())) {
        blocks.add(new Code(language, code.stream().map(line -> line.replace('\t', ' ')).toList()));
      }
    }

    private static boolean isTable(String line) {
      return line.strip().startsWith("|");
    }
  }

  /** {@return text that Javadoc reads as it was meant: code stays, everything else is escaped} */
  static String escape(String text) {
    StringBuilder out = new StringBuilder();
    Matcher span = SPAN.matcher(text);
    int end = 0;
    while (span.find()) {
      out.append(plain(text.substring(end, span.start()))).append(code(span.group(2)));
      end = span.end();
    }
    return out.append(plain(text.substring(end))).toString().strip();
  }

  private static String plain(String text) {
    return escapeUnicode(text)
        .replace("<", "&lt;")
        .replace("{@", "{&#64;")
        .replace("`", "\\`")
        .transform(Markdown::withoutReferences);
  }

  /** Brackets that are no link would refer to a class. */
  private static String withoutReferences(String text) {
    return text.indexOf('[') < 0 ? text : NO_LINK.matcher(text).replaceAll("\\\\[");
  }

  /** {@return text as code} */
  static String code(String text) {
    String inside = text.replace('\n', ' ').strip();
    if (RISKY.matcher(inside).matches() || inside.contains("{@")) {
      return plain(inside);
    }
    String safe = escapeUnicode(inside);
    boolean risky = false;
    for (String word : words(safe)) {
      risky |= BLOCK_START.matcher(word).matches();
    }
    if (risky) {
      safe = safe.replace(' ', '\u00a0');
    }
    String fence = safe.contains("`") ? "``" : "`";
    String gap = safe.startsWith("`") || safe.endsWith("`") ? " " : "";
    return safe.isEmpty() ? "" : fence + gap + safe + gap + fence;
  }

  /** A backslash before a u would be a Unicode escape, in comments too. */
  private static String escapeUnicode(String text) {
    return text.contains("\\u") ? UNICODE.matcher(text).replaceAll("\\\\\\\\u") : text;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    StringTokenizer tokens = new StringTokenizer(text, " \t\n\r\f");
    while (tokens.hasMoreTokens()) {
      words.add(tokens.nextToken());
    }
    return words;
  }

  /** A word that does not begin what Markdown or Javadoc takes for a block. */
  private static String tame(String word) {
    if (word.startsWith("@")) {
      return "&#64;" + word.substring(1);
    }
    if (Character.isDigit(word.charAt(0))) {
      return word.substring(0, word.length() - 1) + "\\" + word.charAt(word.length() - 1);
    }
    return word.startsWith("**") && word.length() > 2 && word.charAt(2) != '*' ? word : "\\" + word;
  }
}
