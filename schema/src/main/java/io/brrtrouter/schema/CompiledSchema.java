package io.brrtrouter.schema;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A schema compiled for one {@link View}: the only thing needed to judge instances. Immutable and
 * thread-safe.
 *
 * <p>Instances are trees of JSON values; {@link JsonReader} makes them exactly, other trees may be
 * used too. A binary floating point node stands for its shortest decimal; NaN, binary, POJO and
 * missing nodes are not JSON values and satisfy only the schema that allows everything. Trees
 * should not be deeper than {@link JsonLimits#DEFAULT} allows.
 */
public final class CompiledSchema {

  /** Violations that {@link #parse(byte[], JsonLimits)} reports at most. */
  private static final int PARSE_LIMIT = 50;

  /** A low guess, to tell how many values to expect in a text. */
  private static final int BYTES_PER_VALUE = 8;

  private final Subschema root;
  private final Subschema deciding;

  CompiledSchema(Subschema root) {
    this.root = root;
    this.deciding = root.resolved();
  }

  /**
   * Judges an instance, stopping at the first violation. Allocates nothing for objects of scalars
   * when the schema applies no schemas in place.
   *
   * @param instance the instance
   * @return whether it is valid
   */
  public boolean isValid(JsonNode instance) {
    return deciding.valid(
        instance, deciding.ambiguous() ? new Evaluation(instance) : Evaluation.NONE);
  }

  /**
   * Finds out why an instance is invalid. Judges first, so a valid instance costs no more than
   * {@link #isValid}; a program that looks for every violation runs only on invalid ones, and stops
   * when that has cost a small multiple of reading the instance.
   *
   * @param instance the instance
   * @param limit how many violations to report at most; the rest are counted
   * @return the violations; {@link Violations#NONE} exactly when {@link #isValid} is true
   */
  public Violations check(JsonNode instance, int limit) {
    return isValid(instance) ? Violations.NONE : Explanation.of(root, instance, limit);
  }

  /**
   * Reads a JSON text, as {@link JsonReader#read} does, and judges it in the same pass.
   *
   * @param json the text, in UTF-8
   * @param limits bounds on the text
   * @return the tree without what the view drops, or why there is none; at most 50 violations
   */
  public ParsedJson parse(byte[] json, JsonLimits limits) {
    return parse(json, limits, PARSE_LIMIT);
  }

  /**
   * Reads and judges a JSON text in the same pass.
   *
   * @param json the text, in UTF-8
   * @param limits bounds on the text
   * @param violations how many violations to report at most; the rest are counted
   * @return the tree without what the view drops, or why there is none
   */
  public ParsedJson parse(byte[] json, JsonLimits limits, int violations) {
    return TreeReader.read(
        json,
        limits,
        deciding,
        deciding.ambiguous() ? new Evaluation(json.length / BYTES_PER_VALUE) : Evaluation.NONE,
        (value, valid) ->
            valid
                ? new ParsedJson.Valid(strip(value))
                : new ParsedJson.Invalid(value, Explanation.of(root, value, violations)));
  }

  /**
   * Drops the properties the view drops, at any depth.
   *
   * @param instance a valid instance; not modified
   * @return the instance without them; the same object when there are none
   */
  public JsonNode strip(JsonNode instance) {
    return root.dropping()
        ? Stripping.strip(instance, List.of(root), new Evaluation(instance))
        : instance;
  }
}
