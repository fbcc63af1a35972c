package io.brrtrouter.openapi.diff;

import io.brrtrouter.openapi.model.Schema;
import io.brrtrouter.schema.SourceLocation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Compares schemas. Each pair of an old and a new one is compared once in each direction, so that
 * cycles end and what many operations share costs no more.
 */
final class SchemaComparison {
  /** Pairs that are compared; documents of a megabyte have a hundredth of it. */
  static final int MAX_PAIRS = 400_000;

  /** Changes of schemas that are told, again for each operation that they reach. */
  private static final int MAX_TOLD = 1_000_000;

  /** Changes that are kept for the next operation with the same schema, not found again. */
  private static final int MAX_KEPT = 100_000;

  /** Values that are looked for, see {@link Witnesses}; beyond it there is one. */
  private static final int MAX_SEARCHES = 1_000;

  /** Questions whether one schema covers another that lead to the same question. */
  private static final int MAX_QUESTIONS = 30;

  private final Schemas before;
  private final Schemas after;
  private final Sameness sameness;
  private final Owner documents;
  private final Changes changes;
  private final Map<Pair.Key, Pair> pairs = new HashMap<>();
  private final Map<Pair, List<Told>> told = new HashMap<>();
  private final int mostPairs;
  private int questions;
  private int searches;
  private int toldDeltas;
  private int keptDeltas;

  /**
   * A change of schemas for whoever has them.
   *
   * @param before where it stands; null when the old one has no schema that has it or would
   * @param after the same of the new one
   */
  private record Told(
      ChangeRule rule,
      String step,
      @Nullable ChangeLocation before,
      @Nullable ChangeLocation after,
      String message) {}

  /**
   * A pair in what is gone through.
   *
   * @param path the steps to it
   * @param before the nearest old schema, its own or around it; null when there is none
   * @param after the nearest new one
   */
  private record Visit(String path, Pair pair, @Nullable Place before, @Nullable Place after) {}

  SchemaComparison(Schemas before, Schemas after, Owner documents, Changes changes, int mostPairs) {
    this.before = before;
    this.after = after;
    sameness = new Sameness(before, after);
    this.documents = documents;
    this.changes = changes;
    this.mostPairs = mostPairs;
  }

  void compare(
      Site site, Owner owner, Optional<Schema> old, Optional<Schema> now, Direction direction) {
    if (old.isEmpty() && now.isEmpty()) {
      return;
    }
    Pair root = pair(places(before, old), places(after, now), direction);
    for (Told each : told(root)) {
      Site at = each.step().isEmpty() ? site : site.in(each.step());
      changes.add(
          at,
          each.rule(),
          each.before() == null ? owner.missingBefore() : each.before(),
          each.after() == null ? owner.missingAfter() : each.after(),
          each.message());
    }
  }

  private List<Told> told(Pair root) {
    if (toldDeltas > MAX_TOLD) {
      Pair.Delta rest = incomplete("only %,d changes of schemas were told".formatted(MAX_TOLD));
      return List.of(told(new Visit("", root, null, null), rest));
    }
    List<Told> known = told.get(root);
    if (known == null) {
      known = reachable(root);
      if (keptDeltas + known.size() <= MAX_KEPT) {
        keptDeltas += known.size();
        told.put(root, known);
      }
    }
    toldDeltas += known.size();
    return known;
  }

  /** It is about the documents, and is told once. */
  private Pair.Delta incomplete(String message) {
    return new Pair.Delta(
        SchemaRule.SCHEMAS_NOT_COMPARED, "", documents.before(), documents.after(), message);
  }

  boolean mayBeComposite(Optional<Schema> old, Optional<Schema> now) {
    EnumSet<ValueType> types = before.view(places(before, old)).types();
    types.addAll(after.view(places(after, now)).types());
    return types.contains(ValueType.ARRAY) || types.contains(ValueType.OBJECT);
  }

  private static List<Place> places(Schemas schemas, Optional<Schema> schema) {
    return schema.map(each -> List.of(schemas.target(Place.of(each)))).orElse(List.of());
  }

  /** {@return the pair, not necessarily compared yet} */
  Pair pair(List<Place> old, List<Place> now, Direction direction) {
    return pairs.computeIfAbsent(new Pair.Key(old, now, direction), Pair::new);
  }

  /** {@return every change in a pair and the pairs it contains, nearest first} */
  private List<Told> reachable(Pair root) {
    List<Told> all = new ArrayList<>();
    Set<Pair> seen = new HashSet<>();
    Deque<Visit> open = new ArrayDeque<>();
    open.add(visit("", root, null, null));
    while (!open.isEmpty()) {
      Visit visit = open.poll();
      if (!seen.add(visit.pair())) {
        continue;
      }
      compare(visit.pair());
      visit.pair().deltas.forEach(each -> all.add(told(visit, each)));
      visit
          .pair()
          .edges
          .forEach(each ->
              open.add(
                  visit(visit.path() + each.step(), each.pair(), visit.before(), visit.after())));
    }
    return all;
  }

  private Visit visit(
      String path, Pair pair, @Nullable Place aroundBefore, @Nullable Place aroundAfter) {
    Place old = before.view(pair.key.before()).nearest();
    Place now = after.view(pair.key.after()).nearest();
    return new Visit(path, pair, old == null ? aroundBefore : old, now == null ? aroundAfter : now);
  }

  private static Told told(Visit visit, Pair.Delta delta) {
    return new Told(
        delta.rule(),
        visit.path() + delta.step(),
        location(delta.before(), visit.before()),
        location(delta.after(), visit.after()),
        delta.message());
  }

  private static @Nullable ChangeLocation location(
      @Nullable SourceLocation own, @Nullable Place nearest) {
    if (own != null) {
      return ChangeLocation.of(own);
    }
    return nearest == null ? null : ChangeLocation.inParent("the schema", nearest.location());
  }

  private void compare(Pair pair) {
    if (pair.state != Pair.State.NEW) {
      return;
    }
    pair.state = Pair.State.COMPARING;
    if (sameness.are(pair.key.before(), pair.key.after())) {
      pair.harmless = true;
      pair.unchanged = true;
    } else if (pairs.size() > mostPairs) {
      pair.deltas.add(incomplete("only %,d pairs of schemas were compared".formatted(mostPairs)));
    } else {
      new PairComparison(pair, before.view(pair.key.before()), after.view(pair.key.after()), this)
          .compare();
    }
    pair.state = Pair.State.COMPARED;
  }

  /**
   * {@return whether nobody is hurt by a new schema in place of an old one} Where the answer
   * depends on itself, as with schemas that contain themselves, it is yes.
   */
  boolean isHarmless(Pair root) {
    if (root.harmless == null) {
      Answer answer = ask(root, Pair::hurts, pair -> pair.harmless);
      if (!answer.certain()) {
        return answer.yes();
      }
      root.harmless = answer.yes();
    }
    return root.harmless;
  }

  /** {@return whether nothing changed but what people read} */
  boolean isUnchanged(Pair root) {
    if (root.unchanged == null) {
      Answer answer = ask(root, Pair::changes, pair -> pair.unchanged);
      if (!answer.certain()) {
        return answer.yes();
      }
      root.unchanged = answer.yes();
    }
    return root.unchanged;
  }

  /** What was found out, and whether it depends on nothing that is being found out. */
  private record Answer(boolean yes, boolean certain) {}

  private Answer ask(Pair root, Predicate<Pair> denies, Function<Pair, @Nullable Boolean> known) {
    if (questions >= MAX_QUESTIONS) {
      return new Answer(false, false);
    }
    questions++;
    boolean yes = true;
    boolean certain = true;
    Set<Pair> seen = new HashSet<>();
    Deque<Pair> open = new ArrayDeque<>(List.of(root));
    while (yes && !open.isEmpty()) {
      Pair pair = open.poll();
      Boolean answer = known.apply(pair);
      if (answer != null) {
        yes = answer;
      } else if (seen.add(pair)) {
        compare(pair);
        certain &= pair.state == Pair.State.COMPARED;
        yes = !denies.test(pair);
        pair.edges.forEach(edge -> open.add(edge.pair()));
      }
    }
    questions--;
    return new Answer(yes, certain || !yes);
  }

  /** {@return whether a number or string was found that the source allows and the judge refuses} */
  boolean isBroken(SchemaView source, SchemaView judge, EnumSet<ValueType> types) {
    return searches++ >= MAX_SEARCHES || Witnesses.exist(source, judge, types);
  }

  /** {@return whether values are allowed by new or old schemas; empty when that cannot be told} */
  Optional<Boolean> allow(
      boolean byNew, List<Place> places, Collection<JsonNode> values, Direction direction) {
    return (byNew ? after : before).allow(places, values, direction);
  }

  Schemas before() {
    return before;
  }

  Schemas after() {
    return after;
  }
}
