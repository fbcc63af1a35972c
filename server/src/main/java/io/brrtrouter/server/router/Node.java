package io.brrtrouter.server.router;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree: literal text to the end of a segment, then the end of a template or the
 * alternatives for the next segment. Immutable.
 *
 * <p>Segments without alternatives are in one text, and no two nodes below one begin with the same
 * segment.
 */
final class Node<T> {
  /** Comparing this many texts costs less than hashing a segment. */
  private static final int FEW = 3;

  private final LiteralText text;
  private final @Nullable Route<T> route;

  /** The alternatives for a literal segment if they are few, else none. */
  private final Node<T>[] few;

  /** The alternatives for a literal segment if they are many. */
  private final @Nullable SegmentTable<T> many;

  /** The alternatives for a segment with parameters. */
  private final @Nullable Beginning<T> templated;

  /** Takes the alternatives for a literal segment in the order of the segments. */
  Node(
      LiteralText text,
      @Nullable Route<T> route,
      List<Node<T>> literals,
      @Nullable Beginning<T> templated) {
    this.text = text;
    this.route = route;
    this.few = array(literals.size() > FEW ? List.of() : literals);
    this.many = literals.size() > FEW ? new SegmentTable<>(literals) : null;
    this.templated = templated;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic class has no other form
  static <T> Node<T>[] array(List<Node<T>> nodes) {
    return nodes.toArray(new Node[0]);
  }

  LiteralText text() {
    return text;
  }

  @Nullable Route<T> route() {
    return route;
  }

  /** {@return the nodes for a next segment that is literal} */
  List<Node<T>> literals() {
    return many == null ? List.of(few) : many.nodes();
  }

  @Nullable SegmentTable<T> many() {
    return many;
  }

  @Nullable Beginning<T> templated() {
    return templated;
  }

  /**
   * {@return the match for the rest of a path, or null}
   *
   * <p>A match is made where the path ends and filled with offsets on the way back, so that nothing
   * is allocated for a path that does not match.
   */
  @Nullable Match<T> match(String path, int from, int parameter) {
    int at = text.after(path, from);
    if (at < 0) {
      return null;
    }
    if (at == path.length()) {
      return route == null ? null : new Match<>(route, path, parameter);
    }
    // The text may have been no more than the beginning of this segment.
    if (path.charAt(at) != '/') {
      return null;
    }
    Match<T> match = matchLiteral(path, at + 1, parameter);
    return match == null && templated != null ? templated.match(path, at + 1, parameter) : match;
  }

  private @Nullable Match<T> matchLiteral(String path, int from, int parameter) {
    if (many != null) {
      Node<T> node = many.find(path, from);
      return node == null ? null : node.match(path, from, parameter);
    }
    for (Node<T> node : few) {
      Match<T> match = node.match(path, from, parameter);
      if (match != null) {
        return match;
      }
    }
    return null;
  }
}
