package io.brrtrouter.schema;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The numbers of {@code minLength}, {@code maxItems} and their like. */
final class SizeLimit {
  private SizeLimit() {}

  /** The value as a {@code long}; what does not fit is beyond any size anyway. */
  static long value(@Nullable JsonNode written, long otherwise) {
    if (written == null) {
      return otherwise;
    }
    return Numbers.isLong(written) ? written.longValue() : large(written);
  }

  private static long large(JsonNode written) {
    return Numbers.decimal(written).min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue();
  }

  static String message(String relation, long limit, String noun, long actual) {
    return "must have " + relation + " " + Wording.count(limit, noun) + ", not " + actual;
  }
}
