package io.brrtrouter.openapi.diff;

import java.util.ArrayList;
import java.util.List;

/** Compares what schemas say about the items of arrays, position by position. */
final class ArrayComparison {
  private final PairComparison pair;

  ArrayComparison(PairComparison pair) {
    this.pair = pair;
  }

  void compare() {
    int fixed = Math.max(fixed(pair.before()), fixed(pair.after()));
    for (int i = 0; i < fixed; i++) {
      pair.child("/" + i, at(i, pair.before()), at(i, pair.after()));
    }
    pair.child("/*", at(fixed, pair.before()), at(fixed, pair.after()));
  }

  /** {@return how many positions have a schema of their own} */
  private static int fixed(SchemaView view) {
    return view.parts().stream()
        .mapToInt(part -> part.keyword("prefixItems").size())
        .max()
        .orElse(0);
  }

  private static List<Place> at(int index, SchemaView view) {
    List<Place> items = new ArrayList<>();
    for (Place part : view.parts()) {
      List<Place> prefix = part.items("prefixItems");
      if (index < prefix.size()) {
        items.add(view.target(prefix.get(index)));
      } else {
        part.child("items").map(view::target).ifPresent(items::add);
      }
    }
    return items;
  }
}
