package io.brrtrouter.openapi.lint;

import java.util.ArrayList;
import java.util.List;

/**
 * A segment of a path template.
 *
 * @param text the segment as written
 * @param prefix what stands before the first expression; the whole text when there is none
 * @param suffix what stands after the last expression
 */
record Segment(String text, String prefix, String suffix) {

  static List<Segment> split(String template) {
    List<Segment> segments = new ArrayList<>();
    for (String text : template.substring(1).split("/", -1)) {
      int open = text.indexOf('{');
      int close = text.lastIndexOf('}');
      boolean literal = open < 0 || close < open;
      segments.add(
          literal
              ? new Segment(text, text, "")
              : new Segment(text, text.substring(0, open), text.substring(close + 1)));
    }
    return segments;
  }

  boolean isLiteral() {
    return text.equals(prefix);
  }

  /** {@return 2 for text only, 1 for text with expressions, 0 for an expression only} */
  int concreteness() {
    if (isLiteral()) {
      return 2;
    }
    return prefix.isEmpty() && suffix.isEmpty() ? 0 : 1;
  }

  /** {@return whether a segment of a request can match both} */
  boolean meets(Segment other) {
    if (isLiteral() && other.isLiteral()) {
      return text.equals(other.text);
    }
    if (isLiteral()) {
      return other.accepts(text);
    }
    if (other.isLiteral()) {
      return accepts(other.text);
    }
    return (prefix.startsWith(other.prefix) || other.prefix.startsWith(prefix))
        && (suffix.endsWith(other.suffix) || other.suffix.endsWith(suffix));
  }

  /** {@return whether a literal fits; an expression stands for at least one character} */
  private boolean accepts(String literal) {
    return literal.length() > prefix.length() + suffix.length()
        && literal.startsWith(prefix)
        && literal.endsWith(suffix);
  }

  /** {@return a path that both templates match, when all their segments meet} */
  static String example(List<Segment> a, List<Segment> b) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < a.size(); i++) {
      path.append('/').append(a.get(i).example(b.get(i)));
    }
    return path.toString();
  }

  private String example(Segment other) {
    if (isLiteral()) {
      return text;
    }
    if (other.isLiteral()) {
      return other.text;
    }
    String longerPrefix = prefix.length() > other.prefix.length() ? prefix : other.prefix;
    String longerSuffix = suffix.length() > other.suffix.length() ? suffix : other.suffix;
    return longerPrefix + "x" + longerSuffix;
  }
}
