package io.brrtrouter.schema;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  private static final Map<View, Context> STARTS = starts();

  private static Map<View, Context> starts() {
    Map<View, Context> starts = new EnumMap<>(View.class);
    for (View view : View.values()) {
      starts.put(view, new Context(view, Map.of(), Set.of()));
    }
    return starts;
  }

  static Context start(View view) {
    return Objects.requireNonNull(STARTS.get(view));
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

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof Context that
            && view == that.view
            && dropped.equals(that.dropped)
            && dynamicScope.equals(that.dynamicScope));
  }

  /** Hashed for every schema that is compiled; most contexts have nothing but a view. */
  @Override
  public int hashCode() {
    int scope = dynamicScope.isEmpty() ? 0 : dynamicScope.hashCode();
    int names = dropped.isEmpty() ? 0 : dropped.hashCode();
    return (view.hashCode() * 31 + scope) * 31 + names;
  }
}
