package io.brrtrouter.schema.pattern;

import io.brrtrouter.schema.pattern.Node.Characters;
import io.brrtrouter.schema.pattern.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A fixed text: {@code abc}, {@code ^abc}, {@code abc$} or {@code ^abc$}.
 *
 * @param text it
 * @param atStart whether it must stand at the start
 * @param atEnd whether it must stand at the end
 */
record Literal(String text, boolean atStart, boolean atEnd) implements Matcher {

  static Optional<Literal> of(Node node) {
    List<Node> items =
        switch (node) {
          case Sequence sequence -> sequence.items();
          case Characters _ -> List.of(node);
          default -> List.of();
        };
    boolean atStart = !items.isEmpty() && items.getFirst() instanceof Node.Start;
    boolean atEnd = !items.isEmpty() && items.getLast() instanceof Node.End;
    StringBuilder text = new StringBuilder();
    for (Node item : items.subList(atStart ? 1 : 0, items.size() - (atEnd ? 1 : 0))) {
      int c = item instanceof Characters(CodePoints set) ? set.single() : -1;
      if (c < 0 || (c <= 0xFFFF && Character.isSurrogate((char) c))) {
        // A surrogate would be found inside a pair, which is another character.
        return Optional.empty();
      }
      text.appendCodePoint(c);
    }
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(new Literal(text.toString(), atStart, atEnd));
  }

  /** {@return an expression of it} */
  Node node() {
    List<Node> items = new ArrayList<>();
    if (atStart) {
      items.add(new Node.Start());
    }
    text.codePoints().forEach(c -> items.add(new Characters(CodePoints.of(c))));
    if (atEnd) {
      items.add(new Node.End());
    }
    return new Sequence(items);
  }

  @Override
  public boolean find(CharSequence searched) {
    String string = searched.toString();
    if (atStart) {
      return atEnd ? string.equals(text) : string.startsWith(text);
    }
    return atEnd ? string.endsWith(text) : string.contains(text);
  }
}
