package io.brrtrouter.schema;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A compiled schema: its keywords, sorted by the kind of instance they apply to. Made empty, so
 * that recursive schemas can refer to it, and completed before anybody sees the program.
 */
final class Subschema {
  private static final Keyword[] NO_KEYWORDS = {};

  final Origin origin;

  /** Its place among the programs of the compilation that makes it; of no use to others. */
  int number;

  /** Which keywords judge an instance of each kind; null refuses the kind. */
  private final Keyword[] @Nullable [] byKind = new Keyword[Kind.COUNT] @Nullable [];

  private Keyword[] all = NO_KEYWORDS;
  private @Nullable Unevaluated unevaluatedItems;
  private @Nullable Unevaluated unevaluatedProperties;
  private @Nullable ObjectShape objectShape;
  private @Nullable ArrayShape arrayShape;
  private boolean branching;

  /** Whether a keyword looks at the parts of an instance, or the characters. */
  private boolean scanning;

  private boolean tracking;
  private boolean cyclic;
  private boolean ambiguous;
  private boolean dropping;

  Subschema(Origin origin) {
    this.origin = origin;
  }

  /** Sets the keywords; the second of the two steps of construction. */
  void complete(List<Keyword> keywords, int allowedKinds) {
    List<Keyword> sorted = new ArrayList<>(keywords);
    sorted.sort(Comparator.comparingInt(Keyword::rank));
    all = sorted.toArray(NO_KEYWORDS);
    for (int kind = 0; kind < Kind.NONE; kind++) {
      byKind[kind] = Kind.isIn(kind, allowedKinds) ? applicable(kind) : null;
    }
    byKind[Kind.NONE] = all.length == 0 ? NO_KEYWORDS : null;
    for (Keyword keyword : all) {
      branching |= keyword.rank() >= Keyword.CHILDREN;
      scanning |= keyword.rank() == Keyword.CHILDREN || keyword.rank() == Keyword.TEXT;
      switch (keyword) {
        case ObjectShape shape -> objectShape = shape;
        case ArrayShape shape -> arrayShape = shape;
        default -> {}
      }
    }
  }

  private Keyword[] applicable(int kind) {
    List<Keyword> applicable = new ArrayList<>(all.length);
    for (Keyword keyword : all) {
      if (Kind.isIn(kind, keyword.kinds()) && !isDecided(keyword, kind)) {
        applicable.add(keyword);
      }
    }
    return applicable.isEmpty() ? NO_KEYWORDS : applicable.toArray(NO_KEYWORDS);
  }

  /** Whether the table by kind already says what the keyword would. */
  private static boolean isDecided(Keyword keyword, int kind) {
    return keyword instanceof TypeKeyword type && !type.isNeededFor(kind);
  }

  /** Adds the keywords that look at what the others evaluated. */
  void completeUnevaluated(@Nullable Unevaluated items, @Nullable Unevaluated properties) {
    unevaluatedItems = items;
    unevaluatedProperties = properties;
    tracking = items != null || properties != null;
    branching |= tracking;
    scanning |= tracking;
  }

  /** Lets schemas that only refer to another be skipped; called when all schemas are complete. */
  void link() {
    for (Keyword keyword : all) {
      keyword.link();
    }
    forUnevaluated(Unevaluated::link);
  }

  /** The schema that decides: this, or what a schema consisting of one reference leads to. */
  Subschema resolved() {
    Subschema schema = this;
    for (int i = 0; i < 64 && !schema.tracks(); i++) {
      Subschema next = schema.all.length == 1 ? only(schema.all[0]) : null;
      if (next == null) {
        break;
      }
      schema = next;
    }
    return schema;
  }

  private static @Nullable Subschema only(Keyword keyword) {
    return switch (keyword) {
      case Reference reference -> reference.target();
      case AllOf allOf -> allOf.single();
      default -> null;
    };
  }

  void flag(boolean inCycle, boolean needsEvaluation, boolean reachesDrops) {
    cyclic = inCycle;
    ambiguous = needsEvaluation;
    dropping = reachesDrops;
  }

  /**
   * Whether judging may meet the same instance more than once, so that an evaluation keeps count.
   */
  boolean ambiguous() {
    return ambiguous;
  }

  /** Whether the view drops properties here or further down. */
  boolean dropping() {
    return dropping;
  }

  boolean cyclic() {
    return cyclic;
  }

  /** Whether it has {@code unevaluatedProperties} or {@code unevaluatedItems}. */
  boolean tracks() {
    return tracking;
  }

  /** Whether the parts of an instance can be judged before the instance is complete. */
  boolean streams() {
    return !tracking && !cyclic;
  }

  boolean dropsUnevaluated() {
    return unevaluatedProperties != null && unevaluatedProperties.drops();
  }

  List<Keyword> keywords() {
    return Arrays.asList(all);
  }

  @Nullable ObjectShape objectShape() {
    return objectShape;
  }

  @Nullable ArrayShape arrayShape() {
    return arrayShape;
  }

  /** The keywords for a kind of instance; null when the kind is refused. */
  Keyword @Nullable [] keywordsFor(int kind) {
    return byKind[kind];
  }

  /** Whether nothing can be invalid. */
  boolean isTrue() {
    return all.length == 0 && !tracking;
  }

  /** Whether nothing can be valid, as far as the types say. */
  boolean isFalse() {
    return all.length == 1 && all[0] instanceof Never;
  }

  /** The strings and integers it allows, when an {@code enum} or {@code const} of them decides. */
  @Nullable Set<Object> onlyTags() {
    for (Keyword keyword : all) {
      Set<Object> tags = keyword instanceof EnumKeyword values ? values.onlyTags() : null;
      if (tags != null) {
        return tags;
      }
    }
    return null;
  }

  /** How much a property that has this schema, and violates it, says about the object's type. */
  int tagDistance(JsonNode instance) {
    for (Keyword keyword : all) {
      if (keyword instanceof EnumKeyword values) {
        int distance = values.distance(instance, Evaluation.NONE, 0);
        if (distance > 0) {
          return distance;
        }
      }
    }
    return 1;
  }

  /** Gives the verdict. */
  boolean valid(JsonNode instance, Evaluation evaluation) {
    Keyword[] applicable = byKind[Kind.of(instance)];
    if (applicable == null) {
      return false;
    }
    boolean counted = branching && evaluation.remembers();
    return counted
        ? evaluation.judge(this, applicable, instance)
        : judge(applicable, instance, evaluation);
  }

  boolean judge(Keyword[] applicable, JsonNode instance, Evaluation evaluation) {
    return tracking
        ? judgeTracking(applicable, instance, evaluation)
        : all(applicable, instance, evaluation);
  }

  private boolean judgeTracking(Keyword[] applicable, JsonNode instance, Evaluation evaluation) {
    Unevaluated unevaluated = unevaluatedFor(instance);
    if (unevaluated == null) {
      return all(applicable, instance, evaluation);
    }
    evaluation.startTracking();
    boolean valid =
        all(applicable, instance, evaluation)
            && unevaluated.valid(instance, evaluation, claimed(applicable, instance, evaluation));
    evaluation.stopTracking();
    return valid;
  }

  private static boolean all(Keyword[] applicable, JsonNode instance, Evaluation evaluation) {
    for (Keyword keyword : applicable) {
      if (!keyword.valid(instance, evaluation)) {
        return false;
      }
    }
    return true;
  }

  private Marks claimed(Keyword[] applicable, JsonNode instance, Evaluation evaluation) {
    Marks marks = new Marks(instance.size());
    claimInto(marks, applicable, instance, evaluation);
    return marks;
  }

  /** What this schema evaluates must not be justified by its own claim to the rest. */
  private void claimInto(
      Marks marks, Keyword[] applicable, JsonNode instance, Evaluation evaluation) {
    marks.admits(this);
    for (Keyword keyword : applicable) {
      keyword.claim(instance, evaluation, marks);
    }
  }

  private @Nullable Unevaluated unevaluatedFor(JsonNode instance) {
    return switch (Kind.of(instance)) {
      case Kind.OBJECT -> unevaluatedProperties;
      case Kind.ARRAY -> unevaluatedItems;
      default -> null;
    };
  }

  /** Marks what this schema evaluates, for a schema around it. */
  void claim(JsonNode instance, Evaluation evaluation, Marks marks) {
    Keyword[] applicable = byKind[Kind.of(instance)];
    if (applicable == null || marks.complete() || !marks.admits(this)) {
      return;
    }
    if (unevaluatedFor(instance) != null) {
      marks.addAll();
    }
    for (Keyword keyword : applicable) {
      keyword.claim(instance, evaluation, marks);
    }
  }

  /** Reports every violation. */
  void explain(JsonNode instance, Explanation explanation) {
    Evaluation evaluation = explanation.evaluation();
    evaluation.spend(instance, scanning);
    if (isSettled(instance, explanation) || (cyclic && !evaluation.enter(this, instance))) {
      return;
    }
    explainAll(instance, explanation);
    if (cyclic) {
      evaluation.leave();
    }
  }

  /** Whether there is nothing to explain: all is well, or the same was explained before. */
  private boolean isSettled(JsonNode instance, Explanation explanation) {
    if (!branching) {
      return false;
    }
    // The verdict on a schema that leads back to itself depends on where the question arises.
    return (!cyclic && valid(instance, explanation.evaluation()))
        || (instance.isContainer() && !explanation.isFirst(this, instance));
  }

  private void explainAll(JsonNode instance, Explanation explanation) {
    int kind = Kind.of(instance);
    int before = explanation.count();
    if (kind == Kind.NONE && !isTrue()) {
      explanation.report(this, "type", null, "must be a JSON value");
    }
    for (Keyword keyword : all) {
      if (Kind.isIn(kind, keyword.kinds())) {
        keyword.explain(instance, explanation);
      }
    }
    Unevaluated unevaluated = unevaluatedFor(instance);
    if (unevaluated != null) {
      explainUnevaluated(unevaluated, instance, explanation, explanation.count() > before);
    }
  }

  private void explainUnevaluated(
      Unevaluated unevaluated, JsonNode instance, Explanation explanation, boolean failed) {
    Keyword[] applicable = byKind[Kind.of(instance)];
    if (applicable == null) {
      return;
    }
    Evaluation evaluation = explanation.evaluation();
    evaluation.startTracking();
    Marks marks = new Marks(instance.size());
    marks.lenient = failed;
    claimInto(marks, applicable, instance, evaluation);
    evaluation.stopTracking();
    unevaluated.explain(instance, explanation, marks);
    evaluation.spend(marks.cost());
  }

  /** Adds what the view drops from an instance and which schemas apply to its children. */
  void strip(JsonNode instance, Stripping stripping) {
    Evaluation evaluation = stripping.evaluation();
    Keyword[] applicable = byKind[Kind.of(instance)];
    if (!dropping || applicable == null || !stripping.isFirst(this)) {
      return;
    }
    for (Keyword keyword : applicable) {
      keyword.strip(instance, stripping);
    }
    Unevaluated unevaluated = unevaluatedFor(instance);
    if (unevaluated != null) {
      unevaluated.strip(instance, stripping, claimed(applicable, instance, evaluation));
    }
  }

  /** How far an instance is from valid: 0 when valid, large when it has another type. */
  int distance(JsonNode instance, Evaluation evaluation, int depth) {
    Keyword[] applicable = byKind[Kind.of(instance)];
    evaluation.spend(instance, scanning);
    if (applicable == null) {
      return Alternatives.OTHER_TYPE;
    }
    if (depth <= 0) {
      return valid(instance, evaluation) ? 0 : 1;
    }
    int distance = 0;
    for (Keyword keyword : applicable) {
      distance += keyword.distance(instance, evaluation, depth - 1);
    }
    return distance > 0 || valid(instance, evaluation) ? distance : 1;
  }

  /** The schemas applied to the same instance. */
  void inPlace(Consumer<Subschema> action) {
    for (Keyword keyword : all) {
      keyword.inPlace(action);
    }
  }

  void unconditional(Consumer<Subschema> action) {
    for (Keyword keyword : all) {
      keyword.unconditional(action);
    }
  }

  /** The schemas applied to the instance or its parts. */
  void successors(Consumer<Subschema> action) {
    for (Keyword keyword : all) {
      keyword.inPlace(action);
      keyword.children(action);
    }
    forUnevaluated(unevaluated -> action.accept(unevaluated.schema()));
  }

  private void forUnevaluated(Consumer<Unevaluated> action) {
    if (unevaluatedItems != null) {
      action.accept(unevaluatedItems);
    }
    if (unevaluatedProperties != null) {
      action.accept(unevaluatedProperties);
    }
  }
}
