package io.brrtrouter.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.DoubleNode;

@DisplayName("A bound")
class NumberRangeTest {

  /** The exact value of the double nearest to 0.1 is a little more than 0.1. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "0.1",
        "0.1000000000000000055511151231257827021181583404541015625",
        "0.10000000000000000555111512312578270211815834045410156250001",
        "0.0999999999999999",
        "0.10000000000000002",
        "12.5",
        "-12.5",
        "1e-320",
        "1e400",
        "-1e400",
        "9007199254740993"
      })
  void comparesADoubleAsItsShortestDecimal(String bound) {
    BigDecimal limit = new BigDecimal(bound);
    double nearest = limit.doubleValue();
    for (double value :
        new double[] {nearest, Math.nextUp(nearest), Math.nextDown(nearest), 0.1, 5}) {
      if (Double.isFinite(value)) {
        int order = BigDecimal.valueOf(value).compareTo(limit);
        String as = value + " against " + bound;
        assertThat(isValid("minimum", bound, value)).as(as).isEqualTo(order >= 0);
        assertThat(isValid("maximum", bound, value)).as(as).isEqualTo(order <= 0);
        assertThat(isValid("exclusiveMinimum", bound, value)).as(as).isEqualTo(order > 0);
        assertThat(isValid("exclusiveMaximum", bound, value)).as(as).isEqualTo(order < 0);
      }
    }
  }

  private static boolean isValid(String keyword, String bound, double value) {
    return Schemas.compile("{\"%s\": %s}".formatted(keyword, bound))
        .isValid(DoubleNode.valueOf(value));
  }
}
