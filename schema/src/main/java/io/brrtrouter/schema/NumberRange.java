package io.brrtrouter.schema;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DoubleNode;

/**
 * {@code minimum}, {@code maximum}, {@code exclusiveMinimum} and {@code exclusiveMaximum}, JSON
 * Schema validation sections 6.2.2 to 6.2.5.
 */
final class NumberRange extends Keyword {
  private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);

  private final Bound[] bounds;

  /** The integers in range; none when {@code smallest} is the larger. */
  private final long smallest;

  private final long largest;

  /** One of the four keywords. */
  enum Limit {
    MINIMUM("minimum", "must be at least "),
    MAXIMUM("maximum", "must be at most "),
    EXCLUSIVE_MINIMUM("exclusiveMinimum", "must be greater than "),
    EXCLUSIVE_MAXIMUM("exclusiveMaximum", "must be less than ");

    final String keyword;
    private final String message;

    Limit(String keyword, String message) {
      this.keyword = keyword;
      this.message = message;
    }

    private boolean allows(int comparison) {
      return switch (this) {
        case MINIMUM -> comparison >= 0;
        case MAXIMUM -> comparison <= 0;
        case EXCLUSIVE_MINIMUM -> comparison > 0;
        case EXCLUSIVE_MAXIMUM -> comparison < 0;
      };
    }

    private boolean isLower() {
      return this == MINIMUM || this == EXCLUSIVE_MINIMUM;
    }
  }

  /**
   * A keyword with its value.
   *
   * @param nearest the {@code double} nearest to the value
   */
  record Bound(Limit limit, JsonNode written, BigDecimal value, double nearest) {

    Bound(Limit limit, JsonNode written) {
      this(limit, written, Numbers.decimal(written), Numbers.decimal(written).doubleValue());
    }

    /**
     * How the decimal a {@code double} stands for compares with the value. Rounding keeps the
     * order, so only next to the value the decimal is needed.
     */
    private int compare(JsonNode instance, double number) {
      if (number < nearest) {
        return -1;
      }
      return number > nearest ? 1 : Numbers.decimal(instance).compareTo(value);
    }

    /** The outermost integer the bound allows, when it is a {@code long}. */
    private long outermost() {
      long floor = floor(value);
      long ceiling = -floor(value.negate());
      return switch (limit) {
        case MINIMUM -> ceiling;
        case MAXIMUM -> floor;
        case EXCLUSIVE_MINIMUM -> Math.incrementExact(floor);
        case EXCLUSIVE_MAXIMUM -> Math.decrementExact(ceiling);
      };
    }

    /** Never expands an exponent. */
    private static long floor(BigDecimal value) {
      if ((long) value.precision() - value.scale() <= 0) {
        return value.signum() < 0 ? -1 : 0;
      }
      return value.setScale(0, RoundingMode.FLOOR).longValueExact();
    }
  }

  NumberRange(Subschema owner, List<Bound> bounds) {
    super(owner);
    this.bounds = bounds.toArray(Bound[]::new);
    long from = Long.MIN_VALUE;
    long to = Long.MAX_VALUE;
    for (Bound bound : bounds) {
      boolean lower = bound.limit.isLower();
      boolean allowsLargest = bound.limit.allows(MAX_LONG.compareTo(bound.value));
      boolean allowsSmallest = bound.limit.allows(MIN_LONG.compareTo(bound.value));
      if (!allowsLargest && !allowsSmallest) {
        from = Long.MAX_VALUE;
        to = Long.MIN_VALUE;
      } else if (lower && !allowsSmallest) {
        from = Math.max(from, bound.outermost());
      } else if (!lower && !allowsLargest) {
        to = Math.min(to, bound.outermost());
      }
    }
    smallest = from;
    largest = to;
  }

  @Override
  int kinds() {
    return 1 << Kind.NUMBER;
  }

  @Override
  int rank() {
    return SCALAR;
  }

  @Override
  boolean valid(JsonNode instance, Evaluation evaluation) {
    if (Numbers.isLong(instance)) {
      long value = instance.longValue();
      return value >= smallest && value <= largest;
    }
    if (instance instanceof DoubleNode) {
      return validDouble(instance, instance.doubleValue());
    }
    BigDecimal value = Numbers.decimal(instance);
    for (Bound bound : bounds) {
      if (!bound.limit.allows(value.compareTo(bound.value))) {
        return false;
      }
    }
    return true;
  }

  private boolean validDouble(JsonNode instance, double number) {
    for (Bound bound : bounds) {
      if (!bound.limit.allows(bound.compare(instance, number))) {
        return false;
      }
    }
    return true;
  }

  @Override
  void explain(JsonNode instance, Explanation explanation) {
    BigDecimal value = Numbers.decimal(instance);
    for (Bound bound : bounds) {
      if (!bound.limit.allows(value.compareTo(bound.value))) {
        explanation.report(
            owner, bound.limit.keyword, bound.written, bound.limit.message + bound.written);
      }
    }
  }
}
