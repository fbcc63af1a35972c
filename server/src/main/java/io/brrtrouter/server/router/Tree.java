package io.brrtrouter.server.router;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Builds the tree: routes are sorted by their keys, so that those below one node are neighbours.
 *
 * <p>A key is the template with every tail replaced by its rank among all tails, above every unit.
 */
final class Tree<T> {
  private static final int FIRST_RANK = 1 << 24;

  private final List<Tail> tails;
  private final List<Keyed<T>> routes = new ArrayList<>();

  @SuppressWarnings("ArrayRecordComponent") // equality is never asked for
  private record Keyed<T>(int[] key, Route<T> route) {}

  private Tree(List<Route<T>> all) {
    TreeSet<Tail> ranked = new TreeSet<>();
    all.forEach(route -> ranked.addAll(route.template().tails()));
    tails = List.copyOf(ranked);
    for (Route<T> route : all) {
      routes.add(new Keyed<>(key(route.template()), route));
    }
    routes.sort(Comparator.comparing(Keyed::key, Arrays::compare));
  }

  /** {@return the root over routes of which no two templates are equal} */
  static <T> Node<T> of(List<Route<T>> routes) {
    return new Tree<>(routes).node(0, routes.size(), 0);
  }

  private int[] key(PathTemplate template) {
    int[] key = template.pieces().clone();
    for (int i = 0; i < key.length; i++) {
      if (key[i] < 0) {
        Tail tail = template.tails().get(-1 - key[i]);
        key[i] = FIRST_RANK + Collections.binarySearch(tails, tail);
      }
    }
    return key;
  }

  /** {@return the node over a range of routes that are the same up to a depth} */
  private Node<T> node(int from, int to, int depth) {
    int end = from == to ? depth : endOfText(from, to, depth);
    int first = from;
    @Nullable Route<T> here = null;
    if (first < to && routes.get(first).key().length == end) {
      here = routes.get(first++).route();
    }
    List<Node<T>> children = new ArrayList<>();
    UnitBuffer firsts = new UnitBuffer();
    List<Node<T>> behind = new ArrayList<>();
    List<Tail> alternatives = new ArrayList<>();
    while (first < to) {
      int piece = routes.get(first).key()[end];
      int next = first + 1;
      while (next < to && routes.get(next).key()[end] == piece) {
        next++;
      }
      if (piece < FIRST_RANK) {
        firsts.add(piece);
        children.add(node(first, next, end));
      } else {
        alternatives.add(tails.get(piece - FIRST_RANK));
        behind.add(node(first, next, end + 1));
      }
      first = next;
    }
    int[] text = from == to ? new int[0] : Arrays.copyOfRange(routes.get(from).key(), depth, end);
    return new Node<>(
        text,
        here,
        firsts.toArray(),
        array(children),
        alternatives.toArray(new Tail[0]),
        array(behind));
  }

  /** {@return how far the keys of a range, sorted, are the same literal text} */
  private int endOfText(int from, int to, int depth) {
    int[] low = routes.get(from).key();
    int[] high = routes.get(to - 1).key();
    int end = depth;
    while (end < low.length
        && end < high.length
        && low[end] == high[end]
        && low[end] < FIRST_RANK) {
      end++;
    }
    return end;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic class has no other form
  private static <T> Node<T>[] array(List<Node<T>> nodes) {
    return nodes.toArray(new Node[0]);
  }
}
