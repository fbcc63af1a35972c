package io.brrtrouter.schema.pattern;

import io.brrtrouter.schema.pattern.Node.BackReference;
import io.brrtrouter.schema.pattern.Node.Characters;
import io.brrtrouter.schema.pattern.Node.Choice;
import io.brrtrouter.schema.pattern.Node.Group;
import io.brrtrouter.schema.pattern.Node.Look;
import io.brrtrouter.schema.pattern.Node.Repeat;
import io.brrtrouter.schema.pattern.Node.Sequence;
import io.brrtrouter.schema.pattern.Node.WordBoundary;
import java.util.List;
import java.util.Optional;

/** Prints a tree in the syntax of another engine. Characters are always classes of code points. */
enum Dialect {
  /** RE2: no look-around, no reference, at most 1000 repetitions. */
  RE2,
  /** {@link java.util.regex.Pattern}. */
  JDK;

  private static final int RE2_MAX_REPEAT = 1000;
  private static final String NOTHING = "[^\\x{0}-\\x{10FFFF}]";

  /** {@return the expression, or empty when the dialect has no word for a part of it} */
  Optional<String> print(Node node) {
    StringBuilder out = new StringBuilder();
    return print(node, out) ? Optional.of(out.toString()) : Optional.empty();
  }

  private boolean print(Node node, StringBuilder out) {
    return switch (node) {
      case Characters characters -> append(out, classOf(characters.set()));
      case Sequence sequence -> printAll(sequence.items(), "", out);
      case Choice choice ->
          append(out, "(?:") && printAll(choice.options(), "|", out) && append(out, ")");
      case Repeat repeat -> printRepeat(repeat, out);
      case Group group ->
          append(out, this == JDK ? "(" : "(?:") && print(group.body(), out) && append(out, ")");
      case Node.Start _ -> append(out, "\\A");
      case Node.End _ -> append(out, "\\z");
      case WordBoundary boundary -> printWordBoundary(boundary, out);
      case Look look ->
          this == JDK
              && append(out, "(?" + (look.behind() ? "<" : "") + (look.negated() ? "!" : "="))
              && print(look.body(), out)
              && append(out, ")");
      case BackReference reference -> this == JDK && append(out, "(?:\\" + reference.group() + ")");
    };
  }

  private static boolean append(StringBuilder out, String text) {
    out.append(text);
    return true;
  }

  private static String classOf(CodePoints set) {
    return set.isEmpty() ? NOTHING : set.toString();
  }

  private boolean printAll(List<Node> nodes, String separator, StringBuilder out) {
    for (int i = 0; i < nodes.size(); i++) {
      out.append(i == 0 ? "" : separator);
      if (!print(nodes.get(i), out)) {
        return false;
      }
    }
    return true;
  }

  private boolean printRepeat(Repeat repeat, StringBuilder out) {
    StringBuilder body = new StringBuilder("(?:");
    if (!print(repeat.body(), body)) {
      return false;
    }
    body.append(')');
    int min = repeat.min();
    int max = repeat.max();
    if (this == RE2) {
      // The same number in portions.
      while (min > RE2_MAX_REPEAT) {
        out.append(body).append('{').append(RE2_MAX_REPEAT).append('}');
        min -= RE2_MAX_REPEAT;
        max -= max == Node.UNBOUNDED ? 0 : RE2_MAX_REPEAT;
      }
      while (max != Node.UNBOUNDED && max > RE2_MAX_REPEAT) {
        int portion = Math.min(max - min, RE2_MAX_REPEAT);
        out.append(body).append("{0,").append(portion).append('}');
        max -= portion;
      }
    }
    out.append(body).append('{').append(min);
    if (max != min) {
      out.append(',').append(max == Node.UNBOUNDED ? "" : max);
    }
    out.append('}').append(repeat.lazy() ? "?" : "");
    return true;
  }

  /** The JDK's own word boundary knows combining marks; so there it is spelt out. */
  private boolean printWordBoundary(WordBoundary boundary, StringBuilder out) {
    if (this == RE2) {
      return append(out, boundary.negated() ? "\\B" : "\\b");
    }
    String word = CodePoints.WORD.toString();
    String into = "(?<!" + word + ")(?=" + word + ")";
    String outOf = "(?<=" + word + ")(?!" + word + ")";
    String boundaryText = "(?:" + into + "|" + outOf + ")";
    return append(out, boundary.negated() ? "(?!" + boundaryText + ")" : boundaryText);
  }
}
