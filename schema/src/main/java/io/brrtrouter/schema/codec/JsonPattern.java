package io.brrtrouter.schema.codec;

import io.brrtrouter.schema.pattern.EcmaPattern;
import io.brrtrouter.schema.pattern.PatternRefused;

/**
 * A compiled {@code pattern} (JSON Schema validation section 6.3.3): an ECMA-262 regular expression
 * that is matched in time linear in the text. Immutable and thread-safe.
 */
public final class JsonPattern {
  private final EcmaPattern pattern;

  private JsonPattern(EcmaPattern pattern) {
    this.pattern = pattern;
  }

  /**
   * Compiles a pattern.
   *
   * @param source the value of the keyword
   * @return the pattern
   * @throws IllegalArgumentException when it is no regular expression, or cannot be matched in
   *     linear time
   */
  public static JsonPattern of(String source) {
    try {
      return new JsonPattern(EcmaPattern.compile(source, false));
    } catch (PatternRefused e) {
      throw new IllegalArgumentException("pattern \"" + source + "\": " + e.getMessage(), e);
    }
  }

  /**
   * Searches a text.
   *
   * @param text the text
   * @return whether the pattern matches somewhere in it
   */
  public boolean matches(String text) {
    return pattern.find(text);
  }

  /** {@return the value of the keyword} */
  @Override
  public String toString() {
    return pattern.toString();
  }
}
