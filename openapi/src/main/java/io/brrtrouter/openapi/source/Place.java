package io.brrtrouter.openapi.source;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a value is written, and where what it contains is written. The tree of places has the shape
 * of the tree of values, because scalar nodes may be shared and so cannot be keys of a map.
 */
final class Place {
  /** The beginning of a text, without children. */
  static final Place START = new Place(1, 1, null);

  final int line;
  final int column;

  /** Position of the member's name; 0 when the value is no member of an object. */
  final int nameLine;

  final int nameColumn;

  /** Map of String to Place for objects, array of Place for arrays, null for scalars. */
  private final @Nullable Object children;

  Place(int line, int column, @Nullable Object children) {
    this(line, column, 0, 0, children);
  }

  private Place(int line, int column, int nameLine, int nameColumn, @Nullable Object children) {
    this.line = line;
    this.column = column;
    this.nameLine = nameLine;
    this.nameColumn = nameColumn;
    this.children = children;
  }

  /** The same value as member of an object; shares the children, so aliases cost one object. */
  Place named(int atLine, int atColumn) {
    return new Place(line, column, atLine, atColumn, children);
  }

  @Nullable Place member(String name) {
    return children instanceof Map<?, ?> members ? (Place) members.get(name) : null;
  }

  @Nullable Place item(int index) {
    return children instanceof Place[] items && index >= 0 && index < items.length
        ? items[index]
        : null;
  }

  /** The child a reference token of a JSON Pointer names. */
  @Nullable Place child(String token) {
    if (children instanceof Place[]) {
      try {
        return item(Integer.parseInt(token));
      } catch (NumberFormatException notAnIndex) {
        return null;
      }
    }
    return member(token);
  }
}
