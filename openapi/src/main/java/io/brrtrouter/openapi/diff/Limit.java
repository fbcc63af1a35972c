package io.brrtrouter.openapi.diff;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The strictest of the bounds that a schema sets.
 *
 * @param keyword the keyword that sets it
 * @param value the bound
 * @param excluded whether the bound itself is excluded
 */
record Limit(String keyword, BigDecimal value, boolean excluded) {

  /**
   * {@return the bound; null when there is none}
   *
   * @param whole whether values have no fraction, so that above 0 means from 1 on
   */
  static @Nullable Limit of(SchemaView view, Bound bound, boolean whole) {
    Limit strictest = null;
    for (String keyword : keywords(bound)) {
      for (JsonNode each : view.values(keyword)) {
        if (each.isNumber()) {
          boolean excluded = keyword.startsWith("exclusive");
          Limit limit = new Limit(keyword, each.decimalValue(), excluded).rounded(bound, whole);
          if (limit.excludes(bound) && compare(strictest, limit, bound) < 0) {
            strictest = limit;
          }
        }
      }
    }
    return strictest;
  }

  private static List<String> keywords(Bound bound) {
    return switch (bound) {
      case MINIMUM -> List.of("minimum", "exclusiveMinimum");
      case MAXIMUM -> List.of("maximum", "exclusiveMaximum");
      default -> List.of(bound.keyword());
    };
  }

  private Limit rounded(Bound bound, boolean whole) {
    if (!whole || value.precision() - value.scale() > 1_000) {
      return this;
    }
    RoundingMode mode = bound.isLeast() ? RoundingMode.CEILING : RoundingMode.FLOOR;
    BigDecimal nearest = value.setScale(0, mode);
    if (excluded && nearest.compareTo(value) == 0) {
      BigDecimal step = bound.isLeast() ? BigDecimal.ONE : BigDecimal.ONE.negate();
      nearest = nearest.add(step);
    }
    return new Limit(keyword, nearest, false);
  }

  /** No length is less than none. */
  private boolean excludes(Bound bound) {
    boolean size = bound != Bound.MINIMUM && bound.isLeast();
    return !size || value.signum() > 0;
  }

  /** {@return less than 0 when the second bound is stricter, more when it is looser} */
  static int compare(@Nullable Limit first, @Nullable Limit second, Bound bound) {
    if (first == null || second == null) {
      return Boolean.compare(second == null, first == null);
    }
    int order = first.value.compareTo(second.value);
    if (order == 0) {
      return Boolean.compare(first.excluded, second.excluded);
    }
    return bound.isLeast() ? order : -order;
  }

  static String text(@Nullable Limit limit) {
    if (limit == null) {
      return "none";
    }
    String number = Texts.cut(limit.value.stripTrailingZeros().toString());
    if (limit.value.abs().compareTo(BigDecimal.valueOf(1e15)) < 0) {
      number = limit.value.stripTrailingZeros().toPlainString();
    }
    return limit.excluded ? number + " (excluded)" : number;
  }
}
