package io.brrtrouter.schema.pattern;

import io.brrtrouter.schema.pattern.Node.Characters;
import io.brrtrouter.schema.pattern.Node.Choice;
import io.brrtrouter.schema.pattern.Node.End;
import io.brrtrouter.schema.pattern.Node.Group;
import io.brrtrouter.schema.pattern.Node.Look;
import io.brrtrouter.schema.pattern.Node.Sequence;
import io.brrtrouter.schema.pattern.Node.Start;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition on one neighbour of a position, which an automaton can test: {@code ^}, {@code $} and
 * every look-around at a single character.
 *
 * @param behind whether the neighbour is the character before
 * @param set which neighbours fulfil it
 * @param edge whether the start or end of the text fulfils it
 */
record Assertion(boolean behind, CodePoints set, boolean edge) {

  /** {@return the condition a node stands for, or null when it is not one of this kind} */
  static @Nullable Assertion of(Node node) {
    return switch (node) {
      case Start _ -> new Assertion(true, CodePoints.NONE, true);
      case End _ -> new Assertion(false, CodePoints.NONE, true);
      case Look look -> {
        Assertion seen = ofBody(look.body(), look.behind());
        yield seen == null || !look.negated()
            ? seen
            : new Assertion(seen.behind, seen.set.complement(), !seen.edge);
      }
      default -> null;
    };
  }

  /** The two ways to be at a word boundary, or inside or outside a word. */
  static List<List<Assertion>> ofWordBoundary(boolean negated) {
    CodePoints outside = CodePoints.WORD.complement();
    Assertion wordBefore = new Assertion(true, CodePoints.WORD, false);
    Assertion wordAfter = new Assertion(false, CodePoints.WORD, false);
    Assertion noneBefore = new Assertion(true, outside, true);
    Assertion noneAfter = new Assertion(false, outside, true);
    return negated
        ? List.of(List.of(wordBefore, wordAfter), List.of(noneBefore, noneAfter))
        : List.of(List.of(wordBefore, noneAfter), List.of(noneBefore, wordAfter));
  }

  private static @Nullable Assertion ofBody(Node body, boolean behind) {
    return switch (body) {
      case Characters characters -> new Assertion(behind, characters.set(), false);
      case Start _ -> behind ? new Assertion(true, CodePoints.NONE, true) : null;
      case End _ -> behind ? null : new Assertion(false, CodePoints.NONE, true);
      case Group group -> ofBody(group.body(), behind);
      case Sequence sequence ->
          sequence.items().size() == 1 ? ofBody(sequence.items().get(0), behind) : null;
      case Choice choice -> {
        Assertion any = new Assertion(behind, CodePoints.NONE, false);
        for (Node option : choice.options()) {
          Assertion one = ofBody(option, behind);
          if (one == null) {
            yield null;
          }
          any = new Assertion(behind, any.set.or(one.set), any.edge || one.edge);
        }
        yield any;
      }
      default -> null;
    };
  }
}
