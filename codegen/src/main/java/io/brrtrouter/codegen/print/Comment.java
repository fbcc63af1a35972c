package io.brrtrouter.codegen.print;

import io.brrtrouter.codegen.model.Docs;
import java.util.ArrayList;
import java.util.List;

/** A documentation comment in Markdown. Text is added as Markdown already, except {@link #docs}. */
final class Comment {
  private final List<Object> parts = new ArrayList<>();
  private final List<String> tags = new ArrayList<>();

  /** A description, still as the document has it. */
  private record Description(String text) {}

  /** Adds what the document says; the other words are used when it says nothing. */
  Comment docs(Docs docs, String otherwise) {
    String summary = docs.summary().strip();
    String description = docs.description().strip();
    if (!summary.isEmpty() && !description.startsWith(summary)) {
      parts.add(new Description(sentence(summary)));
    }
    if (!description.isEmpty()) {
      parts.add(new Description(description));
    }
    if (parts.isEmpty()) {
      text(otherwise);
    }
    return text(docs.deprecated() ? "Deprecated." : "");
  }

  private static String sentence(String text) {
    char last = text.charAt(text.length() - 1);
    return Character.isLetterOrDigit(last) ? text + "." : text;
  }

  /** Adds a paragraph. */
  Comment text(String markdown) {
    if (!markdown.isEmpty()) {
      parts.add(markdown);
    }
    return this;
  }

  /** Adds a description of a parameter. */
  Comment param(String name, String markdown) {
    tags.add("@param " + name + " " + markdown);
    return this;
  }

  /** Adds a description of what is returned. */
  Comment returns(String markdown) {
    tags.add("@return " + markdown);
    return this;
  }

  /** {@return the lines, without the slashes} */
  List<String> lines(int width) {
    List<String> lines = new ArrayList<>();
    for (Object part : parts) {
      List<String> own = new ArrayList<>();
      if (part instanceof Description(var text)) {
        own.addAll(Markdown.lines(text, width));
      } else {
        Markdown.fill("", part.toString(), width, own);
      }
      if (!lines.isEmpty() && !own.isEmpty()) {
        lines.add("");
      }
      lines.addAll(own);
    }
    if (!lines.isEmpty() && !tags.isEmpty()) {
      lines.add("");
    }
    for (String tag : tags) {
      int first = tag.indexOf(' ');
      Markdown.fill(tag.substring(0, first + 1), tag.substring(first + 1), width, lines);
    }
    return lines;
  }
}
