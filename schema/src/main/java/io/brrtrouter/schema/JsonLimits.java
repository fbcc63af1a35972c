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
 */
public record JsonLimits(
    int depth, int stringLength, int nameLength, int numberLength, long tokens, int members) {

  /** The limits of requests unless configured otherwise. */
  public static final JsonLimits DEFAULT =
      new JsonLimits(128, 1 << 20, 1024, 1000, 250_000, 10_000);

  /** Refuses bounds below 1. */
  public JsonLimits {
    if (depth < 1
        || stringLength < 1
        || nameLength < 1
        || numberLength < 1
        || tokens < 1
        || members < 1) {
      throw new IllegalArgumentException("every JSON limit must be at least 1");
    }
  }
}
