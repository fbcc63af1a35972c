package io.brrtrouter.server.router;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A node of the tree: literal text, then the end of a template, more text or the rest of a
 * templated segment. Immutable.
 */
final class Node<T> {
  private final int[] text;

  /** The text as it is in a path without escapes, or null if it cannot be. */
  private final @Nullable String plain;

  private final @Nullable Route<T> route;

  /** The first unit of each child, ascending. */
  private final int[] firsts;

  private final Node<T>[] children;

  /** In the order they are tried. */
  private final Tail[] tails;

  /** What follows each tail. */
  private final Node<T>[] behind;

  Node(
      int[] text,
      @Nullable Route<T> route,
      int[] firsts,
      Node<T>[] children,
      Tail[] tails,
      Node<T>[] behind) {
    this.text = text;
    this.plain = Units.plain(text);
    this.route = route;
    this.firsts = firsts;
    this.children = children;
    this.tails = tails;
    this.behind = behind;
  }

  /**
   * {@return the match for the rest of a path, or null}
   *
   * <p>A match is made where the path ends and filled with offsets on the way back, so that nothing
   * is allocated for a path that does not match.
   */
  @Nullable Match<T> match(String path, int from, int parameter) {
    // The common case first, because the JVM compares strings in one go.
    int at =
        plain != null && path.startsWith(plain, from)
            ? from + plain.length()
            : Units.after(path, from, path.length(), text);
    if (at < 0) {
      return null;
    }
    if (at == path.length()) {
      return route == null ? null : new Match<>(route, path);
    }
    int child = Arrays.binarySearch(firsts, Units.at(path, at));
    if (child >= 0) {
      Match<T> match = children[child].match(path, at, parameter);
      if (match != null) {
        return match;
      }
    }
    return tails.length == 0 ? null : matchTails(path, at, parameter);
  }

  private @Nullable Match<T> matchTails(String path, int at, int parameter) {
    int slash = path.indexOf('/', at);
    int end = slash < 0 ? path.length() : slash;
    for (int i = 0; i < tails.length; i++) {
      Tail tail = tails[i];
      if (tail.matches(path, at, end, null, parameter)) {
        Match<T> match = behind[i].match(path, end, parameter + tail.parameters());
        if (match != null) {
          tail.matches(path, at, end, match.offsets(), parameter);
          return match;
        }
      }
    }
    return null;
  }
}
