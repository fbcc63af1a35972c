package io.brrtrouter.server.router;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path template, parsed: literal text and parameters in braces, such as {@code
 * /pets/{petId}/photos/{name}.{format}}.
 *
 * <p>Implements the path template of OpenAPI 3.1.1 section 4.8.8.2 over the segments of RFC 3986
 * section 3.3. Two templates are {@linkplain #equals equal} when they match the same paths: names
 * of parameters do not count, and literal text counts as {@link Router} compares it. There are at
 * most {@value #MOST_SEGMENTS} segments. Immutable.
 */
public final class PathTemplate {
  /** The most segments; matching and building go one call deeper with each. */
  static final int MOST_SEGMENTS = 256;

  private final String text;
  private final List<String> names;

  /** Units, and a placeholder below zero for each tail: {@code -1 - index}. */
  private final int[] pieces;

  private final List<Tail> tails;

  private PathTemplate(String text, List<String> names, int[] pieces, List<Tail> tails) {
    this.text = text;
    this.names = names;
    this.pieces = pieces;
    this.tails = List.copyOf(tails);
  }

  /**
   * Parses a template.
   *
   * @param text the template; begins with {@code /}, without query and fragment; literal text may
   *     be percent-encoded UTF-8
   * @return the template
   * @throws IllegalArgumentException if the text is no template: the message has the text, what is
   *     wrong and what would be right
   */
  public static PathTemplate parse(String text) {
    return new Parser(text).parse();
  }

  /** {@return the names of the parameters, in order} */
  public List<String> names() {
    return names;
  }

  /** Whether another template matches exactly the same paths. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PathTemplate that
        && Arrays.equals(pieces, that.pieces)
        && tails.equals(that.tails);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(pieces) * 31 + tails.hashCode();
  }

  /** {@return the text as given to {@link #parse}} */
  @Override
  public String toString() {
    return text;
  }

  int[] pieces() {
    return pieces;
  }

  List<Tail> tails() {
    return tails;
  }

  /** One pass over the text. */
  private static final class Parser {
    private final String text;
    private final LinkedHashSet<String> names = new LinkedHashSet<>();
    private final List<Tail> tails = new ArrayList<>();
    private final UnitBuffer pieces = new UnitBuffer();

    private int segments;

    /** Whether a parameter was read in this segment. */
    private boolean inTail;

    /** The texts of the tail being read. */
    private final List<int[]> tail = new ArrayList<>();

    /** The text behind the last parameter of the tail being read. */
    private final UnitBuffer behind = new UnitBuffer();

    private Parser(String text) {
      this.text = text;
    }

    private PathTemplate parse() {
      if (!text.startsWith("/")) {
        throw wrong("a template begins with \"/\"");
      }
      int invalid = Units.firstInvalid(text);
      if (invalid >= 0) {
        throw wrong(
            "the \"%\" at index "
                + invalid
                + " does not begin percent-encoded UTF-8; a percent sign itself is \"%25\"");
      }
      int at = 0;
      while (at < text.length()) {
        at = piece(at);
      }
      endSegment();
      if (segments > MOST_SEGMENTS) {
        throw wrong("it has " + segments + " segments; at most " + MOST_SEGMENTS + " can be");
      }
      return new PathTemplate(text, List.copyOf(names), pieces.toArray(), tails);
    }

    private int piece(int at) {
      switch (text.charAt(at)) {
        case '{' -> {
          return parameter(at);
        }
        case '}' -> throw wrong("the \"}\" at index " + at + " closes nothing; add the \"{\"");
        case '?', '#' ->
            throw wrong(
                "the \""
                    + text.charAt(at)
                    + "\" at index "
                    + at
                    + " cannot be in a path; declare a query parameter instead");
        case '/' -> {
          endSegment();
          segments++;
          pieces.add('/');
        }
        default -> (inTail ? behind : pieces).add(Units.at(text, at));
      }
      return Units.after(text, at);
    }

    private int parameter(int open) {
      int close = open + 1;
      while (close < text.length() && "{}/".indexOf(text.charAt(close)) < 0) {
        close++;
      }
      if (close == text.length() || text.charAt(close) != '}') {
        throw wrong("the \"{\" at index " + open + " is not closed; add the \"}\"");
      }
      String name = text.substring(open + 1, close);
      if (name.isEmpty()) {
        throw wrong("the parameter at index " + open + " has no name; write \"{name}\"");
      }
      String before = names.isEmpty() ? "" : names.getLast();
      if (!names.add(name)) {
        throw wrong("the parameter \"" + name + "\" occurs twice; give each its own name");
      }
      if (inTail) {
        if (behind.isEmpty()) {
          throw wrong(
              "nothing separates {%s} from {%s}; put text between them".formatted(before, name));
        }
        tail.add(behind.take());
      } else {
        inTail = true;
      }
      return close + 1;
    }

    private void endSegment() {
      if (inTail) {
        tail.add(behind.take());
        pieces.add(-1 - tails.size());
        tails.add(new Tail(tail));
        tail.clear();
        inTail = false;
      }
    }

    private IllegalArgumentException wrong(String what) {
      return new IllegalArgumentException("path template \"" + text + "\": " + what);
    }
  }
}
