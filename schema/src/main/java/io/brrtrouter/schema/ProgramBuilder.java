package io.brrtrouter.schema;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compiles every schema reachable from one, each once per context, without recursion: chains of
 * references can be longer than a thread's stack allows.
 */
final class ProgramBuilder {
  private final Registry registry;
  private final CompilerOptions options;
  private final Map<Key, Subschema> finished;
  private final Set<String> dynamicNames;
  private final Problems problems = new Problems();
  private final Map<Key, Subschema> started = new LinkedHashMap<>();
  private final Deque<Key> pending = new ArrayDeque<>();
  private final DroppedProperties droppedProperties;

  /** Where a schema is and how it is used. */
  record Key(Location location, Context context) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key that
          && location.equals(that.location)
          && context.equals(that.context);
    }

    @Override
    public int hashCode() {
      return location.hashCode() * 31 + context.hashCode();
    }
  }

  /**
   * Builds a builder for one compilation.
   *
   * @param finished programs of earlier compilations with the same registry
   * @param droppedProperties what the view drops, as far as it is known
   * @param dynamicNames the names of {@code $dynamicRef} the finished programs were made for
   */
  ProgramBuilder(
      Registry registry,
      CompilerOptions options,
      Map<Key, Subschema> finished,
      Set<String> dynamicNames,
      DroppedProperties droppedProperties) {
    this.registry = registry;
    this.options = options;
    this.finished = finished;
    this.dynamicNames = dynamicNames;
    this.droppedProperties = droppedProperties;
  }

  /**
   * Compiles a schema with all it reaches; {@link #problems} tells whether the result is usable.
   */
  Subschema build(Location location, View view) {
    Subschema root = subschema(location, Context.start(view));
    while (!pending.isEmpty()) {
      Key key = pending.removeFirst();
      Subschema schema = started.get(key);
      if (schema != null) {
        SchemaObjectCompiler.compile(this, options, key, schema);
      }
    }
    ProgramGraph.finish(started, problems);
    return root;
  }

  Problems problems() {
    return problems;
  }

  /** The programs made by this compilation. */
  Map<Key, Subschema> programs() {
    return started;
  }

  Registry registry() {
    return registry;
  }

  /** The program of a schema applied to the instance that {@code outer} is about. */
  Subschema subschema(Location location, Context outer) {
    Base base = location.document().site(location.pointer()).base();
    Context entered = outer.entering(base, dynamicNames);
    Context context =
        entered.view() == View.PLAIN ? entered : entered.dropping(droppedProperties.of(location));
    Key key = new Key(location, context);
    Subschema known = finished.get(key);
    return known != null ? known : started.computeIfAbsent(key, this::start);
  }

  private Subschema start(Key key) {
    pending.addLast(key);
    return new Subschema(Origin.of(key.location));
  }

  /** Whether the view drops a property that has the schema at a location. */
  boolean isDropped(Location location, View view) {
    return view != View.PLAIN && droppedProperties.isDropped(location);
  }

  /** The program {@code $ref} leads to; null when it leads nowhere. */
  @Nullable Subschema reference(Location from, String reference, Context context) {
    Registry.Target target = registry.resolve(from, "$ref", reference, problems);
    return target == null ? null : subschema(target.location(), context);
  }

  /** The program {@code $dynamicRef} leads to (JSON Schema core section 8.2.3.2). */
  @Nullable Subschema dynamicReference(Location from, String reference, Context context) {
    Registry.Target target = registry.resolve(from, "$dynamicRef", reference, problems);
    if (target == null) {
      return null;
    }
    String name = target.dynamicName();
    Location outermost = name == null ? null : context.dynamicScope().get(name);
    return subschema(outermost == null ? target.location() : outermost, context);
  }
}
