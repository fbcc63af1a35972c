package io.brrtrouter.server.router;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Builds the tree: routes are sorted by their keys, so that those below one node are neighbours.
 *
 * <p>A key is the template with every tail replaced by its rank among all tails, above every unit,
 * and with a mark before each segment that has one, so that literal segments come first. Every
 * segment is followed by what is below every unit, so that routes that share one are neighbours.
 */
final class Tree<T> {
  private static final int SLASH = -1;
  private static final int TEMPLATED = 1 << 24;
  private static final int FIRST_RANK = TEMPLATED + 1;

  private final List<Tail> tails;

  /** Each text once: paths repeat words, and what is shared stays in the cache. */
  private final Map<LiteralText, LiteralText> texts = new HashMap<>();

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
    int[] pieces = template.pieces();
    UnitBuffer key = new UnitBuffer();
    int begin = 0;
    for (int at = 0; at < pieces.length; at++) {
      if (pieces[at] == '/') {
        addSegment(key, template, begin, at);
        begin = at + 1;
      }
    }
    addSegment(key, template, begin, pieces.length);
    return key.toArray();
  }

  private void addSegment(UnitBuffer key, PathTemplate template, int from, int end) {
    int[] pieces = template.pieces();
    // Nothing comes behind a tail in its segment.
    int last = from == end ? 0 : pieces[end - 1];
    if (last >= 0) {
      key.addAll(pieces, from, end);
    } else {
      key.add(TEMPLATED);
      key.addAll(pieces, from, end - 1);
      key.add(FIRST_RANK + Collections.binarySearch(tails, template.tails().get(-1 - last)));
    }
    key.add(SLASH);
  }

  /** {@return the node over a range of routes that are the same up to a depth} */
  private Node<T> node(int from, int to, int depth) {
    if (from == to) {
      return new Node<>(text(new int[0]), null, List.of(), null);
    }
    int end = endOfSegments(from, to, depth);
    int segment = end + 1;
    int first = from;
    @Nullable Route<T> here = null;
    if (key(first).length == segment) {
      here = routes.get(first++).route();
    }
    List<Node<T>> literals = new ArrayList<>();
    while (first < to && key(first)[segment] != TEMPLATED) {
      int next = endOfSame(first, to, segment, endOfSegment(first, segment));
      literals.add(node(first, next, segment));
      first = next;
    }
    return new Node<>(
        text(units(from, depth, end)),
        here,
        literals,
        first == to ? null : beginning(first, to, segment + 1));
  }

  /** {@return what a range of routes begins with whose templated segments are the same so far} */
  private Beginning<T> beginning(int from, int to, int depth) {
    int end = endOfText(from, to, depth);
    List<Beginning<T>> longer = new ArrayList<>();
    UnitBuffer firsts = new UnitBuffer();
    List<Node<T>> behind = new ArrayList<>();
    List<Tail> alternatives = new ArrayList<>();
    int first = from;
    while (first < to) {
      int piece = key(first)[end];
      int next = endOfSame(first, to, end, end + 1);
      if (piece < FIRST_RANK) {
        firsts.add(piece);
        longer.add(beginning(first, next, end));
      } else {
        alternatives.add(tails.get(piece - FIRST_RANK));
        behind.add(node(first, next, end + 1));
      }
      first = next;
    }
    return new Beginning<>(
        units(from, depth, end),
        firsts.toArray(),
        longer,
        alternatives.toArray(new Tail[0]),
        behind);
  }

  private int[] key(int route) {
    return routes.get(route).key();
  }

  /** {@return the last end of a segment up to which a range is the same and literal} */
  private int endOfSegments(int from, int to, int depth) {
    int end = endOfText(from, to, depth) - 1;
    while (key(from)[end] != SLASH) {
      end--;
    }
    return end;
  }

  /** {@return how far the keys of a range, sorted, are the same literal text} */
  private int endOfText(int from, int to, int depth) {
    int[] low = key(from);
    int[] high = key(to - 1);
    int end = depth;
    while (end < low.length && end < high.length && low[end] == high[end] && low[end] < TEMPLATED) {
      end++;
    }
    return end;
  }

  /** {@return the depth behind the segment that begins at one} */
  private int endOfSegment(int route, int depth) {
    int end = depth;
    while (key(route)[end] != SLASH) {
      end++;
    }
    return end + 1;
  }

  /** {@return where the routes end that have the same pieces as the first} */
  private int endOfSame(int first, int to, int from, int end) {
    int next = first + 1;
    while (next < to
        && key(next).length >= end
        && Arrays.equals(key(first), from, end, key(next), from, end)) {
      next++;
    }
    return next;
  }

  private int[] units(int route, int from, int end) {
    int[] units = Arrays.copyOfRange(key(route), from, end);
    for (int i = 0; i < units.length; i++) {
      if (units[i] == SLASH) {
        units[i] = '/';
      }
    }
    return units;
  }

  private LiteralText text(int[] units) {
    LiteralText text = new LiteralText(units);
    LiteralText same = texts.putIfAbsent(text, text);
    return same == null ? text : same;
  }
}
