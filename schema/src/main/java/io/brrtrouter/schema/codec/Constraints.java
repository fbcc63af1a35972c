package io.brrtrouter.schema.codec;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tests of keywords for which Java has no operator, as the schema programs make them. */
public final class Constraints {

  /** Up to here comparing all pairs is faster than hashing. */
  private static final int PAIRWISE = 8;

  private Constraints() {}

  /**
   * Tests {@code minLength} and {@code maxLength}, JSON Schema validation section 6.3: in code
   * points.
   *
   * @param text the string
   * @param minimum the least length
   * @param maximum the greatest length, {@link Integer#MAX_VALUE} for none
   * @return whether the length is between them
   */
  public static boolean hasLength(String text, int minimum, int maximum) {
    int units = text.length();
    if (units < minimum) {
      return false;
    }
    if (units <= maximum && units / 2 >= minimum) {
      return true;
    }
    int length = text.codePointCount(0, units);
    return length >= minimum && length <= maximum;
  }

  /**
   * Tests {@code uniqueItems}, JSON Schema validation section 6.4.3.
   *
   * @param items the items, of a type whose values are equal exactly when they are in JSON, and
   *     which is comparable, so that hashes chosen to collide cost little: {@code String}, {@code
   *     Integer}, {@code Long}, {@code BigInteger}, {@code Boolean} and enums. Not {@code
   *     BigDecimal}, whose scale counts, and not what several texts are parsed to, like {@code
   *     UUID}
   * @return whether no two are equal
   * @param <T> the type
   */
  public static <T extends Comparable<?>> boolean areUnique(List<T> items) {
    int size = items.size();
    if (size > PAIRWISE) {
      Set<T> seen = HashSet.newHashSet(size);
      return items.stream().allMatch(seen::add);
    }
    for (int i = 1; i < size; i++) {
      if (occursBefore(items, i)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Tests {@code uniqueItems} of decimals, which are equal whatever their scales.
   *
   * @param items the items
   * @return whether no two are equal
   */
  public static boolean areUniqueDecimals(List<BigDecimal> items) {
    return areUnique(items.stream().map(BigDecimal::stripTrailingZeros).toList());
  }

  /**
   * Tests the format {@code double} of numbers, OpenAPI Format Registry.
   *
   * @param value the number
   * @return whether it is in the range of {@code double}
   */
  public static boolean isDouble(BigDecimal value) {
    return !Doubles.exceeds(value, Double.MAX_VALUE);
  }

  /**
   * Tests the format {@code float} of numbers, OpenAPI Format Registry.
   *
   * @param value the number
   * @return whether it is in the range of {@code float}
   */
  public static boolean isFloat(BigDecimal value) {
    return !Doubles.exceeds(value, Float.MAX_VALUE);
  }

  /**
   * {@return the number that is written for a {@code double}; 0 for NaN and the infinities, for
   * which there is none}
   *
   * @param value the value
   */
  public static BigDecimal decimal(double value) {
    return Double.isFinite(value) ? new BigDecimal(Double.toString(value)) : BigDecimal.ZERO;
  }

  /**
   * {@return the number that is written for a {@code float}; 0 for NaN and the infinities, for
   * which there is none}
   *
   * @param value the value
   */
  public static BigDecimal decimal(float value) {
    return Float.isFinite(value) ? new BigDecimal(Float.toString(value)) : BigDecimal.ZERO;
  }

  private static <T> boolean occursBefore(List<T> items, int index) {
    T item = items.get(index);
    for (int i = 0; i < index; i++) {
      if (items.get(i).equals(item)) {
        return true;
      }
    }
    return false;
  }
}
