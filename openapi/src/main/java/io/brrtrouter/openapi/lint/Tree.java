package io.brrtrouter.openapi.lint;

import io.brrtrouter.openapi.Reference;
import io.brrtrouter.openapi.source.LocatedNode;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The document as it is written, with its references followed. Lint looks at what the author wrote,
 * not at the model, because only that has a place for every word.
 */
@SuppressWarnings("IdentityHashMapUsage")
final class Tree {
  private static final int LONGEST_CHAIN = 100;

  private final LocatedNode root;
  private final List<Reference> references;

  /** Targets by the object that holds the {@code $ref}. */
  private final Map<JsonNode, LocatedNode> targets = new IdentityHashMap<>();

  /** Whether two nodes are the same place of a document, reached on two ways perhaps. */
  @SuppressWarnings("ReferenceEquality") // equal values elsewhere are other places
  static boolean isSame(LocatedNode one, LocatedNode other) {
    return one.node() == other.node();
  }

  Tree(LocatedNode root, List<Reference> references) {
    this.root = root;
    this.references = List.copyOf(references);
    for (Reference reference : references) {
      LocatedNode holder = reference.from().parent();
      if (holder != null && reference.from().key().equals("$ref")) {
        targets.put(holder.node(), reference.target());
      }
    }
  }

  LocatedNode root() {
    return root;
  }

  List<Reference> references() {
    return references;
  }

  /** {@return what an object's {@code $ref} points to, or null when it has none that resolves} */
  @Nullable LocatedNode target(LocatedNode holder) {
    return targets.get(holder.node());
  }

  /** {@return the object itself, or what stands at the end of its references} */
  LocatedNode resolve(LocatedNode node) {
    LocatedNode current = node;
    for (int i = 0; i < LONGEST_CHAIN; i++) {
      LocatedNode next = targets.get(current.node());
      if (next == null) {
        return current;
      }
      current = next;
    }
    return current;
  }

  /**
   * {@return the entries of a map-valued field that are objects; none when there is no such field}
   */
  static List<LocatedNode> entries(LocatedNode object, String field) {
    LocatedNode map = object.member(field);
    return map == null ? List.of() : objects(map.members());
  }

  /**
   * {@return the items of a list-valued field that are objects; none when there is no such field}
   */
  static List<LocatedNode> items(LocatedNode object, String field) {
    LocatedNode list = object.member(field);
    return list == null ? List.of() : objects(list.items());
  }

  private static List<LocatedNode> objects(List<LocatedNode> nodes) {
    List<LocatedNode> objects = new ArrayList<>();
    for (LocatedNode node : nodes) {
      if (node.node().isObject() && !node.key().startsWith("x-")) {
        objects.add(node);
      }
    }
    return objects;
  }
}
