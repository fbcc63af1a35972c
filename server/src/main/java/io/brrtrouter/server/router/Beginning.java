package io.brrtrouter.server.router;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the segments with parameters begin with at one place: literal text, then more text or the
 * rest of a segment. A radix tree of its own for that segment. Immutable.
 */
final class Beginning<T> {
  private final int[] text;

  /** The first unit of each longer beginning, ascending. */
  private final int[] firsts;

  private final Beginning<T>[] longer;

  /** In the order they are tried. */
  private final Tail[] tails;

  /** What follows each tail. */
  private final Node<T>[] behind;

  Beginning(
      int[] text, int[] firsts, List<Beginning<T>> longer, Tail[] tails, List<Node<T>> behind) {
    this.text = text;
    this.firsts = firsts;
    this.longer = array(longer);
    this.tails = tails;
    this.behind = Node.array(behind);
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic class has no other form
  private static <T> Beginning<T>[] array(List<Beginning<T>> beginnings) {
    return beginnings.toArray(new Beginning[0]);
  }

  List<Beginning<T>> longer() {
    return List.of(longer);
  }

  List<Node<T>> behind() {
    return List.of(behind);
  }

  /** {@return the match for the rest of a path that begins with such a segment, or null} */
  @Nullable Match<T> match(String path, int from, int parameter) {
    int slash = path.indexOf('/', from);
    return match(path, from, slash < 0 ? path.length() : slash, parameter);
  }

  private @Nullable Match<T> match(String path, int from, int end, int parameter) {
    int at = Units.after(path, from, end, text);
    if (at < 0 || at == end) {
      return null;
    }
    if (firsts.length > 0) {
      int next = Arrays.binarySearch(firsts, Units.at(path, at));
      Match<T> match = next < 0 ? null : longer[next].match(path, at, end, parameter);
      if (match != null) {
        return match;
      }
    }
    return matchTails(path, at, end, parameter);
  }

  private @Nullable Match<T> matchTails(String path, int at, int end, int parameter) {
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
