package io.brrtrouter.schema.pattern;

import io.brrtrouter.schema.pattern.Node.Characters;
import io.brrtrouter.schema.pattern.Node.Repeat;
import io.brrtrouter.schema.pattern.Node.Sequence;
import java.util.List;
import java.util.Optional;

/**
 * A text of one kind of characters and of limited length: <code>^[a-z]{1,80}$</code>, {@code ^.+$}.
 * Counts instead of having a state for each number.
 */
final class Run implements Matcher {
  private final CodePoints set;
  private final int min;
  private final int max;
  private final boolean[] ascii = new boolean[0x80];

  private Run(CodePoints set, int min, int max) {
    this.set = set;
    this.min = min;
    this.max = max;
    for (int c = 0; c < ascii.length; c++) {
      ascii[c] = set.contains(c);
    }
  }

  static Optional<Run> of(Node node) {
    if (node instanceof Sequence(List<Node> items)
        && items.size() == 3
        && items.get(0) instanceof Node.Start
        && items.get(1) instanceof Repeat(Node body, int min, int max, boolean _)
        && body instanceof Characters(CodePoints set)
        && items.get(2) instanceof Node.End) {
      return Optional.of(new Run(set, min, max));
    }
    return Optional.empty();
  }

  /** {@return an expression of it} */
  Node node() {
    Node run = new Repeat(new Characters(set), min, max, false);
    return new Sequence(List.of(new Node.Start(), run, new Node.End()));
  }

  @Override
  public boolean find(CharSequence text) {
    int length = text.length();
    int count = 0;
    for (int i = 0; i < length; count++) {
      char c = text.charAt(i);
      if (c < ascii.length) {
        if (!ascii[c]) {
          return false;
        }
        i++;
      } else {
        int codePoint = Character.codePointAt(text, i);
        if (!set.contains(codePoint)) {
          return false;
        }
        i += Character.charCount(codePoint);
      }
    }
    return count >= min && count <= max;
  }
}
