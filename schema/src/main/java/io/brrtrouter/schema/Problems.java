package io.brrtrouter.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with schemas, each thing once. */
final class Problems {
  private final Set<SchemaException.Problem> found = new LinkedHashSet<>();

  void add(Location schema, String keyword, String message) {
    found.add(new SchemaException.Problem(schema.child(keyword).source(), keyword, message));
  }

  /** Adds something wrong with a value of a schema, or what stands in place of one. */
  void addAt(Location place, String keyword, String message) {
    found.add(new SchemaException.Problem(place.source(), keyword, message));
  }

  void addAll(Problems others) {
    found.addAll(others.found);
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** In document order. */
  List<SchemaException.Problem> list() {
    List<SchemaException.Problem> list = new ArrayList<>(found);
    list.sort(
        Comparator.comparing((SchemaException.Problem p) -> p.source().file())
            .thenComparingInt(p -> p.source().line())
            .thenComparingInt(p -> p.source().column()));
    return list;
  }
}
