package io.brrtrouter.server.router;

import java.util.List;

/**
 * A template that matches a path, and what its parameters took of it. Parameters are offsets into
 * the path until they are asked for. Immutable.
 *
 * @param <T> the kind of value routed to
 */
public final class Match<T> {
  private static final int[] NONE = {};

  private final Route<T> route;
  private final String path;

  /** Begin and end of each parameter. */
  private final int[] offsets;

  /** Takes the number of parameters too, so that nothing of the route must be read to match. */
  Match(Route<T> route, String path, int parameters) {
    this.route = route;
    this.path = path;
    this.offsets = parameters == 0 ? NONE : new int[2 * parameters];
  }

  /** {@return where the tree puts the parameters when it has found them} */
  int[] offsets() {
    return offsets;
  }

  /** {@return the value added with the template} */
  public T value() {
    return route.value();
  }

  /** {@return the template that matches} */
  public PathTemplate template() {
    return route.template();
  }

  /** {@return the names of the parameters, in the order of the template} */
  public List<String> names() {
    return route.template().names();
  }

  /** {@return how many parameters there are} */
  public int size() {
    return offsets.length / 2;
  }

  /**
   * {@return the name of a parameter}
   *
   * @param index from 0, in the order of the template
   * @throws IndexOutOfBoundsException if there are fewer
   */
  public String name(int index) {
    return names().get(index);
  }

  /**
   * {@return what a parameter took, still percent-encoded; never empty, never with a {@code /}}
   *
   * @param index from 0, in the order of the template
   * @throws IndexOutOfBoundsException if there are fewer
   */
  public String rawValue(int index) {
    return path.substring(offsets[2 * index], offsets[2 * index + 1]);
  }

  /**
   * {@return the same match by the names of an equal template}
   *
   * @param equal a template that is {@linkplain PathTemplate#equals equal} to the one that matched
   * @throws IllegalArgumentException if it is not
   */
  public Match<T> as(PathTemplate equal) {
    if (!equal.equals(template())) {
      throw new IllegalArgumentException(equal + " is not equal to " + template());
    }
    Match<T> renamed = new Match<>(new Route<>(equal, value()), path, size());
    System.arraycopy(offsets, 0, renamed.offsets, 0, offsets.length);
    return renamed;
  }

  /** {@return the template and the path, for logs} */
  @Override
  public String toString() {
    return route.template() + " matches " + path;
  }
}
