package io.brrtrouter.schema.pattern;

import java.util.List;

/** A parsed regular expression: the productions of ECMA-262 section 22.2.1 after their meaning. */
sealed interface Node {
  /** A {@link Repeat} without upper bound. */
  int UNBOUNDED = Integer.MAX_VALUE;

  /**
   * One code point of a set.
   *
   * @param set which ones
   */
  record Characters(CodePoints set) implements Node {}

  /**
   * One after the other; the empty sequence matches the empty text.
   *
   * @param items what follows what
   */
  record Sequence(List<Node> items) implements Node {
    static final Sequence EMPTY = new Sequence(List.of());

    public Sequence {
      items = List.copyOf(items);
    }
  }

  /**
   * The first that leads to a match.
   *
   * @param options at least two
   */
  record Choice(List<Node> options) implements Node {
    public Choice {
      options = List.copyOf(options);
    }
  }

  /**
   * A quantifier.
   *
   * @param body what repeats
   * @param min the least number of times
   * @param max the most, perhaps {@link #UNBOUNDED}
   * @param lazy whether fewer are tried first
   */
  record Repeat(Node body, int min, int max, boolean lazy) implements Node {}

  /**
   * A capturing group.
   *
   * @param index counted from 1
   * @param body what it captures
   */
  record Group(int index, Node body) implements Node {}

  /** The start of the text, {@code ^}. */
  record Start() implements Node {}

  /** The end of the text, {@code $}. */
  record End() implements Node {}

  /**
   * {@code \b} and {@code \B}.
   *
   * @param negated whether it is {@code \B}
   */
  record WordBoundary(boolean negated) implements Node {}

  /**
   * A look-around.
   *
   * @param behind whether it looks at what comes before
   * @param negated whether the body must not match
   * @param body what is looked for
   */
  record Look(boolean behind, boolean negated, Node body) implements Node {}

  /**
   * What a group captured, once more.
   *
   * @param group the group's index
   */
  record BackReference(int group) implements Node {}

  /** {@return the nodes directly below} */
  default List<Node> children() {
    return switch (this) {
      case Sequence sequence -> sequence.items();
      case Choice choice -> choice.options();
      case Repeat repeat -> List.of(repeat.body());
      case Group group -> List.of(group.body());
      case Look look -> List.of(look.body());
      case Characters _, Start _, End _, WordBoundary _, BackReference _ -> List.of();
    };
  }
}
