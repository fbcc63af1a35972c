package io.brrtrouter.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.StringNode;

/**
 * What one evaluation remembers: verdicts already given, when there are many, and which schemas are
 * being applied to which instance, for schemas that lead back to themselves. Confined to a thread.
 *
 * <p>Work is counted in units: one for applying a schema to a value, and one for each part of the
 * value, or each few characters of a text.
 *
 * <p>A schema that is reached again on the instance it is already judging adds nothing: it is taken
 * as valid there, and a verdict that rests on such an assumption is not remembered before the
 * assumption is settled. (JSON Schema core section 9.4.1 leaves the behaviour undefined.)
 */
final class Evaluation {

  /** For programs that cannot meet an instance twice; never written. */
  static final Evaluation NONE = new Evaluation(MissingNode.getInstance());

  /**
   * Work after which verdicts are remembered: this much, and a little for each value of the
   * instance. Below it remembering costs more than it saves; above it, alternatives nested in
   * alternatives would cost time exponential in the depth of the instance.
   */
  private static final int REMEMBER_AFTER = 20_000;

  private static final int UNITS_PER_VALUE = 8;

  /**
   * What explaining may cost beyond the verdicts it asks for: this much, and some for each value of
   * the instance. Ordinary schemas need less than a tenth; a few milliseconds at most.
   */
  private static final int ALLOWANCE = 50_000;

  private static final int ALLOWANCE_PER_VALUE = 16;

  /** Characters of a text that are one unit of work. */
  private static final int CHARACTERS_PER_UNIT = 32;

  /** The allowance of an explanation is spent. */
  static final class Exhausted extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Exhausted() {
      super(null, null, false, false);
    }
  }

  private static final int NO_ASSUMPTION = Integer.MAX_VALUE;

  private @Nullable Verdicts verdicts;
  private @Nullable Visits visits;
  private final JsonNode root;
  private boolean measured;
  private long rememberAfter = REMEMBER_AFTER;
  private long work;
  private long allowance = Long.MAX_VALUE;
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
    rememberAfter += UNITS_PER_VALUE * expectedValues;
  }

  /** Starts one that explains: it has an allowance, and remembers verdicts from the first. */
  static Evaluation explaining(JsonNode root) {
    Evaluation evaluation = new Evaluation(root);
    evaluation.measured = true;
    evaluation.rememberAfter = 0;
    evaluation.allowance = ALLOWANCE + ALLOWANCE_PER_VALUE * values(root);
    return evaluation;
  }

  @SuppressWarnings("ReferenceEquality")
  boolean remembers() {
    return this != NONE;
  }

  boolean judge(Subschema schema, Keyword[] applicable, JsonNode instance) {
    work += cost(instance);
    if (work > rememberAfter && isLong()) {
      return judgeOnce(schema, applicable, instance);
    }
    return schema.cyclic()
        ? judgeCyclic(schema, applicable, instance)
        : schema.judge(applicable, instance, this);
  }

  /** The units of work it takes to look at an instance, without what its parts contain. */
  private static int cost(JsonNode instance) {
    return instance instanceof StringNode
        ? 1 + instance.stringValue().length() / CHARACTERS_PER_UNIT
        : 1 + instance.size();
  }

  /** Counts a look at an instance, or one that scans it, against the allowance. */
  void spend(JsonNode instance, boolean scanning) {
    spend(scanning ? cost(instance) : 1);
  }

  void spend(long units) {
    allowance -= units;
    if (allowance < 0) {
      throw new Exhausted();
    }
  }

  /** Whether there has been much work even for an instance of this size. */
  private boolean isLong() {
    if (!measured) {
      measured = true;
      rememberAfter += UNITS_PER_VALUE * values(root);
    }
    return work > rememberAfter;
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
    int visit = visits().find(schema, instance);
    if (visit >= 0) {
      assumed = Math.min(assumed, visit);
      return true;
    }
    visits().push(schema, instance);
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

  /**
   * Starts to explain a schema that can lead back to itself; false when it is being explained or
   * judged: both assume the same.
   */
  boolean enter(Subschema schema, JsonNode instance) {
    if (visits().find(schema, instance) >= 0) {
      return false;
    }
    visits().push(schema, instance);
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
