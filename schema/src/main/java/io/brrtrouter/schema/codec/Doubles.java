package io.brrtrouter.schema.codec;

import java.math.BigDecimal;

/** Decimals as binary floating point. */
final class Doubles {
  private static final long MAX_EXACT = 1L << 53;

  private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
  private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);

  /** All powers of ten that a {@code double} holds exactly. */
  private static final double[] POWERS = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private Doubles() {}

  /** Whether one operation on exact operands gives the number, so that it is rounded correctly. */
  static boolean isExact(long unscaled, int scale) {
    return Math.abs(unscaled) <= MAX_EXACT && scale < POWERS.length && scale > -POWERS.length;
  }

  static double exact(long unscaled, int scale) {
    return scale >= 0 ? unscaled / POWERS[scale] : unscaled * POWERS[-scale];
  }

  static boolean exceedsLong(BigDecimal value) {
    return value.compareTo(MIN_LONG) < 0 || value.compareTo(MAX_LONG) > 0;
  }

  static boolean exceeds(BigDecimal value, double limit) {
    return value.abs().compareTo(new BigDecimal(limit)) > 0;
  }
}
