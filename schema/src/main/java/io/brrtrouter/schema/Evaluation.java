package io.brrtrouter.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * What one evaluation remembers: verdicts already given, when there are many, and which schemas are
 * being applied to which instance, for schemas that lead back to themselves. Confined to a thread.
 *
 * <p>A schema that is reached again on the instance it is already judging adds nothing: it is taken
 * as valid there, and a verdict that rests on such an assumption is not remembered before the
 * assumption is settled. (JSON Schema core section 9.4.1 leaves the behaviour undefined.)
 */
final class Evaluation {

  /** For programs that cannot meet an instance twice; never written. */
  static final Evaluation NONE = new Evaluation(MissingNode.getInstance());

  /**
   * Applications of schemas after which verdicts are remembered: this many, and a few for each
   * value of the instance. Below it remembering costs more than it saves; above it, alternatives
   * nested in alternatives would cost time exponential in the depth of the instance.
   */
  private static final int REMEMBER_AFTER = 20_000;

  private static final int STEPS_PER_VALUE = 8;

  /** Why schemas are applied to instances. Explaining counts as judging: it assumes the same. */
  enum Walk {
    JUDGE,
    CLAIM,
    STRIP
  }

  private static final int NO_ASSUMPTION = Integer.MAX_VALUE;

  private @Nullable Verdicts verdicts;
  private @Nullable Visits visits;
  private final JsonNode root;
  private boolean measured;
  private long rememberAfter = REMEMBER_AFTER;
  private long steps;
  private int tracking;

  /** The oldest visit whose outcome the current verdict assumes. */
  private int assumed = NO_ASSUMPTION;

  /** Starts the evaluation of an instance. */
  Evaluation(JsonNode root) {
    this.root = root;
  }

  /** Starts the evaluation of an instance that is still being read. */
  Evaluation(long expectedValues) {
    this.root = MissingNode.getInstance();
    rememberAfter += STEPS_PER_VALUE * expectedValues;
  }

  @SuppressWarnings("ReferenceEquality")
  boolean remembers() {
    return this != NONE;
  }

  boolean judge(Subschema schema, Keyword[] applicable, JsonNode instance) {
    if (++steps > rememberAfter && isLong()) {
      return judgeOnce(schema, applicable, instance);
    }
    return schema.cyclic()
        ? judgeCyclic(schema, applicable, instance)
        : schema.judge(applicable, instance, this);
  }

  /** Whether there have been many steps even for an instance of this size. */
  private boolean isLong() {
    if (!measured) {
      measured = true;
      rememberAfter += STEPS_PER_VALUE * values(root);
    }
    return steps > rememberAfter;
  }

  private static long values(JsonNode node) {
    long count = 1;
    for (JsonNode part : node) {
      count += values(part);
    }
    return count;
  }

  /** Judges an alternative whose verdict will be asked for again when marks are collected. */
  boolean judgeBranch(Subschema schema, JsonNode instance) {
    Keyword[] applicable = schema.keywordsFor(Kind.of(instance));
    if (applicable == null) {
      return false;
    }
    return tracking == 0 ? schema.valid(instance, this) : judgeOnce(schema, applicable, instance);
  }

  private boolean judgeOnce(Subschema schema, Keyword[] applicable, JsonNode instance) {
    Verdicts given = verdicts();
    int known = given.get(schema, instance);
    if (known != Verdicts.UNKNOWN) {
      return known == Verdicts.VALID;
    }
    int outer = assumed;
    assumed = NO_ASSUMPTION;
    boolean valid =
        schema.cyclic()
            ? judgeCyclic(schema, applicable, instance)
            : schema.judge(applicable, instance, this);
    if (assumed == NO_ASSUMPTION) {
      given.put(schema, instance, valid);
    }
    assumed = Math.min(assumed, outer);
    return valid;
  }

  private boolean judgeCyclic(Subschema schema, Keyword[] applicable, JsonNode instance) {
    int visit = visits().find(Walk.JUDGE, schema, instance);
    if (visit >= 0) {
      assumed = Math.min(assumed, visit);
      return true;
    }
    visits().push(Walk.JUDGE, schema, instance);
    boolean valid = schema.judge(applicable, instance, this);
    visits().pop();
    if (assumed >= visits().size()) {
      assumed = NO_ASSUMPTION;
    }
    return valid;
  }

  void startTracking() {
    tracking++;
  }

  void stopTracking() {
    tracking--;
  }

  /** Starts a walk over a schema that can lead back to itself; false when it is being walked. */
  boolean enter(Walk walk, Subschema schema, JsonNode instance) {
    if (visits().find(walk, schema, instance) >= 0) {
      return false;
    }
    visits().push(walk, schema, instance);
    return true;
  }

  void leave() {
    visits().pop();
  }

  private Visits visits() {
    if (visits == null) {
      visits = new Visits();
    }
    return visits;
  }

  private Verdicts verdicts() {
    if (verdicts == null) {
      verdicts = new Verdicts();
    }
    return verdicts;
  }
}
