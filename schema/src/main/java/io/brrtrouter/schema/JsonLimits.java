package io.brrtrouter.schema;

/**
 * Bounds on one JSON text; beyond one the text is refused as malformed.
 *
 * @param depth nesting of arrays and objects
 * @param stringLength characters of one string
 * @param nameLength characters of one member name
 * @param numberLength characters of one number
 * @param tokens tokens of the whole text
 * @param members members of one object
 * @param exponent decimal exponent, either way, of a number that is computed with: that is judged
 *     by {@code multipleOf} or read as an integer of any size; one beyond is no multiple of
 *     anything, and no integer in Java. At most {@link #MOST_EXPONENT}
 */
public record JsonLimits(
    int depth,
    int stringLength,
    int nameLength,
    int numberLength,
    long tokens,
    int members,
    int exponent) {

  /** Beyond any number in use: those of IEEE 754 with 128 bits end at 6,144. */
  public static final int MOST_EXPONENT = 10_000;

  /** The limits of requests unless configured otherwise. */
  public static final JsonLimits DEFAULT =
      new JsonLimits(128, 1 << 20, 1024, 1000, 250_000, 10_000, 1_000);

  /** Refuses bounds below 1, and an exponent above {@link #MOST_EXPONENT}. */
  public JsonLimits {
    if (depth < 1
        || stringLength < 1
        || nameLength < 1
        || numberLength < 1
        || tokens < 1
        || members < 1
        || exponent < 1) {
      throw new IllegalArgumentException("every JSON limit must be at least 1");
    }
    if (exponent > MOST_EXPONENT) {
      throw new IllegalArgumentException(
          "exponent is at most " + MOST_EXPONENT + ", not " + exponent);
    }
  }
}
