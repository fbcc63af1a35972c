package io.brrtrouter.schema;

/**
 * The test of one {@code format} (JSON Schema validation section 7) on strings. Other instances are
 * never asked about.
 *
 * <p>Implementations are immutable and thread-safe, take time linear in the text's length and throw
 * nothing.
 */
@FunctionalInterface
public interface Format {

  /**
   * Tests a text.
   *
   * @param text the instance
   * @return whether it has the format
   */
  boolean matches(String text);
}
