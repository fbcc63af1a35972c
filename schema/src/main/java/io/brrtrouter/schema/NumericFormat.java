package io.brrtrouter.schema;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.StringNode;

/** {@code format} on numbers, as the OpenAPI Format Registry defines the four. */
final class NumericFormat extends Keyword {
  private final Range range;

  /** The formats with their ranges, both ends included. */
  enum Range {
    INT32(
        "int32",
        true,
        Integer.MIN_VALUE,
        Integer.MAX_VALUE,
        "an integer between -2147483648 and 2147483647"),
    INT64(
        "int64",
        true,
        Long.MIN_VALUE,
        Long.MAX_VALUE,
        "an integer between -9223372036854775808 and 9223372036854775807"),
    FLOAT("float", -Float.MAX_VALUE, Float.MAX_VALUE, "a number in the range of a 32-bit float"),
    DOUBLE(
        "double", -Double.MAX_VALUE, Double.MAX_VALUE, "a number in the range of a 64-bit double");

    private final String format;
    private final boolean integer;
    private final BigDecimal smallest;
    private final BigDecimal largest;
    private final String description;

    Range(String format, boolean integer, long smallest, long largest, String description) {
      this.format = format;
      this.integer = integer;
      this.smallest = BigDecimal.valueOf(smallest);
      this.largest = BigDecimal.valueOf(largest);
      this.description = description;
    }

    Range(String format, double smallest, double largest, String description) {
      this.format = format;
      this.integer = false;
      this.smallest = new BigDecimal(smallest);
      this.largest = new BigDecimal(largest);
      this.description = description;
    }

    static Optional<Range> named(String format) {
      return Arrays.stream(values()).filter(range -> range.format.equals(format)).findFirst();
    }

    private boolean contains(BigDecimal value) {
      return value.compareTo(smallest) >= 0
          && value.compareTo(largest) <= 0
          && (!integer || Numbers.isInteger(value));
    }
  }

  NumericFormat(Subschema owner, Range range) {
    super(owner);
    this.range = range;
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
    if (instance instanceof IntNode || (Numbers.isLong(instance) && range != Range.INT32)) {
      return true;
    }
    return range.contains(Numbers.decimal(instance));
  }

  @Override
  void explain(JsonNode instance, Explanation explanation) {
    if (!valid(instance, explanation.evaluation())) {
      explanation.report(
          owner, "format", StringNode.valueOf(range.format), "must be " + range.description);
    }
  }
}
