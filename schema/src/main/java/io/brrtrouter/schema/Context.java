package io.brrtrouter.schema;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What else than its text decides how a schema is compiled. Two uses of a schema in equal contexts
 * share one program.
 *
 * @param view the side of the exchange
 * @param dynamicScope where the outermost {@code $dynamicAnchor} of each name is (JSON Schema core
 *     section 7.1); only names some {@code $dynamicRef} asks for
 * @param dropped names of properties the view drops from the instance, known because a schema
 *     applied to the same instance says so
 */
record Context(View view, Map<String, Location> dynamicScope, Set<String> dropped) {

  static Context start(View view) {
    return new Context(view, Map.of(), Set.of());
  }

  /** For a part of the instance. */
  Context child() {
    return dropped.isEmpty() ? this : new Context(view, dynamicScope, Set.of());
  }

  /** For a condition, which is tested as written: leaving a check out could change its outcome. */
  Context asWritten() {
    return view == View.PLAIN ? this : new Context(View.PLAIN, dynamicScope, Set.of());
  }

  Context dropping(Set<String> names) {
    if (dropped.containsAll(names)) {
      return this;
    }
    Set<String> all = new HashSet<>(dropped);
    all.addAll(names);
    return new Context(view, dynamicScope, Set.copyOf(all));
  }

  /** Enters a schema resource: its dynamic anchors count where no outer resource has the name. */
  Context entering(Base base, Set<String> dynamicNames) {
    if (dynamicNames.isEmpty() || base.dynamicAnchors.isEmpty()) {
      return this;
    }
    Map<String, Location> scope = new HashMap<>(dynamicScope);
    base.dynamicAnchors.forEach((name, pointer) -> {
      if (dynamicNames.contains(name)) {
        scope.putIfAbsent(name, new Location(base.document, pointer));
      }
    });
    return scope.size() == dynamicScope.size()
        ? this
        : new Context(view, Map.copyOf(scope), dropped);
  }
}
