package io.brrtrouter.schema.pattern;

import io.brrtrouter.schema.pattern.Node.BackReference;
import io.brrtrouter.schema.pattern.Node.Choice;
import io.brrtrouter.schema.pattern.Node.Group;
import io.brrtrouter.schema.pattern.Node.Look;
import io.brrtrouter.schema.pattern.Node.Repeat;
import io.brrtrouter.schema.pattern.Node.Sequence;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds references to groups that may not have taken part. There ECMA-262 section 22.2.2.9.1
 * matches the empty text and the JDK nothing, so such an expression cannot be translated.
 */
final class References {
  private References() {}

  /** {@return whether the tree has any reference} */
  static boolean any(Node node) {
    return node instanceof BackReference || node.children().stream().anyMatch(References::any);
  }

  /** {@return whether every group has certainly taken part when it is referred to} */
  static boolean areCertain(Node node) {
    return walk(node, new HashSet<>());
  }

  /** Walks in reading order, adding the groups that certainly took part. */
  private static boolean walk(Node node, Set<Integer> certain) {
    return switch (node) {
      case BackReference reference -> certain.contains(reference.group());
      case Group group -> {
        boolean right = walk(group.body(), certain);
        certain.add(group.index());
        yield right;
      }
      case Sequence sequence -> sequence.items().stream().allMatch(item -> walk(item, certain));
      case Choice choice ->
          choice.options().stream().allMatch(option -> walk(option, new HashSet<>(certain)));
      case Repeat repeat ->
          walk(repeat.body(), repeat.min() > 0 ? certain : new HashSet<>(certain));
      case Look look -> walk(look.body(), look.negated() ? new HashSet<>(certain) : certain);
      case Node.Characters _, Node.Start _, Node.End _, Node.WordBoundary _ -> true;
    };
  }
}
