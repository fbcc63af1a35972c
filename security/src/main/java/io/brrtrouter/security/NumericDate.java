package io.brrtrouter.security;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Times of claims (RFC 7519 section 2): seconds since 1970, fractions allowed. */
final class NumericDate {
  /** No such claim. */
  static final long ABSENT = Long.MIN_VALUE;

  /** A claim that is no time, or none between the years 1970 and 9999. */
  static final long INVALID = -1;

  /** The last second of the year 9999: who means milliseconds is beyond it. */
  private static final BigDecimal LAST = BigDecimal.valueOf(253_402_300_799L);

  /** More digits behind the point than anybody measures; each costs work. */
  private static final int MAX_SCALE = 30;

  private NumericDate() {}

  /** {@return milliseconds since 1970, {@link #ABSENT} or {@link #INVALID}} */
  static long millis(@Nullable JsonNode value) {
    if (value == null) {
      return ABSENT;
    }
    if (!value.isNumber()) {
      return INVALID;
    }
    BigDecimal seconds = value.decimalValue();
    boolean sane = Math.abs((long) seconds.scale()) <= MAX_SCALE;
    if (!sane || seconds.signum() < 0 || seconds.compareTo(LAST) > 0) {
      return INVALID;
    }
    return seconds.movePointRight(3).setScale(0, RoundingMode.FLOOR).longValueExact();
  }
}
