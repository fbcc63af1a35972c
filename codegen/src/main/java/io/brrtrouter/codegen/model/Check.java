package io.brrtrouter.codegen.model;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A constraint of the schema that the Java type does not express by itself.
 *
 * <p>A check applies to the JSON value; of a {@link Value} that may be null, only to what is not.
 */
public sealed interface Check {

  /** {@return where the keyword is written} */
  Origin origin();

  /**
   * {@code minLength}: code points of a string.
   *
   * @param origin where the keyword is written
   * @param length the least number
   */
  record MinLength(Origin origin, int length) implements Check {}

  /**
   * {@code maxLength}: code points of a string.
   *
   * @param origin where the keyword is written
   * @param length the greatest number
   */
  record MaxLength(Origin origin, int length) implements Check {}

  /**
   * {@code pattern}, an ECMA-262 regular expression that is searched for.
   *
   * @param origin where the keyword is written
   * @param regex the expression
   */
  record Matches(Origin origin, String regex) implements Check {}

  /**
   * {@code format} of a string or number that has no Java type of its own.
   *
   * @param origin where the keyword is written
   * @param name the format; one that {@code Formats} or the numeric formats know
   */
  record HasFormat(Origin origin, String name) implements Check {}

  /**
   * {@code minimum} or {@code exclusiveMinimum}.
   *
   * @param origin where the keyword is written
   * @param bound the bound, exact
   * @param exclusive whether the bound itself is refused
   */
  record Minimum(Origin origin, BigDecimal bound, boolean exclusive) implements Check {}

  /**
   * {@code maximum} or {@code exclusiveMaximum}.
   *
   * @param origin where the keyword is written
   * @param bound the bound, exact
   * @param exclusive whether the bound itself is refused
   */
  record Maximum(Origin origin, BigDecimal bound, boolean exclusive) implements Check {}

  /**
   * {@code multipleOf}.
   *
   * @param origin where the keyword is written
   * @param divisor greater than zero
   */
  record MultipleOf(Origin origin, BigDecimal divisor) implements Check {

    /** Refuses what is not greater than zero. */
    public MultipleOf {
      Demand.that(divisor.signum() > 0, "a divisor of " + divisor);
    }
  }

  /**
   * {@code enum} or {@code const} of a value that is no Java enum.
   *
   * @param origin where the keyword is written
   * @param values the values allowed; equal as JSON Schema says
   */
  record Allowed(Origin origin, List<JsonNode> values) implements Check {

    /** Copies the list. */
    public Allowed {
      values = List.copyOf(values);
    }
  }

  /**
   * {@code minItems}.
   *
   * @param origin where the keyword is written
   * @param count the least number
   */
  record MinItems(Origin origin, int count) implements Check {}

  /**
   * {@code maxItems}.
   *
   * @param origin where the keyword is written
   * @param count the greatest number
   */
  record MaxItems(Origin origin, int count) implements Check {}

  /**
   * A schema for arrays or objects without a {@code type}: other values are valid too, but have no
   * Java value.
   *
   * @param origin the schema
   */
  record Untyped(Origin origin) implements Check {}

  /**
   * A keyword about how properties depend on each other.
   *
   * @param origin where the keyword is written
   * @param keyword the keyword
   * @param rule what must hold
   */
  record Obeys(Origin origin, String keyword, Rule rule) implements Check {}

  /** A check that takes a second look at the JSON value, through decoders of other types. */
  sealed interface Judged extends Check {

    /** {@return the keyword} */
    String keyword();

    /** {@return what the value or parts of it are read as} */
    List<Value> values();
  }

  /**
   * {@code oneOf} or {@code anyOf} whose alternatives nothing tells apart.
   *
   * @param origin where the keyword is written
   * @param keyword which of the two
   * @param values the alternatives, none of them null
   * @param orNull whether null fits too
   */
  record Alternatives(Origin origin, String keyword, List<Value> values, boolean orNull)
      implements Judged {

    /** Copies the list. */
    public Alternatives {
      values = List.copyOf(values);
    }

    /** {@return whether no second one may fit} */
    public boolean exactlyOne() {
      return keyword.equals("oneOf");
    }
  }

  /**
   * A schema that allows nothing, or nothing but null.
   *
   * @param origin the schema
   * @param orNull whether it allows null
   */
  record Nothing(Origin origin, boolean orNull) implements Check {}

  /**
   * {@code prefixItems}: what the first items are.
   *
   * @param origin where the keyword is written
   * @param values what they are
   * @param others what all others are, when the schema says so
   */
  record ByPosition(Origin origin, List<Value> values, Optional<Value> others) implements Judged {

    /** Copies the list. */
    public ByPosition {
      values = List.copyOf(values);
    }

    @Override
    public String keyword() {
      return "prefixItems";
    }
  }

  /**
   * {@code contains}: how many items are something.
   *
   * @param origin where the keyword is written
   * @param value what they are
   * @param least at least how many are
   * @param most at most how many are
   */
  record Contains(Origin origin, Value value, int least, int most) implements Judged {

    @Override
    public String keyword() {
      return "contains";
    }

    @Override
    public List<Value> values() {
      return List.of(value);
    }
  }

  /**
   * {@code patternProperties}: what members with some names are.
   *
   * @param origin where the keyword is written
   * @param pattern what the names match
   * @param value what the members are
   */
  record ByName(Origin origin, String pattern, Value value) implements Judged {

    @Override
    public String keyword() {
      return "patternProperties";
    }

    @Override
    public List<Value> values() {
      return List.of(value);
    }
  }

  /**
   * {@code propertyNames}, or names that some pattern has to match.
   *
   * @param origin where the keyword is written
   * @param keyword the keyword
   * @param checks what must hold for each name
   */
  record Names(Origin origin, String keyword, List<Check> checks) implements Judged {

    /** Copies the list. */
    public Names {
      checks = List.copyOf(checks);
    }

    @Override
    public List<Value> values() {
      return List.of();
    }
  }

  /**
   * {@code uniqueItems}.
   *
   * @param origin where the keyword is written
   */
  record UniqueItems(Origin origin) implements Check {}

  /**
   * {@code minProperties}: members of the JSON object, dropped ones included.
   *
   * @param origin where the keyword is written
   * @param count the least number
   */
  record MinProperties(Origin origin, int count) implements Check {}

  /**
   * {@code maxProperties}: members of the JSON object, dropped ones included.
   *
   * @param origin where the keyword is written
   * @param count the greatest number
   */
  record MaxProperties(Origin origin, int count) implements Check {}
}
